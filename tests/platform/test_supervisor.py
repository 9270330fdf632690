"""Real processes: what dies comes back, what stops leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import process
from config.embedded.layout import ROOT
from config.embedded.postgres import Postgres
from config.embedded.throwaway import layout_in, new_passwords, temporary_folder
from config.embedded.valkey import Valkey
from config.supervisor import Supervisor
from tests.processes import wait_for

pytestmark = pytest.mark.faults

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# A parent with a child that ignores the usual end.
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def sleeper(folder: Path, argv: list[str] = SLEEPER) -> process.Program:
    return process.Program("sleeper", argv, log=folder / "log", cwd=ROOT, stop_seconds=0.5)


def is_alive(pid: int) -> bool:
    try:
        return "\tZ" not in Path(f"/proc/{pid}/status").read_text().replace("State:", "")
    except FileNotFoundError:
        return False


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    lines: list[str] = []
    made = Supervisor(announce=lines.append)
    yield made
    made.stop_all()


def test_a_dead_child_comes_back(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(sleeper(tmp_path))
    first = supervisor.pids()["sleeper"]
    os.kill(first, signal.SIGKILL)
    wait_for(supervisor.look_after, seconds=5)
    second = supervisor.pids()["sleeper"]
    assert second != first and is_alive(second)


def test_the_pause_doubles_while_it_keeps_dying(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(sleeper(tmp_path, [sys.executable, "-c", "raise SystemExit(7)"]))
    began = time.monotonic()
    for _ in range(2):
        wait_for(supervisor.look_after, seconds=10)
    assert time.monotonic() - began >= 1.5
    assert supervisor.children[0].crashes == 2


def test_stopping_ends_all_even_the_stubborn(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(sleeper(tmp_path))
    supervisor.start(sleeper(tmp_path, [sys.executable, "-c", STUBBORN]))
    pids = [child.running.pid for child in supervisor.children]
    time.sleep(0.3)
    supervisor.stop_all()
    assert not any(is_alive(pid) for pid in pids)


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    parent = f"""
import time
from pathlib import Path
from config.embedded import process
child = process.start(process.Program(
    "child", {SLEEPER!r}, log=Path({str(tmp_path / "log")!r}), cwd=Path("/")))
print(child.pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen(
        [sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        pid = int(running.stdout.readline())
        assert is_alive(pid)
        running.kill()
    wait_for(lambda: not is_alive(pid), seconds=5)


def test_committed_rows_survive_a_killed_database() -> None:
    with temporary_folder() as folder:
        postgres = Postgres(layout_in(folder, new_passwords()))
        postgres.initialize()
        child = postgres.start()
        postgres.prepare()
        url = postgres.layout.database_url("owner")
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS line")
        child.kill()
        child.wait()
        # Its children hold the shared memory for a while; the start tries again.
        child = postgres.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT line FROM note").fetchone() == ("kept",)
        process.stop(child, postgres.program())
        assert not postgres.answers()


def test_queued_work_survives_a_killed_broker() -> None:
    with temporary_folder() as folder:
        valkey = Valkey(layout_in(folder, new_passwords()))
        child = valkey.start()
        with valkey.client() as client:
            client.rpush("queue", "task")
        time.sleep(1.2)  # the append-only file is synced every second
        child.kill()
        child.wait()
        child = valkey.start()
        with valkey.client() as client:
            assert client.lrange("queue", 0, -1) == [b"task"]
        process.stop(child, valkey.program())
        assert not valkey.answers()
