"""Documents: versions, what is stored, what never changes, and what a killed child leaves."""

import os
import signal
import subprocess
import sys
import threading
import time
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import Error, transaction

from cases.actions.documents import (
    RENDER,
    ask_document,
    ask_ot_invitations,
    ask_ot_report,
    is_being_made,
    mark_failed,
)
from cases.documents.making import html_of, make_document
from cases.documents.render import BROKEN, TOO_LARGE, TOO_SLOW, RenderFailed, render_pdf
from cases.enums import DocumentAudience, DocumentKind, DocumentState
from cases.models import Document
from teams.access.actor import acting_as, as_system
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.models import AuditEntry, OutboxEntry
from teams.outbox import TryLater, sweep
from tests.cases import papers
from tests.world import NOW, World, build_world

REPORT, PARTICIPANTS = DocumentKind.OT_REPORT, DocumentAudience.PARTICIPANTS
SMALL = (
    "<html lang=nl><head><title>Proef</title></head><body><h1>Proef</h1><p>Dag.</p></body></html>"
)


@pytest.fixture
def world(db) -> World:
    return build_world()


def made(desk: papers.Desk, kind: str, audience: str) -> Document:
    """The newest document of this kind, after the worker did its work."""
    with as_system("test"):
        for entry in OutboxEntry.objects.filter(kind=RENDER, done_at=None):
            if entry.subject_id == papers.document_of(desk, kind, audience).pk:
                make_document(entry, NOW)
    return papers.document_of(desk, kind, audience)


def test_a_document_is_stored_with_hash_pages_and_audit_line(world):
    desk = papers.reported(world)
    document = made(desk, REPORT, PARTICIPANTS)
    assert document.state == DocumentState.READY
    assert document.sha256 == sha256(bytes(document.content)).hexdigest()
    assert document.pages == len(pikepdf.open(BytesIO(bytes(document.content))).pages)
    verbs = AuditEntry.objects.filter(object_id=document.pk).values_list("verb", flat=True)
    assert set(verbs) == {"DOCUMENT_ASKED", "DOCUMENT_STORED"}


def test_a_finished_document_never_changes(world):
    desk = papers.reported(world)
    document = made(desk, REPORT, PARTICIPANTS)
    with pytest.raises(Error), transaction.atomic(), as_system("test"):
        Document.unscoped.filter(pk=document.pk).update(content=b"anders")
    with pytest.raises(Error), transaction.atomic(), as_system("test"):
        Document.unscoped.filter(pk=document.pk).delete()


def test_a_correction_is_a_new_version_that_names_the_old(world):
    desk = papers.reported(world)
    first = made(desk, REPORT, PARTICIPANTS)
    with as_system("test"):
        second = ask_ot_report(desk.meeting, actor=desk.ib, now=NOW)
        page = html_of(papers.document_of(desk, REPORT, PARTICIPANTS))
    assert (second.version, second.replaces_id) == (2, first.pk)
    assert "versie 2, vervangt versie 1" in page


def test_asking_twice_while_one_is_under_way_is_one_document(world):
    desk = papers.convened(world)
    with as_system("test"):
        again = ask_ot_invitations(desk.meeting, actor=desk.ib, now=NOW)
    assert {row.version for row in again} == {1}
    assert Document.unscoped.filter(case=desk.case).count() == 2


def test_what_changes_while_one_is_being_made_becomes_the_next_version(world):
    desk = papers.convened(world)
    OutboxEntry.objects.filter(kind=RENDER).update(claimed_until=papers.later(1))
    with as_system("test"):
        again = ask_ot_invitations(desk.meeting, actor=desk.ib, now=papers.later(1))
    assert {(row.version, row.replaces.version) for row in again} == {(2, 1)}


def test_a_failed_document_is_tried_again_as_the_same_version(world):
    desk = papers.reported(world)
    document = papers.document_of(desk, REPORT, PARTICIPANTS)
    with as_system("test") as system:
        mark_failed(document, why=TOO_SLOW, actor=system, now=NOW)
        OutboxEntry.objects.filter(subject_id=document.pk).update(done_at=NOW)
        again = ask_ot_report(desk.meeting, actor=desk.ib, now=papers.later(1))
    assert (again.pk, again.state, again.version) == (document.pk, DocumentState.QUEUED, 1)
    assert is_being_made(again)


@pytest.mark.parametrize(
    ("persona", "refusal"),
    [("teacher-kade", NotAllowed), ("ib-werf", NotVisible), ("education-omar", NotVisible)],
)
def test_only_who_leads_may_ask(world, persona, refusal):
    desk = papers.reported(world)
    actor = world.actor(persona)
    with acting_as(actor), pytest.raises(refusal):
        ask_document(desk.case, REPORT, PARTICIPANTS, actor=actor, now=NOW, meeting=desk.meeting)


def test_asking_too_early_says_what_is_missing(world):
    desk = papers.convened(world)
    with acting_as(desk.ib), pytest.raises(Blocked) as refusal:
        ask_document(desk.case, REPORT, PARTICIPANTS, actor=desk.ib, now=NOW, meeting=desk.meeting)
    assert [row.code for row in refusal.value.reasons] == ["ot_report_is_final"]
    closing = DocumentKind.CLOSING_REPORT
    with acting_as(desk.ib), pytest.raises(Blocked):
        ask_document(desk.case, closing, PARTICIPANTS, actor=desk.ib, now=NOW)


def test_a_meeting_of_another_case_is_not_found(world):
    desk = papers.convened(world)
    other = papers.convened(world, student="noor", on=papers.later(10).date())
    with acting_as(desk.ib), pytest.raises(NotVisible):
        ask_document(desk.case, REPORT, PARTICIPANTS, actor=desk.ib, now=NOW, meeting=other.meeting)


def test_the_same_input_gives_the_same_bytes(world):
    desk = papers.convened(world)
    with as_system("test"):
        page = html_of(papers.document_of(desk, "OT_UITNODIGING", "OUDERS"))
    first = render_pdf(page)
    time.sleep(1.1)
    assert render_pdf(page).content == first.content


def test_nothing_in_the_file_names_the_machine(world):
    desk = papers.convened(world)
    with as_system("test"):
        page = html_of(papers.document_of(desk, "OT_UITNODIGING", "OUDERS"))
    pdf = pikepdf.open(BytesIO(render_pdf(page).content))
    assert {str(key): str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Praat u mee over Daan?",
        "/Author": "Ondersteuningsroute",
        "/Producer": "WeasyPrint 70.0",
    }


def test_pdf_check_shows_the_tags(tmp_path, capsys):
    good, bare = tmp_path / "goed.pdf", tmp_path / "kaal.pdf"
    good.write_bytes(render_pdf(SMALL).content)
    pikepdf.new().save(bare)
    call_command("pdf_check", str(good))
    shown = capsys.readouterr().out
    for fact in ("Marked: true", "Lang: nl", "StructTreeRoot", "Title: Proef", "PDF/UA part: 1"):
        assert f"ok  {fact}" in shown
    with pytest.raises(CommandError, match="Marked"):
        call_command("pdf_check", str(bare))
    with pytest.raises(CommandError, match="readable"):
        call_command("pdf_check", str(tmp_path / "weg.pdf"))


def test_too_large_or_too_deep_is_a_sentence():
    with pytest.raises(RenderFailed, match=TOO_LARGE):
        render_pdf(SMALL.replace("Dag.", "Dag. " * 600_000))
    with pytest.raises(RenderFailed, match=TOO_LARGE):
        render_pdf(SMALL.replace("Dag.", "<div>" * 5000 + "Dag." + "</div>" * 5000))


def test_too_slow_is_a_sentence(settings):
    settings.RENDER_SECONDS = 0.3
    with pytest.raises(RenderFailed, match=TOO_SLOW):
        render_pdf(SMALL)


def test_a_killed_child_is_a_sentence_and_the_worker_lives():
    failures = []

    def render() -> None:
        try:
            render_pdf(SMALL)
        except RenderFailed as failure:
            failures.append(failure)

    worker = threading.Thread(target=render)
    worker.start()
    os.kill(_renderer(), signal.SIGKILL)
    worker.join()
    assert [(row.why, row.is_final) for row in failures] == [(BROKEN, False)]
    assert render_pdf(SMALL).pages == 1


def _renderer() -> int:
    """The process id of the one renderer that this process started."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        for task in Path("/proc/self/task").iterdir():
            for pid in (task / "children").read_text().split():
                if b"child.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
        time.sleep(0.01)
    raise AssertionError("no renderer was started")


def test_what_will_never_fit_is_explained_at_once(world):
    desk = papers.convened(world, message="Lang. " * 400_000)
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    entry = OutboxEntry.objects.get(subject_id=document.pk)
    with as_system("test"):
        make_document(entry, NOW)
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    assert (document.state, document.progress) == (DocumentState.FAILED, TOO_LARGE)


def test_a_broken_child_is_tried_three_times(world, monkeypatch, tmp_path):
    desk = papers.convened(world)
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    entry = OutboxEntry.objects.get(subject_id=document.pk)
    broken = tmp_path / "child.py"
    broken.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr("cases.documents.render.CHILD", broken)
    with as_system("test"):
        for entry.attempts in (1, 2):
            with pytest.raises(TryLater):
                make_document(entry, NOW)
        entry.attempts = 3
        make_document(entry, NOW)
    assert papers.document_of(desk, "OT_UITNODIGING", "OUDERS").progress == BROKEN


def test_the_sweep_makes_what_was_asked(world):
    desk = papers.convened(world)
    OutboxEntry.objects.exclude(kind=RENDER).delete()
    # The sweep lives by the real clock, the case by the test's.
    OutboxEntry.objects.update(run_at=papers.later(-365))
    assert sweep() == 2
    states = Document.unscoped.filter(case=desk.case).values_list("state", flat=True)
    assert set(states) == {DocumentState.READY}


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        ("child.limit(); bytearray(2 * 1024**3)", "MemoryError"),
        ("sys.addaudithook(child.forbid); socket.socket()", "PermissionError"),
        ("sys.addaudithook(child.forbid); subprocess.run(['true'])", "PermissionError"),
        ("child.limit(); [open('/dev/null') for _ in range(999)]", "OSError"),
    ],
)
def test_the_renderer_cannot_take_more_than_it_was_given(deed, refusal):
    imports = "import socket, subprocess, sys; from cases.documents import child; keep = []"
    command = [sys.executable, "-c", f"{imports}\n{deed.replace('[open', 'keep += [open')}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert refusal in done.stderr
