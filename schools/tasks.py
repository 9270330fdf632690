"""Work of this room that the outbox carries: reading a file and carrying an import through."""

from datetime import datetime

from schools.actions.imports import COMMIT_WORK, READ_WORK, commit_file, read_file
from schools.models import ImportRun
from teams.models import OutboxEntry
from teams.outbox import handles


@handles(READ_WORK)
def read_import(entry: OutboxEntry, now: datetime) -> None:
    """Read a received file."""
    read_file(_run(entry), now=now)


@handles(COMMIT_WORK)
def commit_import(entry: OutboxEntry, now: datetime) -> None:
    """Carry an import through."""
    commit_file(_run(entry), now=now)


def _run(entry: OutboxEntry) -> ImportRun:
    rows = ImportRun.objects.select_related("school__organization", "committed_by")
    return rows.get(pk=entry.subject_id)
