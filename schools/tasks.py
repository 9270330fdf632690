"""Work of this room that the outbox carries: an import."""

from datetime import datetime

from schools.actions.imports import COMMIT_WORK, commit_file
from schools.models import ImportRun
from teams.models import OutboxEntry
from teams.outbox import handles


@handles(COMMIT_WORK)
def commit_import(entry: OutboxEntry, now: datetime) -> None:
    """Carry an import through."""
    rows = ImportRun.objects.select_related("school__organization", "committed_by")
    commit_file(rows.get(pk=entry.subject_id), now=now)
