"""`manage.py quality`: every check that needs no running server, one line each."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from config import house_rules
from config.embedded.layout import ROOT
from config.house_rules import Finding

PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
SKIPPED = {"migrations", ".venv", ".data", "node_modules", "staticfiles"}

# The slow ones first, since two run at a time.
TOOLS: dict[str, list[str]] = {
    "mypy": [str(PROGRAMS / "mypy")],
    "djlint": [str(PROGRAMS / "djlint"), "templates", "--lint", "--quiet"],
    "migrations": [
        PYTHON,
        "-W",
        "ignore",
        "manage.py",
        "makemigrations",
        "--check",
        "--dry-run",
    ],
    "system checks": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
    "import-linter": [str(PROGRAMS / "lint-imports"), "--no-logo"],
    "ruff check": [str(PROGRAMS / "ruff"), "check", "--quiet", "--output-format", "concise", "."],
    "ruff format": [str(PROGRAMS / "ruff"), "format", "--check", "--output-format", "concise", "."],
}


def run() -> int:
    """Run all checks.

    Shape: 0 when all are clean, else 1; each check prints a line, and its findings below.
    """
    jobs: dict[str, Callable[[], str]] = {name: run_tool(name) for name in TOOLS}
    jobs["house rules"] = lambda: "\n".join(map(str, check_house(ROOT)))
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(timed, jobs.values()))
    for name, (seconds, complaint) in zip(jobs, outcomes, strict=True):
        print(
            f"{seconds:6.1f} s  {name}: {'not clean' if complaint else 'clean'}",
            flush=True,
        )
        if complaint:
            print(complaint, flush=True)
    return 1 if any(complaint for _, complaint in outcomes) else 0


def timed(job: Callable[[], str]) -> tuple[float, str]:
    """Seconds and complaint of one check."""
    began = time.monotonic()
    complaint = job()
    return time.monotonic() - began, complaint


def run_tool(name: str) -> Callable[[], str]:
    """A check by a program: its output when it fails, else nothing."""

    def job() -> str:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "BOOTSTRAP": "0",
        }
        done = subprocess.run(
            TOOLS[name],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return (
            (done.stdout + done.stderr).strip() or f"exit {done.returncode}"
            if done.returncode
            else ""
        )

    return job


def check_house(root: Path) -> list[Finding]:
    """Findings of the house rules in all files of a folder."""
    findings: list[Finding] = []
    for path in sorted(files(root)):
        relative = path.relative_to(root)
        if path.suffix == ".py":
            findings += house_rules.check_name(relative)
            findings += house_rules.check_python(relative, path.read_text())
        elif path.suffix in {".html", ".txt"} and relative.parts[0] == "templates":
            findings += house_rules.check_template(relative, path.read_text())
        elif path.suffix == ".lock":
            findings += house_rules.check_lock(relative, path.read_text())
    return findings


def files(root: Path) -> list[Path]:
    """The files that the rules are for: no migrations, nothing that was generated or hidden."""
    found: list[Path] = []
    for folder, names, file_names in os.walk(root):
        names[:] = [name for name in names if name not in SKIPPED and not name.startswith(".")]
        found += [Path(folder) / name for name in file_names if not name.startswith(".")]
    return found
