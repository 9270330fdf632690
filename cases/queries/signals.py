"""Signals that belong to no case yet."""

from django.db.models import Exists, OuterRef, QuerySet

from cases.enums import SignalAbout
from cases.models import Signal
from teams.audit import Verb
from teams.models import AuditEntry


def unlinked_signals() -> QuerySet[Signal]:
    """Visible signals about a group, the school or without a name that were not linked yet.

    A linked signal stays as it was noted; the audit line tells that it was linked.
    """
    linked = AuditEntry.objects.filter(verb=Verb.SIGNAL_LINKED, object_id=OuterRef("pk"))
    rows: QuerySet[Signal] = Signal.objects.exclude(about=SignalAbout.STUDENT)
    rows = rows.exclude(Exists(linked))
    return rows.select_related("created_by", "group", "school__organization")
