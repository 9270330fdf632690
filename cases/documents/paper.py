"""What the documents share: people, the stamp on every page, the drawn route."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.documents.words import FAMILY_ROLES, STATIONS
from cases.enums import Attendance, DocumentAudience, InviteeKind
from cases.models import Document, Invitee
from cases.queries.facts import CaseFacts
from teams.components import Route, Station, StationState
from teams.enums import Role
from teams.models import Assignment, User
from teams.templatetags.ui import short_day


@dataclass(frozen=True)
class Stamp:
    """What stands on every page: for whom, of which case, which version (R-16.4, R-16.5)."""

    audience: str
    line: str


@dataclass(frozen=True)
class Contact:
    """Someone to call."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True)
class Guest:
    """Someone at the table as everyone may know them: a name, and who that is."""

    name: str
    who: str
    attendance: str = ""


def stamp_of(document: Document) -> Stamp:
    """Give the stamp of a document; a correction names the version it replaces."""
    replaces = f", vervangt versie {document.replaces.version}" if document.replaces else ""
    name = "Kenmerk" if document.for_audience == DocumentAudience.CARERS else "Casus"
    return Stamp(
        audience=f"Dit stuk is {document.get_for_audience_display()}.",
        line=f"{name} {document.case.number} · versie {document.version}{replaces}",
    )


def guest_of(invitee: Invitee, *, student: str, in_family_words: bool) -> Guest:
    """Show one invitee: professionals by role, family by what they are to the pupil."""
    attendance = "" if invitee.attendance == Attendance.UNKNOWN else invitee.attendance
    shown = Attendance(attendance).label if attendance else ""
    if invitee.kind == InviteeKind.STUDENT:
        return Guest(student, "om wie het gaat", shown)
    if invitee.carer:
        return Guest(str(invitee.carer), invitee.carer.get_relation_display(), shown)
    if invitee.person:
        role = invitee.get_role_display()
        does = FAMILY_ROLES.get(invitee.role, "") if in_family_words else ""
        return Guest(str(invitee.person), f"{role}: {does}" if does else role, shown)
    return Guest(invitee.name, invitee.reason or "meegebracht", shown)


def guests_of(invitees: Iterable[Invitee], *, student: str, in_family_words: bool) -> list[Guest]:
    """Show a table: family first, for it is about them."""
    return [
        guest_of(row, student=student, in_family_words=in_family_words)
        for row in at_table(invitees)
    ]


def at_table(invitees: Iterable[Invitee]) -> list[Invitee]:
    """Give invitees in the order of a table: the pupil, family, who came along, professionals."""
    first = {InviteeKind.STUDENT: 0, InviteeKind.CARER: 1, InviteeKind.GUEST: 2}
    return sorted(
        invitees,
        key=lambda row: (
            first.get(InviteeKind(row.kind), 3),
            str(row.carer or row.person or row.name),
        ),
    )


def contact_at(school_node: UUID, role: Role, *, day: date) -> Contact | None:
    """Find who holds a post at the school on a day."""
    held = Assignment.objects.on(day).filter(organization=school_node, role=role)
    row = held.select_related("person").order_by("since", "pk").first()
    return contact_of(row.person, role) if row else None


def contact_of(person: User, role: str) -> Contact:
    """Show how to reach someone."""
    return Contact(str(person), Role(role).label, person.phone)


def family_route(facts: CaseFacts) -> Route:
    """Draw the route in family words: where we were, are and go.

    Shape:  every station once; one never visited before the present one is skipped.
    """
    at = {code: index for index, (_, codes) in enumerate(STATIONS) for code in codes}
    here = at[facts.case.state]
    arrived: dict[int, date] = {}
    before = None
    for step in facts.transitions:
        station = at[step.to_state]
        if station != before:
            arrived[station] = step.created_at.date()
        before = station
    return Route(
        tuple(
            Station(
                label, _station_state(index, here, index in arrived), _detail(index, here, arrived)
            )
            for index, (label, _) in enumerate(STATIONS)
        )
    )


def _station_state(index: int, here: int, was_there: bool) -> StationState:
    if index == here:
        return StationState.NOW
    if index > here:
        return StationState.NEXT
    return StationState.PAST if was_there else StationState.SKIPPED


def _detail(index: int, here: int, arrived: dict[int, date]) -> str:
    if index > here or index not in arrived:
        return ""
    said = short_day(arrived[index])
    return f"sinds {said}" if index == here else said
