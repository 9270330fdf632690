"""Who sits at the table of a case, and who stays away: facts to chairs, and the writing (2.9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from cases.enums import CaseState, ConsentPurpose, MeetingKind, MeetingState
from cases.models import Case, ConsultAsked, Meeting, Participant
from cases.queries.facts import CaseFacts
from schools.seating import (
    group_chairs,
    recusals,
    reseat_students,
    school_chairs,
)
from teams.access.actor import person_party
from teams.access.fence import beyond_seats
from teams.access.rules import author_audience, consult_audience, meeting_audience
from teams.access.seat_rules import Need
from teams.access.seating import Chair, Proof, Table, seats_for, write_seats
from teams.enums import GROUP_STAFF, SCHOOL_ROLES, Compartment, DossierKind, Relation, Role
from teams.models import Seat, User
from teams.models.dossier import OPEN_AUDIENCE

# How long a table stays open after it ended (access.md 2.2 `ask`, `part`).
ASKED_STAYS_DAYS = 30
PARTICIPANT_STAYS_DAYS = 30
# Consent (a), and what of it each need asks.
_CLASSES = {
    Need.CONSENT: Compartment.HEADING,
    Need.CONSENT_K1: Compartment.SCHOOL_FILE,
    Need.CONSENT_K2: Compartment.SHARED_PLAN,
}


@dataclass(frozen=True)
class PersonFact:
    """One person at this table by name, in a relation; `place` is where the role must be held.

    That is the pupil's group or school for the school's own, and the employer for others: a
    seat by name empties with the assignment as a post does (A-9).
    """

    person_id: UUID
    role: Role
    relation: Relation
    since: date
    until: date | None = None
    place: UUID | None = None
    named_in: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    meets: tuple[tuple[Need, Proof], ...] = ()


@dataclass(frozen=True)
class GroupFact:
    """The group in which the pupil is today, and what names its teacher in this case."""

    node: UUID
    named_in: tuple[str, ...] = ()
    has_class_measure: bool = False


@dataclass(frozen=True)
class TableFacts:
    """All on which the seats of one case rest; `shared` are the tags of its OTs."""

    school_node: UUID
    state: str
    opened_on: date
    group: GroupFact | None = None
    persons: tuple[PersonFact, ...] = ()
    shared: tuple[str, ...] = ()


def chairs_of_case(facts: TableFacts) -> list[Chair]:
    """Say who stands in which relation to a case; pure. Which of them may sit, the rules say."""
    chairs = school_chairs(facts.school_node, since=facts.opened_on)
    if facts.group:
        in_class = {Need.CLASS_MEASURE: Proof()} if facts.group.has_class_measure else {}
        chairs += group_chairs(
            facts.group.node,
            since=facts.opened_on,
            named_in=facts.group.named_in,
            shared=facts.shared,
            meets=in_class,
        )
    chairs += [
        Chair(
            party=person_party(fact.person_id, fact.place),
            role=fact.role,
            relation=fact.relation,
            since=fact.since,
            until=fact.until,
            named_in=fact.named_in,
            shared=facts.shared,
            own=fact.own,
            meets=dict(fact.meets),
        )
        for fact in facts.persons
    ]
    return chairs


@beyond_seats("seating of a case")
def reseat(case: Case, *, day: date, facts: CaseFacts | None = None) -> int:
    """Recompute and write the seats of a case, and at its pupil. Shape: how many rows changed.

    Every action that changes a fact calls this in its own transaction.
    """
    if facts is None:
        # Whoever holds the case for longer may hold a state that is past.
        case.refresh_from_db(fields=["state", "closed_on"])
    changed = write_seats({case.dossier_id: case_table(facts or CaseFacts(case, day))})
    return changed + reseat_students([case.student_id])


def chairs_at_pupils(cases: Iterable[Case]) -> dict[UUID, list[Chair]]:
    """Chairs at the dossiers of these cases' pupils, for who reads a heading by name there.

    From the standing seats: `reseat` writes those of the case first.
    """
    pupils = {case.dossier_id: case.student.dossier_id for case in cases}
    seats = Seat.objects.filter(
        dossier__in=pupils,
        party__startswith="person:",
        expires_at__isnull=True,
        compartments__contains=[Compartment.HEADING],
        audiences__contains=[OPEN_AUDIENCE],
    )
    found: dict[UUID, list[Chair]] = defaultdict(list)
    for seat in seats.order_by("party", "role", "since", "rule"):
        proof = Proof(seat.until, seat.consent_id)
        chair = Chair(seat.party, Role(seat.role), Relation.TABLE, seat.since, seat.until)
        found[pupils[seat.dossier_id]].append(replace(chair, meets={Need.CONSENT: proof}))
    return found


def case_table(facts: CaseFacts) -> Table:
    """Read the facts of a case and say who sits there, and who stays away (D5)."""
    read = table_facts(facts)
    seats = seats_for(DossierKind.CASE, chairs_of_case(read), state=read.state)
    return Table(seats, recusals(facts.family_ties))


def table_facts(facts: CaseFacts) -> TableFacts:
    """Read on what the seats of a case rest."""
    case = facts.case
    return TableFacts(
        school_node=case.school.organization_id,
        state=case.state,
        opened_on=case.opened_on,
        group=_group(facts),
        persons=(*_asked(facts), *_participants(facts), *_lead(facts)),
        shared=tuple(sorted(_tags(facts.meetings, MeetingKind.OT))),
    )


def _group(facts: CaseFacts) -> GroupFact | None:
    enrollment = facts.own_enrollment
    if enrollment is None or enrollment.group is None:
        return None
    authors = {row.audience for row in facts.conversations if row.audience}
    return GroupFact(
        enrollment.group.organization_id,
        named_in=(*(consult_audience(row.pk) for row in facts.consults), *sorted(authors)),
        has_class_measure=any(row.goal_id and row.is_in_class for row in facts.agreements),
    )


def _tags(meetings: Iterable[Meeting], kind: str, *, invited: UUID | None = None) -> set[str]:
    """The tags of the items of one kind that were convened, of all or of whoever is invited."""
    return {
        meeting_audience(row.pk)
        for row in meetings
        if row.kind == kind
        and row.state != MeetingState.DRAFT
        and (invited is None or any(each.person_id == invited for each in row.invitees.all()))
    }


def _asked(facts: CaseFacts) -> list[PersonFact]:
    return [
        PersonFact(
            asked.person_id,
            Role(asked.role),
            Relation.ASKED,
            since=consult.asked_on,
            until=consult.held_on and consult.held_on + timedelta(days=ASKED_STAYS_DAYS),
            place=asked.person.employer_id or facts.case.school.organization_id,
            named_in=(consult_audience(consult.pk),),
        )
        for consult in facts.consults
        for asked in consult.asked.all()
        if not consult.is_named or _may_know_the_name(facts, asked)
    ]


def _may_know_the_name(facts: CaseFacts, asked: ConsultAsked) -> bool:
    """A question by name stays with its school, and with whom consent covers for as long as it does."""
    return asked.role in SCHOOL_ROLES or facts.names_pupil_to(asked.person.employer_id)


def _participants(facts: CaseFacts) -> list[PersonFact]:
    return [fact for row in facts.participants for fact in _places_at_table(facts, row)]


def _places_at_table(facts: CaseFacts, row: Participant) -> Iterator[PersonFact]:
    """The place of a participant; a teacher's place needs the group, and an invitation does not."""
    case, role = facts.case, Role(row.role)
    closed = case.closed_on if case.state == CaseState.CLOSED else None
    vot = tuple(sorted(_tags(facts.meetings, MeetingKind.VOT, invited=row.person_id)))
    ot = _tags(facts.meetings, MeetingKind.OT, invited=row.person_id)
    fact = PersonFact(
        row.person_id,
        role,
        Relation.PARTICIPANT,
        since=row.since,
        until=row.until or (closed and closed + timedelta(days=PARTICIPANT_STAYS_DAYS)),
        place=row.person.employer_id,
        named_in=vot,
        own=(author_audience(row.person_id),),
        meets=_met(facts, row.person, is_invited=bool(vot or ot)),
    )
    if role not in GROUP_STAFF:
        yield fact
        return
    group = facts.own_enrollment.group if facts.own_enrollment else None
    if group:
        yield replace(fact, place=group.organization_id)
    if vot:
        school = case.school.organization_id
        yield replace(fact, relation=Relation.INVITED, place=school)


def _lead(facts: CaseFacts) -> list[PersonFact]:
    row = facts.lead
    if row is None:
        return []
    is_own = row.role in SCHOOL_ROLES
    return [
        PersonFact(
            row.person_id,
            Role(row.role),
            Relation.LEAD,
            since=row.accepted_on or row.offered_on,
            place=facts.case.school.organization_id if is_own else row.person.employer_id,
            meets=_met(facts, row.person, is_invited=False),
        )
    ]


def _met(facts: CaseFacts, person: User, *, is_invited: bool) -> tuple[tuple[Need, Proof], ...]:
    """What of the needs of the rules is met today, and by what."""
    found: list[tuple[Need, Proof]] = []
    for need, data_class in _CLASSES.items():
        covering = facts.covering(ConsentPurpose.DISCUSS_NAMED, person.employer_id, data_class)
        if covering:
            found.append((need, Proof(covering.until, covering.consent_id)))
    if facts.absence_ground:
        found.append((Need.ABSENCE_GROUND, Proof()))
    if is_invited:
        found.append((Need.INVITATION, Proof()))
    return tuple(found)
