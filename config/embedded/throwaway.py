"""Servers for one test run: own folder, own sockets, gone at the end.

All migrations together take a while, so a cluster with a migrated database is kept for as long as no migration
changes; each run works on a copy.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import process
from config.embedded.layout import (
    ROOT,
    Layout,
    checkout_layout,
    new_passwords,
    server_user,
)
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

KEPT = "test-cluster"
PASSWORDS = "passwords.json"


@contextmanager
def throwaway_servers() -> Iterator[Layout]:
    """A fresh PostgreSQL with a migrated template database, and a Valkey, stopped and deleted afterwards.

    Runs of several people in one checkout share nothing.
    """
    with temporary_folder() as folder:
        layout = copy_cluster(folder)
        postgres, valkey = Postgres(layout, durable=False), Valkey(layout)
        with (
            running(postgres.start(), postgres.program()),
            running(valkey.start(), valkey.program()),
        ):
            yield layout


@contextmanager
def running(child: subprocess.Popen[bytes], program: process.Program) -> Iterator[None]:
    """Stop a program at the end."""
    try:
        yield
    finally:
        process.stop(child, program)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A short folder that the server's user can enter; deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="or-"))
    if user := server_user():
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def layout_in(folder: Path, passwords: dict[str, str]) -> Layout:
    """The layout of servers below a temporary folder."""
    return Layout(folder, folder / "postgres", folder / "run", passwords)


def copy_cluster(folder: Path) -> Layout:
    """Copy the kept cluster into a folder; make it first when a migration changed."""
    home = checkout_layout().home
    kept = home / f"{KEPT}-{migrations_digest()}"
    with (home / f"{KEPT}.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not kept.exists():
            for old in home.glob(f"{KEPT}-*"):
                shutil.rmtree(old, ignore_errors=True)
            make_cluster(kept)
        shutil.copytree(kept / "postgres", folder / "postgres")
    if user := server_user():
        for path in [folder / "postgres", *(folder / "postgres").rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid)
    return layout_in(folder, json.loads((kept / PASSWORDS).read_text()))


def make_cluster(kept: Path) -> None:
    """Make a cluster with all migrations applied, and keep its files.

    Errors: RuntimeError with what Django said when a migration fails.
    """
    with temporary_folder() as folder:
        layout = layout_in(folder, new_passwords())
        postgres = Postgres(layout, durable=False)
        postgres.initialize()
        with running(postgres.start(), postgres.program()):
            postgres.prepare(may_create_databases=True)
            migrate(layout)
        draft = kept.with_name(f"{kept.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        shutil.copytree(layout.postgres, draft / "postgres")
        (draft / PASSWORDS).write_text(json.dumps(layout.passwords))
        draft.rename(kept)


def migrate(layout: Layout) -> None:
    """Apply all migrations as the owner."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": layout.database_url("owner"),
        "BOOTSTRAP": "0",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The migrations fail: {done.stderr[-2000:]}")


def migrations_digest() -> str:
    """Fingerprint of everything that decides how an empty database looks."""
    fingerprint = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(
        [
            *ROOT.glob("*/migrations/*.py"),
            *ROOT.glob("config/embedded/*.py"),
            *ROOT.glob("config/database/*"),
        ]
    ):
        fingerprint.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return fingerprint.hexdigest()[:16]
