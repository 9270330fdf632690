"""The programs of the demo beside its servers: web, worker, beat and mail sink."""

import os
import sys
from pathlib import Path

from config.embedded.layout import ROOT, Layout
from config.embedded.process import Program

# The worker ends what it is at; the others have nothing to finish.
STOP_SECONDS = {"worker": 30.0}
WORKER_LOGIN = {"beat", "worker"}


def mail_folder(layout: Layout) -> Path:
    """Where the sink keeps the mails."""
    return layout.home / "mails"


def programs(layout: Layout, *, port: int, mail_port: int) -> list[Program]:
    """What to start, in order; the last is the first to stop.

    Shape: without a mail sink when `EMAIL_URL` names another server.
    """
    sink = f"config.mailsink --port {mail_port} --folder".split()
    beat = "celery -A config beat --loglevel warning --schedule".split()
    web = f"gunicorn config.wsgi --bind 127.0.0.1:{port} --worker-class gthread --workers 2"
    modules = {
        "mailsink": [*sink, str(mail_folder(layout))],
        "beat": [*beat, str(layout.home / "beat")],
        "worker": "celery -A config worker --concurrency 2 --loglevel info".split(),
        "web": f"{web} --threads 4 --preload --timeout 60 --graceful-timeout 8".split(),
    }
    if "EMAIL_URL" in os.environ:
        del modules["mailsink"]
    environment = {
        "BOOTSTRAP": "0",
        "SITE_ADDRESS": f"http://localhost:{port}",
        "EMAIL_URL": os.environ.get("EMAIL_URL", f"smtp://127.0.0.1:{mail_port}"),
    }
    return [
        Program(
            name,
            [sys.executable, "-m", *argv],
            log=layout.logs / f"{name}.log",
            cwd=ROOT,
            environment=environment | login(layout, name),
            stop_seconds=STOP_SECONDS.get(name, 10.0),
        )
        for name, argv in modules.items()
    ]


def login(layout: Layout, name: str) -> dict[str, str]:
    """With which login a program reaches an embedded database."""
    if "DATABASE_URL" in os.environ:
        return {}
    role = "worker_rt" if name in WORKER_LOGIN else "app_rt"
    return {"DATABASE_URL": layout.database_url(role)}
