"""A-44: the web server is killed at any moment: no change without its line, no body without its look."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from cases.models import Case, Note
from config.demo.run import free_port
from config.embedded import process
from config.embedded.layout import ROOT
from teams import clock
from teams.access.actor import as_system
from teams.models import AccessEntry, AuditEntry
from tests.cases.ladder import signaling_case
from tests.processes import Service, database_url, wait_for
from tests.world import World

pytestmark = pytest.mark.faults

KILLS = 30
READERS = 3
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKEN = "a" * 32


@dataclass
class Told:
    """What the clients saw with their own eyes."""

    bodies: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    is_over: threading.Event = field(default_factory=threading.Event)


def _web(folder: Path, port: int) -> Service:
    log = folder / "gunicorn.log"
    argv = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    program = process.Program(
        "gunicorn",
        [*argv, "--workers", "2", "--threads", "2", "--log-level", "error"],
        log=log,
        cwd=ROOT,
        environment={
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": database_url("app_rt"),
            "BOOTSTRAP": "0",
        },
    )
    return Service(program, lambda: _answers(port))


def _answers(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/healthz")
    except OSError:
        return False
    return True


def _workers(master: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(master)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def _work(port: int, cookie: str, case: Case, about: str, told: Told) -> None:
    chance = random.Random()
    while not told.is_over.is_set():
        request_id = str(uuid4())
        headers = {"Cookie": cookie, "X-Request-ID": request_id, "X-CSRFToken": TOKEN}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            if chance.random() < 0.5:
                connection.request("GET", f"/casussen/{case.pk}/", headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode({"about": about, "text": f"gebeld {request_id}"})
                connection.request("POST", "/notities/nieuw/", body, headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            told.counts["broken"] += 1
            continue
        finally:
            connection.close()
        told.counts[str(answer.status)] += 1
        if answer.status == 200 and case.number.encode() in text:
            told.bodies.append(request_id)


@pytest.fixture
def signed_in(world: World, transactional_db: None) -> str:
    client = Client()
    client.force_login(world.people["ib-kade"], backend=BACKEND)
    session = client.cookies["sessionid"].value
    return f"sessionid={session}; csrftoken={TOKEN}"


def test_a44_thirty_kills_leave_no_change_and_no_body_without_a_line(
    world: World, signed_in: str, tmp_path: Path
):
    # The web server has a clock of its own, on which the case is of yesterday.
    case = signaling_case(world, now=clock.now() - timedelta(days=1))
    told, port = Told(), free_port()
    about = "Noor Veen · 5A"
    web = _web(tmp_path, port)
    web.start()
    clients = [
        threading.Thread(target=_work, args=(port, signed_in, case, about, told))
        for _ in range(READERS)
    ]
    for client in clients:
        client.start()
    try:
        wait_for(lambda: len(told.bodies) >= 5, seconds=60, what="first answers")
        for _ in range(KILLS):
            time.sleep(random.uniform(0.3, 1.5))
            for worker in _workers(web.pid):
                os.kill(worker, signal.SIGKILL)
        seen = len(told.bodies)
        wait_for(lambda: len(told.bodies) > seen + 5, seconds=60, what="answers after the last")
    finally:
        told.is_over.set()
        for client in clients:
            client.join(timeout=30)
        web.stop()
    with as_system("test"):
        notes = [text.split()[-1] for text in Note.objects.values_list("text", flat=True)]
    written = AuditEntry.objects.filter(verb="NOTE_WRITTEN")
    lines = list(written.values_list("request_id", flat=True))
    looks = set(AccessEntry.objects.values_list("request_id", flat=True))
    without = [request_id for request_id in told.bodies if request_id not in looks]
    print(
        f"A-44: {KILLS} kills, answers {dict(told.counts)}; {len(notes)} notes, {len(lines)} lines,"
        f" {len(told.bodies)} bodies, {len(without)} bodies without a line"
    )
    assert sorted(lines) == sorted(notes)
    assert without == []
    assert told.counts["broken"] > 0 and len(notes) > 10
