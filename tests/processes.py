"""Real processes for tests: a Celery worker, beat, a mail server; each ends with its test."""

import json
import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

from config.demo.mailbox import Mail, read_mails
from config.embedded import process
from config.embedded.layout import ROOT
from config.mailsink import REFUSE

START_SECONDS = 30.0


def wait_for(condition: Callable[[], object], *, seconds: float = 20.0, what: str = "") -> None:
    """Wait until something holds; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s for {what or condition}")
        time.sleep(0.05)


def database_url(role: str) -> str:
    """Address of the test database as another process reaches it, under its own login."""
    current = connection.settings_dict
    password = json.loads(os.environ["TEST_PASSWORDS"])[role]
    return f"postgres://{role}:{password}@/{current['NAME']}?host={current['HOST']}"


@dataclass
class Service:
    """One program of a test that can be killed and started again."""

    program: process.Program
    is_ready: Callable[[], bool]
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it works."""
        self.running = process.start(self.program)
        wait_for(self.is_ready, seconds=START_SECONDS, what=self.program.name)

    @property
    def pid(self) -> int:
        """Process id of the running program."""
        assert self.running, f"{self.program.name} does not run"
        return self.running.pid

    def kill(self) -> None:
        """End it and its children with a signal that nobody can catch."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self.running
        self.running.wait()

    def stop(self) -> None:
        """End it in good order."""
        if self.running:
            process.stop(self.running, self.program)

    def log(self) -> str:
        """What it wrote so far."""
        return self.program.log.read_text() if self.program.log.exists() else ""


@dataclass
class MailServer(Service):
    """A real SMTP server that can refuse for a while."""

    folder: Path = field(default_factory=Path)
    port: int = 0

    def mails(self) -> list[Mail]:
        """What it accepted, oldest first."""
        return read_mails(self.folder)

    def refuse(self) -> None:
        """Refuse every mail from now on."""
        (self.folder / REFUSE).touch()

    def accept(self) -> None:
        """Accept again."""
        (self.folder / REFUSE).unlink(missing_ok=True)


def mail_server(folder: Path, port: int) -> MailServer:
    """A mail server that keeps its mails in a folder."""
    argv = [sys.executable, "-m", "config.mailsink", "--port", str(port), "--folder"]
    program = process.Program(
        "mailsink", [*argv, str(folder / "mails")], log=folder / "mailsink.log", cwd=ROOT
    )
    return MailServer(program, lambda: answers_smtp(port), folder=folder / "mails", port=port)


def answers_smtp(port: int) -> bool:
    """Whether a mail server says hello."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=2):
            return True
    except OSError:
        return False


def celery(folder: Path, name: str, arguments: str, mail_port: int) -> Service:
    """A Celery program on the database and broker of this test."""
    log = folder / f"{name}.log"
    program = process.Program(
        name,
        [sys.executable, "-m", "celery", "-A", "config", *arguments.split()],
        log=log,
        cwd=ROOT,
        environment={
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url("worker_rt"),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "DEMO_CLOCK": "1",
            "BOOTSTRAP": "0",
        },
    )

    def is_ready() -> bool:
        since = service.log()[seen[0] :]
        ready = " ready." in since or "beat: Starting" in since
        if ready:
            seen[0] = len(service.log())
        return ready

    seen = [0]
    service = Service(program, is_ready)
    return service


def flush_broker() -> None:
    """Lose everything the broker knows."""
    path, number = settings.REDIS_URL.removeprefix("redis+socket://").split("?virtual_host=")
    with redis.Redis(unix_socket_path=path, db=int(number)) as client:
        client.flushdb()
