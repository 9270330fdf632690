"""What tests get for the asking: a browser, a worker, a mail server; nothing reaches beyond this machine."""

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Page

from config.demo.run import free_port
from config.embedded.layout import Layout
from teams.access.fence import beyond_seats
from tests import processes
from tests.demo_mark import marked_as_demo
from tests.world import World, build_world

# What `force_login` leaves behind.
pytest_plugins = ["tests.signed_in"]

# As measured: a system Chromium that asks nothing of the network or the graphics card.
BROWSER_FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    """Refuse every connection of this process that leaves the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in {"localhost", "127.0.0.1", "::1"}:
            raise AssertionError(f"a test reached for {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def log_in(role: str) -> None:
    """Reach the test database under another login from now on."""
    connection.close()
    password = json.loads(os.environ["TEST_PASSWORDS"])[role]
    connection.settings_dict |= {"USER": role, "PASSWORD": password}


def analyze() -> None:
    """Let PostgreSQL count the rows of a big world: without, it plans for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The owner makes the test database; tests log in as the web server, behind the fence."""
    flush = TransactionTestCase._fixture_teardown

    def flush_past_triggers(self: TransactionTestCase) -> None:
        # The web server may not empty a table, and the trace may be emptied by nobody.
        log_in("postgres")
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        flush(self)
        log_in("app_rt")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_past_triggers)
        with django_db_blocker.unblock():
            log_in("postgres")
            with connection.cursor() as cursor:
                # Only for `analyze`: production's PostgreSQL counts its rows by itself.
                cursor.execute("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO app_rt")
            log_in("app_rt")
        yield
        with django_db_blocker.unblock():
            log_in("owner")


@pytest.fixture(autouse=True)
def _house() -> Iterator[None]:
    """A test itself looks past the fence; what it lets people do happens behind it."""
    with beyond_seats("test"):
        yield


@pytest.fixture(autouse=True)
def _no_hurry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sessions outlast a test that moves the clock; tests of the door keep the real limits."""
    if request.node.get_closest_marker("real_limits"):
        return
    for name in ("IDLE", "WHOLE", "STEP_UP"):
        monkeypatch.setattr(f"teams.access.limits.{name}", timedelta(days=3650))


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Begin with an empty cache: rate limits of one test must not meet the next."""
    cache.clear()


@pytest.fixture
def smtp_sink(settings: Any, tmp_path: Path) -> Iterator[processes.MailServer]:
    """A real mail server that keeps mails and can refuse for a while; Django sends to it."""
    server = processes.mail_server(tmp_path, free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


@pytest.fixture
def celery_worker(
    transactional_db: None, smtp_sink: processes.MailServer, tmp_path: Path
) -> Iterator[processes.Service]:
    """A real Celery worker on the test database; it can be killed and started again."""
    worker = processes.celery(
        tmp_path, "worker", "worker --concurrency 2 --loglevel info", smtp_sink.port
    )
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def celery_beat(
    celery_worker: processes.Service, smtp_sink: processes.MailServer, tmp_path: Path
) -> Iterator[processes.Service]:
    """A real Celery beat beside the worker."""
    arguments = f"beat --loglevel info --schedule {tmp_path / 'beat'}"
    beat = processes.celery(tmp_path, "beat", arguments, smtp_sink.port)
    beat.start()
    yield beat
    beat.stop()


@pytest.fixture
def live_url(live_server: Any) -> str:
    """Address of a real web server on the test database."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium, never one that a package downloaded."""
    # Playwright's loop stays in this thread, where tests and the flush between them use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = BROWSER_FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return {"executable_path": shutil.which("chromium"), "headless": True, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Dutch reader at a desk; a test may set a phone's size itself."""
    return {
        "locale": "nl-NL",
        "timezone_id": "Europe/Amsterdam",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """A check of the open page against WCAG: one line a violation, empty when there is none."""
    # New in WCAG 2.2, and off unless asked for.
    options = {"rules": {"target-size": {"enabled": True}}}

    def check(page: Page) -> list[str]:
        found = Axe().run(page, options=options).response["violations"]
        return [
            f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']]}"
            for rule in found
        ]

    return check


@pytest.fixture
def world(db: None) -> World:
    """One region, two schools, people in their roles, pupils with carers."""
    return build_world()


@pytest.fixture
def demo_database(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Demo settings, and a test database marked as a demo until the test ends."""
    settings.DEMO = True
    settings.LAYOUT = Layout(tmp_path, tmp_path / "postgres", tmp_path / "run", {})
    with marked_as_demo():
        yield
