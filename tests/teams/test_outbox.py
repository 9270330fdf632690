"""The outbox: once, in order, with patience, and a dead letter that a person sees."""

import time
from datetime import timedelta
from io import StringIO
from threading import Thread
from uuid import UUID, uuid4

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from teams import clock, outbox
from teams.models import ClockOffset, OutboxEntry
from teams.queries.ledger import dead_letters, due_work
from teams.tasks import sweep_outbox


@pytest.fixture
def done(monkeypatch):
    """Ids of the work done, in order, by a handler of our own."""
    ran: list[UUID] = []
    handlers = outbox._handlers | {"test": lambda entry, now: ran.append(entry.subject_id)}
    monkeypatch.setattr(outbox, "_handlers", handlers)
    return ran


@pytest.fixture
def refusals(monkeypatch):
    """Errors that the next tries meet, one each."""
    errors: list[Exception] = []

    def handler(entry, now):
        if errors:
            raise errors.pop(0)

    monkeypatch.setattr(outbox, "_handlers", outbox._handlers | {"test": handler})
    return errors


def enqueue(subject_id: UUID | None = None, **more) -> None:
    outbox.enqueue("test", subject_id or uuid4(), now=clock.now(), **more)


def advance(**step) -> None:
    offset = ClockOffset.current() + timedelta(**step)
    ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
    clock.forget()


@pytest.fixture
def demo_time(settings):
    """A clock that the test may move."""
    settings.DEMO = True
    clock.forget()
    yield
    clock.forget()


def test_work_is_done_once(db, done):
    subject = uuid4()
    for _ in range(2):
        enqueue(subject, key="the same")
    assert sweep_outbox() == 1
    assert sweep_outbox() == 0
    assert done == [subject]


def test_work_of_later_waits(db, done):
    enqueue(run_at=clock.now() + timedelta(hours=1))
    assert outbox.sweep() == 0
    assert not due_work(clock.now()).exists()
    assert done == []


def test_rolled_back_work_never_was(db, done):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue()
        raise ZeroDivisionError
    assert not OutboxEntry.objects.exists()


def test_one_reader_gets_news_of_one_object_in_order(db, done, refusals):
    subject, recipient = uuid4(), uuid4()
    enqueue(subject, recipient_id=recipient, key="invitation")
    enqueue(subject, recipient_id=recipient, key="change")
    enqueue(subject, recipient_id=uuid4(), key="somebody else")
    refusals.append(outbox.TryLater())
    # The first is refused, so its change waits behind it; somebody else does not.
    assert outbox.sweep() == 2
    left = OutboxEntry.objects.filter(done_at__isnull=True).order_by("created_at")
    assert [row.key for row in left] == ["invitation", "change"]
    assert [row.attempts for row in left] == [1, 0]


def test_a_refusal_backs_off_by_the_products_clock(db, refusals, demo_time):
    refusals.extend([outbox.TryLater(), OSError()])
    enqueue()
    assert outbox.sweep() == 1
    assert outbox.sweep() == 0
    advance(seconds=6)
    assert outbox.sweep() == 1
    advance(seconds=6)
    assert outbox.sweep() == 0
    advance(seconds=10)
    assert outbox.sweep() == 1
    entry = OutboxEntry.objects.get()
    assert (entry.attempts, bool(entry.done_at), entry.last_error) == (3, True, "OSError")


def test_a_lease_follows_the_real_clock(db, done, demo_time):
    enqueue()
    assert outbox._claim() is not None
    advance(days=30)
    assert outbox.sweep() == 0
    lapsed = timezone.now() - timedelta(seconds=1)
    OutboxEntry.objects.update(claimed_until=lapsed)
    assert outbox.sweep() == 1
    assert len(done) == 1


def test_work_that_fails_for_good_is_a_dead_letter_and_can_be_revived(db, refusals, demo_time):
    refusals.extend(ValueError() for _ in range(outbox.MAX_ATTEMPTS))
    enqueue()
    for _ in range(outbox.MAX_ATTEMPTS):
        assert outbox.sweep() == 1
        advance(hours=3)
    assert outbox.sweep() == 0
    assert dead_letters().get().last_error == "ValueError"
    out = StringIO()
    call_command("dead_letters", "--again", stdout=out)
    assert "test" in out.getvalue()
    assert "1 given up, taken up again." in out.getvalue()
    assert outbox.sweep() == 1
    assert not dead_letters().exists()


def test_refused_for_now_is_waited_out_for_days(db, refusals, demo_time):
    enqueue()
    for _ in range(outbox.MAX_ATTEMPTS + 4):
        refusals.append(outbox.TryLater())
        assert outbox.sweep() == 1
        advance(hours=2, seconds=1)
    assert not dead_letters().exists()
    advance(days=3)
    refusals.append(outbox.TryLater())
    outbox.sweep()
    assert dead_letters().count() == 1


def test_refused_for_good_is_given_up_at_once(db, refusals):
    refusals.append(outbox.GiveUp())
    enqueue()
    outbox.sweep()
    assert dead_letters().get().attempts == 1


def test_work_that_kills_its_workers_is_given_up(db, done):
    enqueue()
    OutboxEntry.objects.update(attempts=outbox.MAX_ATTEMPTS)
    outbox.sweep()
    assert dead_letters().get().last_error == "WorkerLost"
    assert done == []


def test_unknown_work_is_kept(db):
    outbox.enqueue("of a newer version", uuid4(), now=clock.now())
    outbox.sweep()
    assert OutboxEntry.objects.get().last_error == "KeyError"


def test_a_broker_that_is_gone_holds_nobody_up():
    """Measured: six seconds a request with the defaults."""
    began = time.monotonic()
    nowhere = current_app.connection_for_write("redis+socket:///nonexistent/broker.sock")
    with nowhere as connection_to_nowhere, pytest.raises(outbox.OperationalError):
        sweep_outbox.apply_async(connection=connection_to_nowhere, retry=False)
    assert time.monotonic() - began < 1.5


def test_a_broker_that_is_gone_fails_nothing(transactional_db, monkeypatch, done):
    def refuse(**_kwargs):
        raise outbox.OperationalError("no broker")

    monkeypatch.setattr(sweep_outbox, "apply_async", refuse)
    with transaction.atomic():
        enqueue()
        enqueue()
    assert OutboxEntry.objects.count() == 2


def test_two_workers_share_the_work(transactional_db, done, monkeypatch):
    monkeypatch.setattr(sweep_outbox, "apply_async", lambda **_kwargs: None)
    recipient = uuid4()
    for number in range(20):
        enqueue(key=str(number), recipient_id=recipient if number % 2 else None)

    def work() -> None:
        outbox.sweep()
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert len(done) == len(set(done)) == 20
    assert set(OutboxEntry.objects.values_list("attempts", flat=True)) == {1}
