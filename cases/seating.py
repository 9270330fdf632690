"""Who sits at the table of a case: facts to chairs, and the writing of seats (access.md 2.9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from cases.enums import ConsentPurpose, MeetingState
from cases.models import Case
from cases.queries.facts import CaseFacts
from schools.seating import group_chairs, school_chairs
from teams.access.actor import person_party
from teams.access.rules import consult_audience, meeting_audience
from teams.access.seating import Chair, SeatSpec, seats_for, write_seats
from teams.enums import SCHOOL_ROLES, DossierKind, Relation, Role

# How long a table stays open after it ended (access.md 2.2 `ask`, `part`).
ASKED_STAYS_DAYS = 30
PARTICIPANT_STAYS_DAYS = 30


@dataclass(frozen=True)
class PersonFact:
    """One person at this table by name: asked, participant or lead."""

    person_id: UUID
    role: Role
    relation: Relation
    since: date
    until: date | None = None
    named_in: tuple[str, ...] = ()
    # Until when consent (a) covers the employer; none when it does not. School staff needs none.
    consent_until: date | None = None


@dataclass(frozen=True)
class GroupFact:
    """The group in which the pupil is today, and what names its teacher in this case."""

    node: UUID
    named_in: tuple[str, ...] = ()
    has_class_measure: bool = False


def seats_of_case(
    *,
    school_node: UUID,
    group: GroupFact | None,
    opened_on: date,
    closed_on: date | None = None,
    persons: tuple[PersonFact, ...] = (),
) -> frozenset[SeatSpec]:
    """Compute the seats of one case from its facts; pure.

    Whoever stands before the group sits while the case is open (AR-1); the school's own posts
    read on (AR-4, AR-7).
    """
    chairs = school_chairs(school_node, since=opened_on)
    if group:
        chairs += group_chairs(
            group.node,
            since=opened_on,
            until=closed_on,
            named_in=group.named_in,
            in_class=group.has_class_measure,
        )
    chairs += [_person_chair(fact) for fact in persons]
    return seats_for(DossierKind.CASE, chairs)


def reseat(case: Case, *, day: date) -> int:
    """Recompute and write the seats of a case. Shape: how many rows changed.

    Every action that changes a fact calls this in its own transaction.
    """
    return write_seats({case.dossier_id: case_seats(CaseFacts(case, day))})


def case_seats(facts: CaseFacts) -> frozenset[SeatSpec]:
    """Read the facts of a case and compute its seats."""
    case = facts.case
    return seats_of_case(
        school_node=case.school.organization_id,
        group=_group(facts),
        opened_on=case.opened_on,
        closed_on=None if case.is_open else case.closed_on,
        persons=(*_asked(facts), *_participants(facts), *_lead(facts)),
    )


def _group(facts: CaseFacts) -> GroupFact | None:
    enrollment = facts.own_enrollment
    if enrollment is None or enrollment.group is None:
        return None
    return GroupFact(
        enrollment.group.organization_id,
        named_in=tuple(consult_audience(row.pk) for row in facts.consults),
        has_class_measure=any(row.goal_id and row.is_in_class for row in facts.agreements),
    )


def _person_chair(fact: PersonFact) -> Chair:
    is_own = fact.role in SCHOOL_ROLES
    ends = [day for day in (fact.until, None if is_own else fact.consent_until) if day]
    return Chair(
        party=person_party(fact.person_id),
        role=fact.role,
        relation=fact.relation,
        since=fact.since,
        until=min(ends, default=None),
        named_in=fact.named_in,
        has_consent=is_own or fact.consent_until is not None,
    )


def _asked(facts: CaseFacts) -> list[PersonFact]:
    return [
        PersonFact(
            asked.person_id,
            Role(asked.role),
            Relation.ASKED,
            since=consult.asked_on,
            until=consult.held_on and consult.held_on + timedelta(days=ASKED_STAYS_DAYS),
            named_in=(consult_audience(consult.pk),),
        )
        for consult in facts.consults
        for asked in consult.asked.all()
    ]


def _participants(facts: CaseFacts) -> list[PersonFact]:
    closed = facts.case.closed_on
    invited: dict[UUID, list[str]] = {}
    for meeting in facts.meetings:
        if meeting.state != MeetingState.DRAFT:
            for invitee in meeting.invitees.all():
                if invitee.person_id:
                    tags = invited.setdefault(invitee.person_id, [])
                    tags.append(meeting_audience(meeting.pk))
    return [
        PersonFact(
            row.person_id,
            Role(row.role),
            Relation.PARTICIPANT,
            since=row.since,
            until=row.until or (closed and closed + timedelta(days=PARTICIPANT_STAYS_DAYS)),
            named_in=tuple(invited.get(row.person_id, ())),
            consent_until=_consent(facts, row.person.employer_id),
        )
        for row in facts.participants
    ]


def _lead(facts: CaseFacts) -> list[PersonFact]:
    return [
        PersonFact(
            row.person_id,
            Role(row.role),
            Relation.LEAD,
            since=row.accepted_on or row.offered_on,
            consent_until=_consent(facts, row.person.employer_id),
        )
        for row in (facts.lead,)
        if row
    ]


def _consent(facts: CaseFacts, employer_id: UUID | None) -> date | None:
    if employer_id is None:
        return None
    covering = facts.covering(ConsentPurpose.DISCUSS_NAMED, employer_id)
    return covering.until if covering else None
