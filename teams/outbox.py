"""The outbox: what must happen after a change is a row in the same transaction.

Celery only carries a nudge; flush the broker at any moment and the sweep finds the rows.
Two clocks: what is due follows the product's clock, a lease follows the real one, because
a worker that died does not come back sooner when the demo moves through time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from teams import clock
from teams.access.actor import as_system
from teams.access.looks import watching
from teams.audit.answers import record_work
from teams.models import OutboxEntry

log = structlog.get_logger(__name__)

# A living worker holds the row's lock as well; the lease only tells how soon a dead one is
# taken over, and lies with the sweep's five seconds well within a minute.
LEASE_SECONDS = 30
MAX_ATTEMPTS = 8
# A refusal for now is waited out, whatever the number of attempts.
PATIENCE = timedelta(days=3)
BACKOFF_SECONDS = (5, 15, 60, 300, 900, 3600, 7200)

Handler = Callable[[OutboxEntry, datetime], None]
_handlers: dict[str, Handler] = {}


class TryLater(Exception):
    """The other side refuses for now: tried again with backoff, for three days at least."""


class GiveUp(Exception):
    """The other side refuses for good: a dead letter at once."""


class WorkerLost(GiveUp):
    """Every worker that took this row up ended without a word."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the one idempotent handler of a kind of work."""

    def decorate(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return decorate


def kinds() -> frozenset[str]:
    """Give the kinds of work that have a handler."""
    return frozenset(_handlers)


def enqueue(
    kind: str,
    subject_id: UUID,
    *,
    now: datetime,
    recipient_id: UUID | None = None,
    key: str = "",
    run_at: datetime | None = None,
) -> None:
    """Write one piece of work and nudge a worker once the transaction commits.

    Shape:  nothing; the same `key` twice is one row (idempotent).
    """
    entry = OutboxEntry(
        kind=kind,
        subject_id=subject_id,
        recipient_id=recipient_id,
        key=key or f"{kind}:{subject_id}:{recipient_id or ''}:{now.isoformat()}",
        created_at=now,
        run_at=run_at or now,
    )
    OutboxEntry.objects.bulk_create([entry], ignore_conflicts=True)
    is_nudging = any(waiting[1] is _nudge for waiting in connection.run_on_commit)
    if entry.run_at <= now and not is_nudging:
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    from teams.tasks import sweep_outbox  # slow import

    try:
        sweep_outbox.apply_async(retry=False, expires=30)
    except (OSError, OperationalError, RedisError) as error:
        # The broker is losable: the next sweep of beat finds the row.
        log.warning("outbox_nudge_failed", error=type(error).__name__)


def sweep(*, limit: int = 50) -> int:
    """Claim and run due rows one at a time. Shape: how many were run."""
    done = 0
    while done < limit and (entry := _claim()):
        run(entry)
        done += 1
    return done


def _claim() -> OutboxEntry | None:
    now, present = clock.now(), timezone.now()
    waiting = OutboxEntry.objects.filter(done_at__isnull=True, dead_at__isnull=True)
    # To one person about one object in order: no change before the invitation that it changes.
    earlier = waiting.filter(
        Q(run_at__lte=now) | Q(attempts__gt=0),
        recipient_id=OuterRef("recipient_id"),
        subject_id=OuterRef("subject_id"),
        created_at__lt=OuterRef("created_at"),
    )
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=present)
    due = waiting.filter(free, ~Exists(earlier), run_at__lte=now)
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True, of=("self",))
        entry = rows.order_by("run_at", "created_at").first()
        if entry is None:
            return None
        entry.claimed_until = present + timedelta(seconds=LEASE_SECONDS)
        entry.attempts += 1
        entry.save(update_fields=["claimed_until", "attempts"])
    return entry


def run(entry: OutboxEntry) -> None:
    """Run one claimed row: done, or later with backoff, or a dead letter a person sees."""
    now = clock.now()
    try:
        with transaction.atomic(), as_system(f"outbox {entry.kind}", day=now.date()):
            _take_turn(entry)
            row = OutboxEntry.objects.select_for_update().get(pk=entry.pk)
            if row.done_at or row.dead_at:
                return
            if row.attempts > MAX_ATTEMPTS and not row.last_error:
                raise WorkerLost
            with watching(is_house=True) as looks:
                _handlers[row.kind](row, now)
            record_work(row.kind, looks, subject_id=row.subject_id, now=now)
            row.done_at = now
            row.save(update_fields=["done_at"])
    except Exception as error:  # noqa: BLE001 - a failed row is retried and, at the end, listed
        _put_back(entry, error, now)


def _take_turn(entry: OutboxEntry) -> None:
    """One at a time for each receiver: a daily mail takes all lines of its reader along."""
    with connection.cursor() as cursor:
        lane = str(entry.recipient_id or entry.pk)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lane])


def _put_back(entry: OutboxEntry, error: Exception, now: datetime) -> None:
    entry.last_error = type(error).__name__
    entry.claimed_until = None
    if _is_hopeless(entry, error, now):
        entry.dead_at = now
        log.error("outbox_dead_letter", entry=str(entry.pk), kind=entry.kind)
    step = min(entry.attempts, len(BACKOFF_SECONDS)) - 1
    entry.run_at = now + timedelta(seconds=BACKOFF_SECONDS[step])
    entry.save(update_fields=["last_error", "claimed_until", "dead_at", "run_at"])
    log.warning("outbox_failed", kind=entry.kind, attempts=entry.attempts, error=entry.last_error)


def _is_hopeless(entry: OutboxEntry, error: Exception, now: datetime) -> bool:
    if isinstance(error, GiveUp):
        return True
    is_worn_out = entry.attempts >= MAX_ATTEMPTS
    return is_worn_out and not (isinstance(error, TryLater) and now - entry.created_at < PATIENCE)


def revive(entry: OutboxEntry, *, now: datetime) -> None:
    """Take a dead letter up again, after a person removed the cause."""
    entry.attempts, entry.dead_at, entry.run_at = 0, None, now
    entry.save(update_fields=["attempts", "dead_at", "run_at"])
    transaction.on_commit(_nudge, robust=True)
