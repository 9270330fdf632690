"""Probes: alive, ready, and silent about versions."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.models import Heartbeat, record_heartbeat
from config.tasks import beat_heart


@pytest.fixture
def heartbeat(db: None) -> None:
    record_heartbeat(Heartbeat.WORKER, at=timezone.now())


def ask(client: Client, path: str = "/readyz") -> tuple[int, dict[str, str]]:
    answer = client.get(path)
    return answer.status_code, json.loads(answer.content)


def test_the_process_lives_without_any_server(client: Client) -> None:
    answer = client.get("/healthz", HTTP_HOST="not-a-host-of-ours")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})


@pytest.mark.usefixtures("heartbeat")
def test_ready_when_every_part_works(client: Client) -> None:
    assert ask(client) == (
        200,
        {"database": "ok", "broker": "ok", "migrations": "ok", "worker": "ok"},
    )


@pytest.mark.usefixtures("db")
def test_not_ready_before_the_worker_was_seen(client: Client) -> None:
    status, parts = ask(client)
    assert (status, parts["worker"], parts["database"]) == (503, "fails", "ok")


@pytest.mark.usefixtures("db")
def test_not_ready_when_the_heartbeat_is_old(client: Client) -> None:
    record_heartbeat(Heartbeat.WORKER, at=timezone.now() - timedelta(minutes=2))
    assert ask(client)[0] == 503


@pytest.mark.usefixtures("heartbeat")
def test_not_ready_when_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'config'")
    status, parts = ask(client)
    assert (status, parts["migrations"]) == (503, "fails")


@pytest.mark.usefixtures("heartbeat")
def test_not_ready_without_the_broker(client: Client, settings) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "unix:///nonexistent/socket"}
    }
    status, parts = ask(client)
    assert (status, parts["broker"]) == (503, "fails")


@pytest.mark.usefixtures("db")
def test_the_heartbeat_task_renews_one_row() -> None:
    beat_heart()
    beat_heart()
    assert Heartbeat.objects.count() == 1


@pytest.mark.usefixtures("heartbeat")
def test_probes_name_no_version(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert not any(character.isdigit() for character in answer.content.decode())
        assert "Server" not in answer.headers
