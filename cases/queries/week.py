"""Meetings of the coming days and who of the support team is at school then."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cases.enums import MeetingState
from cases.models import Meeting, Session
from teams.access.actor import Actor
from teams.models import SupportTeamMember


@dataclass(frozen=True)
class Planned:
    """One session with the items to which the reader is invited, in order of time."""

    session: Session
    items: tuple[Meeting, ...]


def planned_sessions(*, start: date, end: date) -> list[Planned]:
    """The sessions in these days of which the reader may see at least one item."""
    rows = (
        Meeting.objects.filter(
            state__in=(MeetingState.CONVENED, MeetingState.HELD, MeetingState.FINAL),
            session__on__range=(start, end),
        )
        .select_related("session", "case__student")
        .order_by("session__on", "starts_at")
    )
    items: dict[Session, list[Meeting]] = defaultdict(list)
    for row in rows:
        items[row.session].append(row)
    return [Planned(session, tuple(found)) for session, found in items.items()]


def fixed_faces(actor: Actor, *, day: date) -> list[SupportTeamMember]:
    """The fixed faces of the reader's schools, with their days."""
    rows = SupportTeamMember.objects.on(day).filter(team__organization__in=actor.schools)
    return list(
        rows.exclude(assignment__person=actor.person_id)
        .select_related("assignment__person", "team__organization")
        .order_by("team__organization__name", "assignment__role")
    )
