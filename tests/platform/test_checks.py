"""A-89: `check --deploy` finds nothing in production, and each own check can fail."""

import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config import checks
from config.embedded.layout import ROOT
from config.models import Heartbeat, record_heartbeat
from tests.platform.test_environment import PRODUCTION

PRODUCTION_SETTINGS = {
    "ALLOWED_HOSTS": ["route.example.nl"],
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY_SINCE": date.today(),
    "SECURE_HSTS_SECONDS": checks.HSTS_SECONDS,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "PHONE_COOKIE_NAME": "__Host-telefoon",
}
WRONG = [
    ("house.W001", "ALLOWED_HOSTS", ["*"]),
    ("house.W001", "ALLOWED_HOSTS", [".example.nl"]),
    ("house.W001", "ALLOWED_HOSTS", []),
    ("house.W002", "DEBUG", True),
    ("house.W002", "DEMO", True),
    ("house.W003", "ALLAUTH_TRUSTED_PROXY_COUNT", 2),
    ("house.W003", "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    ("house.W004", "SESSION_ENGINE", "django.contrib.sessions.backends.cache"),
    ("house.W005", "ACCOUNT_RATE_LIMITS", {"login": "30/m"}),
    ("house.W005", "ACCOUNT_ADAPTER", "allauth.account.adapter.DefaultAccountAdapter"),
    ("house.W006", "SECRET_KEY_SINCE", date.today() - checks.KEY_LASTS),
    ("house.W006", "SECRET_KEY_SINCE", None),
    ("house.W007", "TIME_ZONE", "UTC"),
    ("house.W008", "CELERY_TASK_ALWAYS_EAGER", True),
    ("house.W009", "SECURE_HSTS_SECONDS", 31536000),
    ("house.W010", "SESSION_COOKIE_NAME", "sessionid"),
    ("house.W010", "PHONE_COOKIE_NAME", "telefoon"),
]


@pytest.fixture
def production(settings: Any) -> Any:
    for name, value in PRODUCTION_SETTINGS.items():
        setattr(settings, name, value)
    return settings


@pytest.fixture
def running(db: None) -> None:
    record_heartbeat(Heartbeat.BACKUP, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")


def _found() -> set[str]:
    return {str(each.id) for each in checks.check_database(databases=["default"])}


def test_settings_of_production_are_well(production: Any) -> None:
    assert checks.check_settings() == []


@pytest.mark.parametrize(("number", "name", "value"), WRONG)
def test_each_check_of_the_settings_can_fail(
    production: Any, number: str, name: str, value: Any
) -> None:
    setattr(production, name, value)
    assert [each.id for each in checks.check_settings()] == [number]


def test_the_database_behind_the_fence_is_well(running: None) -> None:
    assert _found() == set()


def test_a_powerful_login_is_found(running: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "is_restricted", lambda _connection: False)
    assert _found() == {"house.W011"}


def test_a_missing_trigger_is_found(running: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TRIGGERS", checks.TRIGGERS | {("cases_case", "another")})
    assert _found() == {"house.W012"}
    assert len(checks.expected_triggers()) > 20


def test_loose_commits_are_found(running: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert _found() == {"house.W013"}


def test_another_clock_is_found(running: None, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(seconds=3)
    monkeypatch.setattr(checks.timezone, "now", lambda: later)
    assert _found() == {"house.W014"}


def test_an_old_backup_is_found_and_a_new_one_recorded(running: None) -> None:
    Heartbeat.objects.filter(process=Heartbeat.BACKUP).update(
        seen_at=timezone.now() - checks.BACKUP_LASTS
    )
    assert _found() == {"house.W015"}
    call_command("record_backup")
    assert _found() == set()


def test_they_are_asked_only_of_a_deployment(running: None) -> None:
    assert not [each for each in run_checks() if str(each.id).startswith("house.")]


def test_a89_check_deploy_is_clean_with_production_settings(transactional_db: None) -> None:
    record_heartbeat(Heartbeat.BACKUP, at=timezone.now())
    told = connection.settings_dict
    address = f"postgres://app_rt:{told['PASSWORD']}@/{told['NAME']}?host={told['HOST']}"
    environment = {
        "PATH": os.environ["PATH"],
        **PRODUCTION,
        "SECRET_KEY": "kR4-u9_Zt2Lq8vXw0Yb7NcEs3HdJf6Gm5PaTi1oUyVx-QzWnBgMrKl",
        "SECRET_KEY_SINCE": date.today().isoformat(),
        "DATABASE_URL": f"{address}&options=-c%20synchronous_commit%3Don",
        "DJANGO_SETTINGS_MODULE": "config.settings.prod",
        "BOOTSTRAP": "0",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "check", "--deploy"]
        + ["--database", "default", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
