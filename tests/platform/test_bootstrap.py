"""Set-up runs for its own commands only, and asks root for what only root can do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap
from config.embedded.layout import ROOT


def test_the_apt_line_and_exit_3_without_root(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SystemExit) as stopped:
        bootstrap.install_packages(["libpango-1.0-0", "chromium"])
    assert stopped.value.code == 3
    line = "apt-get install -y --no-install-recommends libpango-1.0-0 chromium"
    assert line in capsys.readouterr().err


def test_nothing_is_asked_when_nothing_is_missing() -> None:
    bootstrap.install_packages([])


def test_a_missing_browser_matters_to_tests_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "chromium" in bootstrap.missing_packages(with_browser=True)
    assert "chromium" not in bootstrap.missing_packages(with_browser=False)


@pytest.mark.parametrize("command", ["migrate", "check", "shell", ""])
def test_other_commands_are_plain_django(command: str, tmp_path: Path) -> None:
    """On a bare Python they stop with one sentence, and leave the folder as it was."""
    copy_entrance(tmp_path)
    done = run(tmp_path, command)
    assert "Django is not installed here" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config", "manage.py"]


@pytest.mark.parametrize(
    "switch", [{"BOOTSTRAP": "0"}, {"DJANGO_SETTINGS_MODULE": "config.settings.prod"}]
)
def test_set_up_can_be_switched_off(switch: dict[str, str], tmp_path: Path) -> None:
    copy_entrance(tmp_path)
    done = run(tmp_path, "demo", switch)
    assert "Django is not installed here" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config", "manage.py"]


def test_dotenv_is_written_once_and_for_its_owner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    bootstrap.write_dotenv()
    path = tmp_path / ".env"
    first = path.read_text()
    bootstrap.write_dotenv()
    assert path.read_text() == first and first.startswith("SECRET_KEY=") and len(first) > 60
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def copy_entrance(folder: Path) -> None:
    """What a bare Python needs of a checkout to run `manage.py`."""
    (folder / "config").mkdir()
    for name in ("manage.py", "config/__init__.py", "config/bootstrap.py"):
        (folder / name).write_text((ROOT / name).read_text())


def run(
    folder: Path, command: str, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` on a Python without packages."""
    clean = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | (variables or {})
    return subprocess.run(
        [sys.executable, "-S", "-I", "-c", ENTRANCE, str(folder), *command.split()],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


# An isolated Python without site-packages, as a bare machine has it.
ENTRANCE = """
import runpy, sys
sys.argv = ["manage.py", *sys.argv[2:]]
sys.path.insert(0, ".")
sys.dont_write_bytecode = True
runpy.run_path("manage.py", run_name="__main__")
"""
