"""The documents of a case as the reader may see them, without their bytes."""

from dataclasses import dataclass
from uuid import UUID

from cases.enums import DocumentState
from cases.models import Document
from teams.models import OutboxEntry


@dataclass(frozen=True)
class Shelved:
    """One document and what its making is at: `was_given_up` when no worker will try again."""

    document: Document
    is_claimed: bool
    was_given_up: bool

    @property
    def is_under_way(self) -> bool:
        """It is being made, or waits for it."""
        waits = self.document.state in (DocumentState.QUEUED, DocumentState.RENDERING)
        return waits and not self.was_given_up


def shelf_of(case_id: UUID, *, work: str) -> list[Shelved]:
    """Read the documents of a case, newest first; `work` is the kind of work that makes them.

    Shape:  only what the actor's seats open; two queries.
    """
    rows = Document.objects.filter(case=case_id).defer("content")
    rows = rows.order_by("-created_at", "-version", "for_audience")
    documents = list(rows.select_related("replaces", "meeting__session"))
    entries = OutboxEntry.objects.filter(
        kind=work, subject_id__in=[row.pk for row in documents], done_at__isnull=True
    )
    claimed = {row.subject_id for row in entries if row.claimed_until and not row.dead_at}
    waiting = {row.subject_id for row in entries if not row.dead_at}
    return [
        Shelved(row, is_claimed=row.pk in claimed, was_given_up=row.pk not in waiting)
        for row in documents
    ]
