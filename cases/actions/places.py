"""Places at a table: who is invited becomes a participant and is told (AR-3, AR-15)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.enums import Attendance, InviteeKind, MeetingState
from cases.models import Invitee, Meeting, Participant
from cases.notices import withdraw_invitation
from cases.workflow.amend import stamp
from teams.access.actor import Actor
from teams.access.fence import after_rules

PlaceKey = tuple[str, Any, Any, str]


def key_of(row: Invitee | Mapping[str, Any]) -> PlaceKey:
    """Tell whether two rows are the same place: kind, person, carer, name."""
    if isinstance(row, Invitee):
        return (row.kind, row.person_id, row.carer_id, row.name)
    person, carer = row.get("person"), row.get("carer")
    return (
        str(row["kind"]),
        person.pk if person else None,
        carer.pk if carer else None,
        row.get("name", ""),
    )


@after_rules
def add_invitee(
    meeting: Meeting, row: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Invitee:
    """Put one place at the table of an item, in the caller's transaction."""
    return Invitee.unscoped.create(
        meeting=meeting,
        kind=row["kind"],
        person=row.get("person"),
        role=row.get("role") or "",
        carer=row.get("carer"),
        name=row.get("name", ""),
        reason=row.get("reason", ""),
        attendance=row.get("attendance", Attendance.UNKNOWN),
        compartment=meeting.compartment,
        audience=meeting.audience,
        **stamp(meeting.case, actor=actor, now=now),
    )


@after_rules
def invite(row: Invitee, *, actor: Actor, now: datetime) -> None:
    """Date one invitation and give a professional a seat at the case."""
    row.invited_at = now
    row.save(update_fields=["invited_at"])
    if row.kind != InviteeKind.STAFF:
        return
    case = row.meeting.case
    standing = Participant.unscoped.filter(
        case=case, person=row.person_id, role=row.role, until__isnull=True
    )
    if not standing.exists():
        Participant.unscoped.create(
            case=case,
            person_id=row.person_id,
            role=row.role,
            reason=row.reason,
            since=now.date(),
            **stamp(case, actor=actor, now=now),
        )


@after_rules
def dismiss(row: Invitee, *, now: datetime) -> None:
    """Take one place away after convening: the seat ends today and the person is told.

    Whoever was at an earlier table of this case stays a participant.
    """
    meeting, person_id = row.meeting, row.person_id
    withdraw_invitation(row, now=now)
    row.delete()
    if person_id is None:
        return
    elsewhere = Invitee.unscoped.filter(meeting__case=meeting.case_id, person=person_id)
    if elsewhere.exclude(meeting__state=MeetingState.DRAFT).exists():
        return
    Participant.unscoped.filter(case=meeting.case_id, person=person_id, until__isnull=True).update(
        until=now.date()
    )
