"""The demo itself, in a copy of this checkout: starts in time, heals, is alone, stops without a trace."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.demo.run import free_port
from config.embedded.layout import ROOT, checkout_layout
from tests.processes import wait_for

pytestmark = pytest.mark.faults

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests", "docs")
FIRST_START_SECONDS = 120
LATER_START_SECONDS = 15


@dataclass
class Clone:
    """A copy of this checkout with a state of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [str(self.folder / ".venv" / "bin" / "python"), "manage.py", *arguments]

    def start(self, *arguments: str) -> float:
        """Start the demo; seconds until it says that it is ready."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            self.command("demo", "--port", str(self.port), *arguments),
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("Ready in"):
                return time.monotonic() - began
        raise AssertionError("".join(lines))

    def ask(self, *arguments: str) -> Any:
        done = subprocess.run(
            self.command(*arguments, "--json"),
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def stop(self, number: signal.Signals) -> str:
        """End the demo; what it said last."""
        assert self.process and self.process.stdout
        self.process.send_signal(number)
        rest = self.process.stdout.read()
        assert self.process.wait(60) == 0
        return rest

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/readyz", timeout=5
            ) as answer:
                return answer.status == 200
        except OSError:
            return False


def environment() -> dict[str, str]:
    """A plain environment, without the servers of this test run."""
    names = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "TEST_TEMPLATE"}
    return {name: value for name, value in os.environ.items() if name not in names}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    folder = tmp_path_factory.mktemp("demo") / "clone"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    made = Clone(folder, free_port())
    yield made
    if made.process and made.process.poll() is None:
        made.stop(signal.SIGTERM)
    layout = checkout_layout(folder)
    shutil.rmtree(layout.postgres.parent, ignore_errors=True)


@pytest.fixture(scope="module")
def first_start(clone: Clone) -> float:
    return clone.start()


def family(pid: int) -> set[int]:
    """A process and all its descendants."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def test_the_first_start_is_quick_enough(clone: Clone, first_start: float) -> None:
    assert first_start < FIRST_START_SECONDS
    assert clone.is_ready()


@pytest.mark.usefixtures("first_start")
def test_status_and_people_can_be_asked_from_outside(clone: Clone) -> None:
    status = clone.ask("demo_status")
    assert status["running"] and status["address"] == f"http://localhost:{clone.port}"
    assert set(status["processes"]) == {"postgres", "valkey", "mailsink", "beat", "worker", "web"}
    assert status["database"]["login"] == "app_rt"
    assert {"key", "name", "role", "organisation"} == set(clone.ask("demo_personas")[0])


@pytest.mark.usefixtures("first_start")
def test_a_second_demo_says_that_one_runs(clone: Clone) -> None:
    second = subprocess.run(
        clone.command("demo", "--port", str(free_port())),
        cwd=clone.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 1
    assert f"already runs at http://localhost:{clone.port}/" in second.stderr


@pytest.mark.usefixtures("first_start")
@pytest.mark.parametrize("name", ["web", "worker", "beat", "mailsink", "valkey", "postgres"])
def test_a_child_that_is_killed_comes_back(clone: Clone, name: str) -> None:
    before = clone.ask("demo_status")["processes"][name]
    os.kill(before, signal.SIGKILL)
    note = clone.folder / ".data" / "demo.json"
    wait_for(lambda: json.loads(note.read_text())["processes"][name] != before, seconds=20)
    wait_for(clone.is_ready, seconds=30, what=f"readiness after {name} died")


@pytest.mark.usefixtures("first_start")
def test_ctrl_c_leaves_nothing_and_the_next_start_is_quick(clone: Clone) -> None:
    assert clone.process
    people = clone.ask("demo_personas")
    everyone = family(clone.process.pid)
    assert len(everyone) > 6
    assert "Stopped." in clone.stop(signal.SIGINT)
    assert not [pid for pid in everyone if Path(f"/proc/{pid}").exists()]
    assert not (clone.folder / ".data" / "demo.json").exists()
    assert clone.start() < LATER_START_SECONDS
    assert clone.ask("demo_personas") == people
    everyone = family(clone.process.pid)
    clone.stop(signal.SIGTERM)
    assert not [pid for pid in everyone if Path(f"/proc/{pid}").exists()]


@pytest.mark.usefixtures("first_start")
def test_children_end_when_the_demo_itself_is_killed(clone: Clone) -> None:
    clone.start()
    assert clone.process
    everyone = family(clone.process.pid)
    clone.process.kill()
    clone.process.wait()
    wait_for(lambda: not [p for p in everyone if Path(f"/proc/{p}").exists()], seconds=30)
    assert clone.start() < LATER_START_SECONDS + 5
    clone.stop(signal.SIGTERM)


def test_a_taken_port_is_named(clone: Clone) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            clone.command("demo", "--port", str(port)),
            cwd=clone.folder,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1 and f"Port {port} is taken" in done.stderr
