"""Who could sit at the table of a VOT or OT, and on which dates (R-7.1, R-7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from cases.enums import InviteeKind, MeetingKind
from cases.models import Invitee, Session
from cases.queries.faces import post_holders
from cases.queries.facts import CaseFacts
from schools.models import Carer, School
from teams.enums import SCHOOL_ROLES, Role
from teams.models import Assignment, SupportTeamDate, SupportTeamMember, User

DATES_SHOWN = 6
# From this age the pupil has a seat of their own (C-25).
INVITED_FROM_AGE = 12
STUDENT = "student"
# Who belongs at nearly every table, with the reason that is true of all of them.
USUAL = {
    Role.TEACHER: "ziet de leerling elke dag in de klas",
    Role.PEDAGOGICAL_STAFF: "ziet de leerling elke dag in de groep",
    Role.SUPPORT_COORDINATOR: "begeleidt de ondersteuning op school",
}


@dataclass(frozen=True)
class Candidate:
    """Someone who could be invited; `is_suggested` when the facts point to it."""

    kind: InviteeKind
    key: str
    name: str
    line: str
    reason: str = ""
    is_suggested: bool = False
    # What stands in the way of inviting this person, in words.
    warning: str = ""
    person: User | None = None
    role: str = ""
    carer: Carer | None = None

    def row(self, reason: str) -> dict[str, Any]:
        """This place as the action takes it."""
        return {
            "kind": self.kind,
            "person": self.person,
            "role": self.role,
            "carer": self.carer,
            "reason": reason,
        }


def candidates(facts: CaseFacts, kind: str) -> list[Candidate]:
    """List who could sit at this table: family first at an OT, then school, then its team."""
    found = list(_family(facts)) if kind == MeetingKind.OT else []
    seen: set[UUID] = set()
    others = (*_asked(facts), *_team(facts), *_officers(facts), *_at_table(facts))
    for candidate in (*_school(facts), *others):
        if candidate.person and candidate.person.pk not in seen:
            seen.add(candidate.person.pk)
            found.append(candidate)
    return found


def key_of_invitee(row: Invitee) -> str:
    """The key of the candidate that this place was made from."""
    if row.kind == InviteeKind.STAFF:
        return f"person:{row.person_id}"
    return f"carer:{row.carer_id}" if row.kind == InviteeKind.CARER else STUDENT


def _family(facts: CaseFacts) -> Iterator[Candidate]:
    for fact in facts.carers:
        carer = fact.carer
        gezag = "gezag" if fact.has_custody else "zonder gezag, of niet bekend"
        yield Candidate(
            InviteeKind.CARER,
            f"carer:{carer.pk}",
            carer.full_name,
            f"{carer.get_relation_display()}, {gezag}",
            is_suggested=fact.has_custody,
            carer=carer,
        )
    age = facts.age
    line = f"{age} jaar" if age is not None else "leeftijd niet bekend"
    is_suggested = age is not None and age >= INVITED_FROM_AGE
    yield Candidate(
        InviteeKind.STUDENT, STUDENT, facts.case.student.first_name, line, is_suggested=is_suggested
    )


def _school(facts: CaseFacts) -> Iterator[Candidate]:
    for row in post_holders(facts):
        yield _person(facts, row.person, row.role, USUAL.get(row.role, ""), row.role in USUAL)


def _asked(facts: CaseFacts) -> Iterator[Candidate]:
    for consult in facts.consults:
        for row in consult.asked.all():
            covered = row.role in SCHOOL_ROLES or facts.is_covered(row.person.employer_id)
            yield _person(facts, row.person, Role(row.role), "gaf advies in het consult", covered)


def _team(facts: CaseFacts) -> Iterator[Candidate]:
    node = facts.case.school.organization_id
    rows = SupportTeamMember.objects.on(facts.day).filter(team__organization=node)
    for row in rows.select_related("assignment__person"):
        yield _person(facts, row.assignment.person, Role(row.assignment.role), "", False)


def _officers(facts: CaseFacts) -> Iterator[Candidate]:
    """The attendance officers of the school's municipality, once absence is recorded (R-7.1 d)."""
    if facts.absence_ground is None:
        return
    town = facts.case.school.municipality_id
    rows = Assignment.objects.on(facts.day).filter(organization=town, role=Role.ATTENDANCE_OFFICER)
    for row in rows.select_related("person"):
        reason = "er is ongeoorloofd verzuim vastgelegd"
        yield _person(facts, row.person, Role.ATTENDANCE_OFFICER, reason, False)


def _at_table(facts: CaseFacts) -> Iterator[Candidate]:
    for row in facts.participants:
        if row.until is None:
            yield _person(facts, row.person, Role(row.role), row.reason, True)


def _person(
    facts: CaseFacts, person: User, role: Role, reason: str, is_suggested: bool
) -> Candidate:
    is_bound = role not in SCHOOL_ROLES and role != Role.ATTENDANCE_OFFICER
    is_outsider = is_bound and not facts.is_covered(person.employer_id)
    return Candidate(
        InviteeKind.STAFF,
        f"person:{person.pk}",
        str(person),
        role.label,
        reason,
        is_suggested,
        warning="nog geen toestemming" if is_outsider else "",
        person=person,
        role=role,
    )


@dataclass(frozen=True)
class ComingDate:
    """A day on which this school holds the meeting: of the series, or planned already."""

    on: date
    starts_at: time
    place: str = ""
    session: Session | None = None
    is_regular: bool = True


def coming_dates(
    school: School, kind: str, *, day: date, most: int = DATES_SHOWN
) -> list[ComingDate]:
    """List the coming dates: what is planned, and the regular series (R-7.2)."""
    planned = {
        row.on: ComingDate(row.on, row.starts_at, row.place, row, row.is_regular)
        for row in Session.objects.filter(school=school, kind=kind, on__gte=day)
    }
    series = SupportTeamDate.objects.filter(
        team__organization=school.organization_id, kind=kind, on__gte=day
    ).select_related("team")
    regular = {row.on: ComingDate(row.on, row.starts_at, row.team.place) for row in series}
    found = {**regular, **planned}
    return [found[on] for on in sorted(found)][:most]
