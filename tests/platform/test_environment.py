"""Readers of the environment refuse what they do not understand; production has no wrong default."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.settings import servers

PRODUCTION = {
    "SECRET_KEY": "k" * 50,
    "SECRET_KEY_SINCE": "2026-11-01",
    "ALLOWED_HOSTS": "route.example.nl",
    "SITE_ADDRESS": "https://route.example.nl",
    "MAIL_FROM": "Ondersteuningsroute <noreply@example.nl>",
    "DATABASE_URL": "postgres://app_rt:secret@postgres:5432/ondersteuningsroute",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.nl:587",
}
OPTIONAL = ("BEHIND_PROXY", "SSL_REDIRECT", "HSTS_SECONDS", "LOG_LEVEL")


@pytest.fixture(autouse=True)
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OPTIONAL:
        monkeypatch.delenv(name, raising=False)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)


def load() -> dict:
    return runpy.run_module("config.settings.prod")


def test_production_starts_with_every_required_value() -> None:
    settings = load()
    assert settings["DEBUG"] is False
    assert settings["DEMO"] is False
    assert settings["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert settings["SECURE_HSTS_SECONDS"] == 63072000
    assert "SECURE_PROXY_SSL_HEADER" not in settings


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_refuses_to_start_without_a_required_value(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(ImproperlyConfigured, match=name):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_SINCE", "vorig jaar"),
        ("ALLOWED_HOSTS", "one,,two"),
        ("SITE_ADDRESS", "http://route.example.nl"),
        ("SITE_ADDRESS", "route.example.nl"),
        ("DATABASE_URL", "sqlite:///file"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("REDIS_URL", "amqp://host"),
        ("EMAIL_URL", "consolemail://"),
        ("SSL_REDIRECT", "ture"),
        ("BEHIND_PROXY", "yes"),
        ("HSTS_SECONDS", "a year"),
        ("HSTS_SECONDS", "-1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_production_refuses_what_it_does_not_understand(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        load()


def test_a_line_of_another_form_in_dotenv_is_refused(tmp_path) -> None:
    path = tmp_path / ".env"
    path.write_text("# comment\n\nexport SECRET_KEY=x\n")
    with pytest.raises(ImproperlyConfigured, match="NAME=value"):
        environment.load_dotenv(path)


def test_the_environment_wins_from_dotenv(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=from the file\nOR_TEST_ONLY=from the file\n")
    monkeypatch.setenv("OR_TEST_ONLY", "before")
    environment.load_dotenv(path)
    assert environment.read_text("SECRET_KEY") == "k" * 50
    assert environment.read_text("OR_TEST_ONLY") == "before"


def test_addresses_of_sockets_reach_database_and_cache() -> None:
    database = servers.database("postgres://owner:secret@/name?host=/var/run/pg")
    assert (database["HOST"], database["NAME"], database["USER"]) == (
        "/var/run/pg",
        "name",
        "owner",
    )
    cache = servers.cache("redis+socket:///run/valkey.sock?virtual_host=2")
    assert cache["LOCATION"] == "unix:///run/valkey.sock?db=2"


def test_processes_of_a_parallel_run_have_a_broker_each() -> None:
    url = "redis+socket:///run/valkey.sock?virtual_host=0"
    assert [servers.numbered(url, worker)[-1] for worker in ("", "gw0", "gw1")] == ["0", "1", "2"]
