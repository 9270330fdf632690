"""The compose file, the production settings and the table in README name the same variables."""

import re

import yaml

from config.embedded.layout import DATABASE, ROLES, ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
APPS = ("migrate", "web", "worker", "beat")
# Set by the image or the operator, and read by no reader of ours.
OUTSIDE_SETTINGS = {"DJANGO_SETTINGS_MODULE", "BOOTSTRAP"}


def read_by_settings() -> set[str]:
    readers = re.compile(r'read_\w+\(\s*"([A-Z_]+)"')
    files = ("base.py", "security.py", "prod.py")
    return {
        name
        for file in files
        for name in readers.findall((ROOT / "config" / "settings" / file).read_text())
    }


def table_of_readme() -> dict[str, str]:
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (\w+) \| .+ \|$", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    return dict(rows)


def asked_by_compose() -> dict[str, bool]:
    """Every `${NAME}` in the file, and whether the start stops without it."""
    text = (ROOT / "docker-compose.yml").read_text()
    return {name: mark == ":?" for name, mark in re.findall(r"\$\{([A-Z_]+)(:\?|:-)", text)}


def test_all_parts_are_there_with_health_checks() -> None:
    services = COMPOSE["services"]
    assert set(services) == {*APPS, "postgres", "redis"}
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert services[name]["healthcheck"]["test"], name


def test_compose_sets_only_what_the_settings_read() -> None:
    for name in APPS:
        given = set(COMPOSE["services"][name]["environment"])
        assert given - OUTSIDE_SETTINGS <= read_by_settings(), name
        assert read_by_settings() <= given, name


def test_readme_explains_exactly_these_variables() -> None:
    assert set(table_of_readme()) == read_by_settings() | set(asked_by_compose()) | OUTSIDE_SETTINGS


def test_readme_and_compose_agree_on_what_is_required() -> None:
    table = table_of_readme()
    for name, is_required in asked_by_compose().items():
        assert (table[name] != "no") == is_required, name


def test_each_process_has_its_own_login() -> None:
    logins = {"migrate": "owner", "web": "app_rt", "worker": "worker_rt", "beat": "worker_rt"}
    for name, login in logins.items():
        url = COMPOSE["services"][name]["environment"]["DATABASE_URL"]
        assert url.startswith(f"postgres://{login}:") and url.endswith(f"/{DATABASE}"), name
        assert login in ROLES


def test_nothing_but_the_web_server_is_published_and_only_on_this_machine() -> None:
    published = {name: service.get("ports") for name, service in COMPOSE["services"].items()}
    assert published.pop("web") == ["127.0.0.1:8000:8000"]
    assert not any(published.values())
