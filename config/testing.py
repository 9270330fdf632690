"""How `manage.py test` runs: quality first, then pytest on servers of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time

from config.embedded.layout import DATABASE, ROOT, Layout
from config.embedded.throwaway import throwaway_servers

# These need the machine alone.
ALONE = "browser or faults"
# And `--fast` leaves these out as well.
LONG = "long"
NO_TESTS = 5
MATRICES = "tests/access/matrix"


def run(arguments: list[str]) -> int:
    """Run what was asked for.

    Shape: exit code; without arguments quality and everything, with `--fast` all that needs no browser and kills
    nothing, with `access` the whole access matrices, else pytest with these arguments. Tests run also when quality
    is not clean; it still fails the run.
    """
    quality = 0 if arguments else run_quality()
    started = time.monotonic()
    with throwaway_servers() as layout:
        print(f"{time.monotonic() - started:6.1f} s  PostgreSQL and Valkey run", flush=True)
        code = run_parts(arguments, layout)
    if quality:
        print("Quality is not clean; its findings stand above the tests.", flush=True)
    return code or quality


def run_quality() -> int:
    """Run the checks in a process of their own."""
    return subprocess.run(
        [sys.executable, "manage.py", "quality"], cwd=ROOT, check=False
    ).returncode


def run_parts(arguments: list[str], layout: Layout) -> int:
    """Run pytest once or, for the whole suite, the parallel part, the part that needs the machine alone, and access."""
    if arguments[:1] == ["access"]:
        return run_access(arguments[1:], layout)
    rest = [argument for argument in arguments if argument != "--fast"]
    is_fast = len(rest) < len(arguments)
    if rest and not is_fast:
        return run_pytest(rest, layout)
    left_out = f"{ALONE} or {LONG}" if is_fast else ALONE
    code = run_pytest(["-n", "2", "-m", f"not ({left_out})", *rest], layout)
    if is_fast:
        return code
    alone = run_pytest(["-m", ALONE], layout)
    access = run_access([], layout)
    return code or (0 if alone == NO_TESTS else alone) or access


def run_access(arguments: list[str], layout: Layout) -> int:
    """Hold every row, page and step against the judge of tests/access, and add up what the processes found."""
    with tempfile.TemporaryDirectory(prefix="access-") as folder:
        more = {"ACCESS_TALLIES": folder}
        for kind in ("mutants", "probes"):
            if f"--{kind}" in arguments:
                rest = [argument for argument in arguments if argument != f"--{kind}"]
                return run_pytest(["-q", "-s", "-m", kind, MATRICES, *rest], layout, more)
        code = run_pytest(["-q", "-n", "2", "-m", "matrix", MATRICES, *arguments], layout, more)
        command = [sys.executable, "-m", "tests.access.report", folder]
        return subprocess.run(command, cwd=ROOT, check=False).returncode or code


def run_pytest(arguments: list[str], layout: Layout, more: dict[str, str] | None = None) -> int:
    """One run of pytest: the owner makes the test databases, the tests log in as the web server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": layout.database_url("owner"),
        "REDIS_URL": layout.broker_url(),
        "TEST_TEMPLATE": DATABASE,
        "TEST_PASSWORDS": json.dumps(layout.passwords),
        **(more or {}),
    }
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
