"""The ledger under faults, with a real worker, beat, broker and mail server (architecture.md 5)."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.notices import Notice
from cases.tasks import send_due
from config.demo import mailbox
from teams import clock
from teams.models import ClockOffset, DueRow, OutboxEntry
from teams.tasks import sweep_outbox
from tests import processes
from tests.cases.ladder import agreements_case
from tests.cases.late_ladder import vot_case, vot_requested_case
from tests.processes import wait_for
from tests.world import NOW, World

pytestmark = pytest.mark.faults

# The lease of 30 seconds, a tick of beat, and the start of a worker.
RECOVERY_SECONDS = 60.0


@pytest.fixture(autouse=True)
def at_now(settings) -> Callable[[timedelta], None]:
    """The product's clock stands at the world's moment; gives a way to move on."""
    settings.DEMO = True

    def move(step: timedelta) -> None:
        offset = NOW + step - timezone.now()
        ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
        clock.forget()

    yield move
    clock.forget()


def open_rows() -> int:
    return OutboxEntry.objects.filter(done_at=None, run_at__lte=clock.now()).count()


def addressees(sink: processes.MailServer) -> Counter[str]:
    """How many mails each address got."""
    return Counter(address for mail in sink.mails() for address in mail.to)


def message_ids(sink: processes.MailServer) -> list[str]:
    found = []
    for path in sorted(sink.folder.glob("*.eml")):
        lines = path.read_text(errors="replace").splitlines()
        found += [line for line in lines if line.lower().startswith("message-id:")]
    return found


def test_a_worker_killed_in_mid_task_is_taken_over_once(
    world: World, at_now, celery_beat, celery_worker, smtp_sink
):
    at_now(timedelta(minutes=1))
    # A mail server that stands still holds the worker in the middle of its task.
    os.kill(smtp_sink.pid, signal.SIGSTOP)
    vot_requested_case(world)
    rows = OutboxEntry.objects.filter(kind=Notice.VOT_REQUESTED)
    wait_for(lambda: rows.filter(claimed_until__isnull=False).exists(), what="a claim")
    time.sleep(0.5)
    celery_worker.kill()
    os.kill(smtp_sink.pid, signal.SIGCONT)
    assert rows.get().done_at is None
    killed_at = time.monotonic()
    celery_worker.start()
    wait_for(lambda: open_rows() == 0, seconds=RECOVERY_SECONDS, what="the lost row")
    assert time.monotonic() - killed_at < RECOVERY_SECONDS
    assert rows.get().attempts == 2
    assert addressees(smtp_sink) == {world.people["head-kade"].email: 1}


def test_a_flushed_broker_loses_nothing(world: World, at_now, celery_worker, smtp_sink, tmp_path):
    at_now(timedelta(minutes=1))
    celery_worker.stop()
    vot_case(world)
    waiting = open_rows()
    assert waiting >= 3
    processes.flush_broker()
    celery_worker.start()
    beat = processes.celery(
        tmp_path, "beat", f"beat --schedule {tmp_path / 'beat'} --loglevel info", smtp_sink.port
    )
    beat.start()
    try:
        wait_for(lambda: open_rows() == 0, seconds=30, what="the sweep")
    finally:
        beat.stop()
    assert not OutboxEntry.objects.filter(dead_at__isnull=False).exists()
    assert len(set(message_ids(smtp_sink))) == len(message_ids(smtp_sink))


def test_a_mail_server_that_refuses_for_a_day_gets_each_mail_once(
    world: World, at_now, celery_beat, smtp_sink
):
    at_now(timedelta(minutes=1))
    smtp_sink.refuse()
    vot_requested_case(world)
    row = OutboxEntry.objects.filter(kind=Notice.VOT_REQUESTED)
    for tries, hours in ((1, 4), (2, 12), (3, 24)):
        wait_for(lambda tries=tries: row.get().attempts >= tries, what=f"try {tries}")
        wait_for(lambda: row.get().claimed_until is None, what="the refusal")
        at_now(timedelta(hours=hours))
    assert smtp_sink.mails() == []
    smtp_sink.accept()
    at_now(timedelta(hours=30))
    wait_for(lambda: row.get().done_at, what="delivery")
    assert row.get().dead_at is None
    assert addressees(smtp_sink)[world.people["head-kade"].email] == 1


def test_two_beats_double_nothing(world: World, at_now, celery_beat, smtp_sink, tmp_path):
    at_now(timedelta(minutes=1))
    arguments = f"beat --schedule {tmp_path / 'beat-2'} --loglevel info"
    second = processes.celery(tmp_path, "beat-2", arguments, smtp_sink.port)
    second.start()
    try:
        agreements_case(world)
        at_now(timedelta(days=21))
        storm(lambda: (send_due.delay(), sweep_outbox.delay()))
        due = DueRow.objects.filter(done_at=None, due_on__lte=clock.today())
        wait_for(lambda: not due.exists() and open_rows() == 0, what="the reminders")
        time.sleep(6)
    finally:
        second.stop()
    assert DueRow.objects.filter(done_at__isnull=False).count() == 1
    assert addressees(smtp_sink)[world.people["ib-kade"].email] == 1
    assert max(addressees(smtp_sink).values()) == 1


def storm(fire: Callable[[], object]) -> None:
    """Eight at the same moment."""
    threads = [threading.Thread(target=fire) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_drain_ends_when_the_reminders_of_a_month_went_out(
    world: World, demo_database, at_now, celery_worker, smtp_sink
):
    at_now(timedelta(minutes=1))
    agreements_case(world)
    call_command("demo_clock", "--advance", "30d")
    # The worker reads the clock anew after a second.
    time.sleep(1.5)
    call_command("drain", "--timeout", "30")
    texts = [mail.text for mail in smtp_sink.mails() if "21 december 2026" in mail.text]
    assert len(texts) == 1
    assert mailbox.LINK.search(texts[0])
    sent = len(smtp_sink.mails())
    call_command("drain", "--timeout", "30")
    assert len(smtp_sink.mails()) == sent
