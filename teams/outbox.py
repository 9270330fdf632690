"""The outbox: what must happen after a change is a row in the same transaction.

Celery only carries a nudge; flush the broker at any moment and the sweep finds the rows.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from teams import clock
from teams.access.actor import as_system
from teams.models import OutboxEntry

log = structlog.get_logger(__name__)

LEASE_SECONDS = 60
MAX_ATTEMPTS = 8
BACKOFF_SECONDS = (5, 15, 60, 300, 900, 3600, 7200)

Handler = Callable[[OutboxEntry, datetime], None]
_handlers: dict[str, Handler] = {}


class TryLater(Exception):
    """The other side refuses for now; counts as an attempt, retried with backoff."""


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
    transaction.on_commit(_nudge)


def _nudge() -> None:
    from teams.tasks import sweep_outbox  # slow import

    try:
        sweep_outbox.apply_async(retry=False, expires=30)
    except OSError as error:
        # The broker is losable: the next sweep of beat finds the row.
        log.warning("outbox_nudge_failed", error=type(error).__name__)


def sweep(*, limit: int = 50) -> int:
    """Claim and run due rows one at a time. Shape: how many were run."""
    done = 0
    while done < limit and (entry := _claim(clock.now())):
        run(entry)
        done += 1
    return done


def _claim(now: datetime) -> OutboxEntry | None:
    open_rows = OutboxEntry.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
        done_at__isnull=True,
        dead_at__isnull=True,
        run_at__lte=now,
    )
    with transaction.atomic():
        entry = open_rows.select_for_update(skip_locked=True).order_by("run_at").first()
        if entry is None:
            return None
        entry.claimed_until = now + timedelta(seconds=LEASE_SECONDS)
        entry.attempts += 1
        entry.save(update_fields=["claimed_until", "attempts"])
    return entry


def run(entry: OutboxEntry) -> None:
    """Run one claimed row: done, or later with backoff, or a dead letter a person sees."""
    now = clock.now()
    try:
        with transaction.atomic(), as_system(f"outbox {entry.kind}", day=now.date()):
            _handlers[entry.kind](entry, now)
            entry.done_at = now
            entry.save(update_fields=["done_at"])
    except Exception as error:  # a failed row is retried and, at the end, listed
        _put_back(entry, error, now)


def _put_back(entry: OutboxEntry, error: Exception, now: datetime) -> None:
    entry.last_error = type(error).__name__
    entry.claimed_until = None
    entry.done_at = None
    if entry.attempts >= MAX_ATTEMPTS:
        entry.dead_at = now
    step = min(entry.attempts, len(BACKOFF_SECONDS)) - 1
    entry.run_at = now + timedelta(seconds=BACKOFF_SECONDS[step])
    entry.save(update_fields=["last_error", "claimed_until", "dead_at", "run_at", "done_at"])
    log.warning("outbox_failed", kind=entry.kind, attempts=entry.attempts)
