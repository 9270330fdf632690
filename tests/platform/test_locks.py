"""The locks hold what `pyproject.toml` asks, with hashes; README names commands that exist."""

import re
import tomllib

import pytest
from django.core.management import get_commands

from config.bootstrap import DEMO_COMMANDS, RUNTIME_LOCK, TEST_COMMANDS, TEST_LOCK
from config.embedded.layout import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = PROJECT["dependencies"]
TESTS = PROJECT["optional-dependencies"]["test"]


def locked(name: str) -> dict[str, str]:
    """Version by package, all names in one spelling."""
    text = (ROOT / name).read_text()
    return {
        package.lower().replace("_", "-"): version
        for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize(
    ("lock", "wanted"), [(RUNTIME_LOCK, RUNTIME), (TEST_LOCK, RUNTIME + TESTS)]
)
def test_every_direct_package_is_locked_at_its_version(lock: str, wanted: list[str]) -> None:
    pinned = locked(lock)
    for requirement in wanted:
        name, version = re.fullmatch(r"([\w.-]+)(?:\[.+\])?==([\w.]+)", requirement).groups()
        assert pinned[name.lower()] == version, requirement


def test_the_test_lock_holds_the_runtime_lock() -> None:
    assert locked(RUNTIME_LOCK).items() <= locked(TEST_LOCK).items()


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, TEST_LOCK])
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert blocks and all("--hash=sha256:" in block for block in blocks)


def test_the_commands_that_set_things_up_exist_and_stand_in_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for command in DEMO_COMMANDS | TEST_COMMANDS:
        assert get_commands()[command] == "config", command
        assert command in readme, command


def test_ci_runs_the_command_of_readme() -> None:
    assert "python3 manage.py test" in (ROOT / ".ci" / "run").read_text()
