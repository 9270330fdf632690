"""Settles the ledger after loading: what lies in the past was done then, the rest stays due."""

from datetime import datetime

from cases.actions.documents import RENDER
from cases.enums import DocumentKind, DocumentState, MeetingState
from cases.models import Document
from cases.notices import Notice
from teams.models import DueRow, OutboxEntry


def settle_ledger(*, now: datetime) -> int:
    """Mark mails and reminders of the past as done, so that nobody gets years of mail at once.

    Shape:  how many rows were marked; reports still to be made, mails of a morning to come
            and reminders of today and later stay.
    """
    _drop_past_invitations()
    mails = OutboxEntry.objects.filter(
        kind__in=Notice, run_at__lte=now, done_at__isnull=True
    ).update(done_at=now)
    reminders = DueRow.objects.filter(due_on__lt=now.date(), done_at__isnull=True)
    return mails + reminders.update(done_at=now)


def _drop_past_invitations() -> None:
    """An invitation that was never made is of no use after its meeting: the worker has enough to do."""
    past = Document.unscoped.filter(
        kind=DocumentKind.OT_INVITATION, state=DocumentState.QUEUED
    ).exclude(meeting__state=MeetingState.CONVENED)
    OutboxEntry.objects.filter(kind=RENDER, subject_id__in=past.values("pk")).delete()
    past.delete()
