"""`manage.py demo`: start everything, stay, and stop everything."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn, TextIO

from django.contrib.auth import get_user_model
from django.core.management import get_commands
from django.db import connection

from config.demo import programs
from config.embedded.layout import DATABASE, ROOT, Layout, checkout_layout
from config.embedded.postgres import Postgres
from config.embedded.running import read_note, remove_note, write_note
from config.embedded.valkey import Valkey
from config.health import are_migrations_applied
from config.supervisor import Supervisor
from config.tasks import beat_heart

READY_SECONDS = 90.0
STARTED = "BOOTSTRAP_STARTED"
LOADED = "region-loaded"


class Demo:
    """One run of the demo on one checkout."""

    def __init__(self, layout: Layout, port: int) -> None:
        self.layout = layout
        self.port = port
        self.address = f"http://localhost:{port}"
        self.supervisor = Supervisor(announce=lambda line: print(f"          {line}", flush=True))
        self.mail_port = free_port()

    def run(self) -> None:
        """Start, announce the address, look after the children until a signal ends it."""
        began = float(os.environ.get(STARTED, time.time()))
        try:
            self.start_servers()
            self.load()
            self.start_processes()
            print(
                f"Ready in {time.time() - began:.1f} s: {self.address}/  (Ctrl-C stops it)",
                flush=True,
            )
            while True:
                time.sleep(0.3)
                if self.supervisor.look_after():
                    self.leave_note()
        finally:
            self.stop()

    def start_servers(self) -> None:
        """Start the embedded servers that no address in the environment replaces."""
        if "DATABASE_URL" not in os.environ:
            postgres = Postgres(self.layout)
            with step("PostgreSQL runs"):
                postgres.initialize()
                self.supervisor.adopt(postgres.program(), postgres.start())
                postgres.prepare(is_demo=True)
        if "REDIS_URL" not in os.environ:
            valkey = Valkey(self.layout)
            with step("Valkey runs"):
                self.supervisor.adopt(valkey.program(), valkey.start())

    def load(self) -> None:
        """Bring the database up to date, and fill an empty one with the demo region."""
        loaded = self.layout.home / LOADED
        is_embedded = "DATABASE_URL" not in os.environ
        if is_embedded and not loaded.exists() and self.has_people():
            # An earlier first start was broken off halfway.
            connection.close()
            Postgres(self.layout).drop_database()
            Postgres(self.layout).create_database(is_demo=True)
        with step("database is up to date"):
            if not are_migrations_applied():
                owner = {"DATABASE_URL": self.layout.database_url("owner")} if is_embedded else {}
                run_command("migrate", "--verbosity", "0", environment=owner)
        if "load_demo_region" in get_commands() and not self.has_people():
            with step("demo region is loaded"):
                run_command("load_demo_region", environment={})
            if is_embedded:
                # Or PostgreSQL plans for empty tables until it counts by itself, a minute later.
                with Postgres(self.layout).connect(DATABASE) as database:
                    database.execute("ANALYZE")
        loaded.touch()
        connection.close()

    def has_people(self) -> bool:
        """Whether the database holds anybody yet."""
        people = get_user_model()
        if people._meta.db_table not in connection.introspection.table_names():
            return False
        return people._base_manager.exists()

    def start_processes(self) -> None:
        """Start web, worker, beat and mail sink, and wait until all of it answers."""
        with step("web, worker, beat and mail sink run"):
            for program in programs.programs(self.layout, port=self.port, mail_port=self.mail_port):
                self.supervisor.start(program)
            self.leave_note()
            # Beat's first heartbeat would take ten seconds.
            beat_heart.delay()
            deadline = time.monotonic() + READY_SECONDS
            while not self.is_ready():
                if time.monotonic() > deadline:
                    sys.exit(f"The demo does not get ready; see {self.layout.logs}.")
                self.supervisor.look_after()
                time.sleep(0.1)

    def is_ready(self) -> bool:
        """Whether the web server says that every part works."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/readyz", timeout=5
            ) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def leave_note(self) -> None:
        """Say for other commands what runs where."""
        note = {
            "address": self.address,
            "pid": os.getpid(),
            "processes": self.supervisor.pids(),
            "smtp": f"smtp://127.0.0.1:{self.mail_port}",
        }
        write_note(self.layout, note)

    def stop(self) -> None:
        """Stop everything; a second signal does not interrupt that."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.supervisor.stop_all()
        remove_note(self.layout)
        print("Stopped.", flush=True)


def run(*, port: int, reset: bool) -> None:
    """Run the demo of this checkout until it is stopped.

    Errors: SystemExit(1) when one runs already or the port is taken.
    """
    layout = checkout_layout()
    with only_one(layout):
        if not is_free(port):
            sys.exit(f"Port {port} is taken; choose another with --port.")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, leave)
        if reset:
            with step("old demo is removed"):
                remove_state(layout)
        Demo(layout, port).run()


@contextmanager
def only_one(layout: Layout) -> Iterator[TextIO]:
    """Hold the lock of this checkout's demo.

    Errors: SystemExit(1) with the address of the one that holds it.
    """
    with (layout.home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note = read_note(layout)
            where = (
                f"at {note['address']}/ (process {note['pid']})"
                if note
                else "and is still starting"
            )
            sys.exit(f"A demo of this checkout already runs {where}.")
        yield lock


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print how long a step took."""
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:6.1f} s  {name}", flush=True)


def leave(*_: object) -> NoReturn:
    """Answer to the signals that end the demo."""
    sys.exit(0)


def run_command(*arguments: str, environment: dict[str, str]) -> None:
    """Run a command of Django in a process of its own.

    Errors: SystemExit when it fails; it has said why.
    """
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        check=False,
    )
    if done.returncode:
        sys.exit(f"`manage.py {arguments[0]}` failed.")


def remove_state(layout: Layout) -> None:
    """Forget all data of this checkout's demo; the passwords stay."""
    for path in (layout.postgres, layout.valkey, programs.mail_folder(layout)):
        shutil.rmtree(path, ignore_errors=True)
    (layout.home / LOADED).unlink(missing_ok=True)


def is_free(port: int) -> bool:
    """Whether nothing listens on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
