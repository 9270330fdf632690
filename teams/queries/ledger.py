"""What the ledger still holds: work waiting, given up, reminders due."""

from datetime import datetime

from django.db.models import QuerySet

from teams.models import DueRow, OutboxEntry


def dead_letters() -> QuerySet[OutboxEntry]:
    """Give the work that was given up and waits for a person, newest first."""
    return OutboxEntry.objects.filter(dead_at__isnull=False, done_at__isnull=True).order_by(
        "-dead_at"
    )


def due_work(now: datetime) -> QuerySet[OutboxEntry]:
    """Give the work that is due and not done, oldest first; what was given up is not in it."""
    rows = OutboxEntry.objects.filter(done_at__isnull=True, dead_at__isnull=True)
    return rows.filter(run_at__lte=now).order_by("run_at", "created_at")


def due_reminders(now: datetime) -> QuerySet[DueRow]:
    """Give the reminders of today and before that were not sent, oldest first."""
    rows = DueRow.objects.filter(done_at__isnull=True, due_on__lte=now.date())
    return rows.order_by("due_on", "kind")
