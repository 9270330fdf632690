"""The programs of the demo beside its servers: web, worker, beat and mail sink."""

import os
import sys
from pathlib import Path

from config.services.layout import ROOT, Layout
from config.services.process import Program


def mail_folder(layout: Layout) -> Path:
    """Where the sink keeps the mails."""
    return layout.home / "mails"


def programs(layout: Layout, *, port: int, mail_port: int) -> list[Program]:
    """What to start, in order; the last is the first to stop."""
    environment = {
        "BOOTSTRAP": "0",
        "SITE_ADDRESS": f"http://localhost:{port}",
        "EMAIL_URL": os.environ.get("EMAIL_URL", f"smtp://127.0.0.1:{mail_port}"),
        "PYTHONUNBUFFERED": "1",
    }
    embedded = "DATABASE_URL" not in os.environ
    as_worker = environment | ({"DATABASE_URL": layout.database_url("worker_rt")} if embedded else {})

    def program(name: str, arguments: str, variables: dict[str, str], stop_seconds: float = 10.0) -> Program:
        return Program(
            name,
            [sys.executable, "-m", *arguments.split()],
            log=layout.logs / f"{name}.log",
            cwd=ROOT,
            environment=variables,
            stop_seconds=stop_seconds,
        )

    celery = "celery -A config"
    web = f"gunicorn config.wsgi --bind 127.0.0.1:{port} --worker-class gthread --workers 2 --threads 4"
    sink = Program(
        "mailsink",
        [sys.executable, "-m", "config.mailsink", "--port", str(mail_port), "--folder", str(mail_folder(layout))],
        log=layout.logs / "mailsink.log",
        cwd=ROOT,
    )
    beat = program("beat", f"{celery} beat --loglevel warning", as_worker)
    beat_file = ["--schedule", str(layout.home / "beat")]
    return [
        *([] if "EMAIL_URL" in os.environ else [sink]),
        Program(beat.name, [*beat.argv, *beat_file], log=beat.log, cwd=ROOT, environment=as_worker),
        program("worker", f"{celery} worker --concurrency 2 --loglevel info", as_worker, stop_seconds=30.0),
        program("web", f"{web} --timeout 60 --graceful-timeout 8", environment),
    ]
