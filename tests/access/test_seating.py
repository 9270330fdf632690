"""Seats are a pure function of facts and rules (access.md 2.9)."""

from datetime import date
from uuid import uuid4

import pytest

from cases.seating import GroupFact, PersonFact, seats_of_case
from teams.access.rules import SEAT_RULES, consult_audience, meeting_audience
from teams.access.seating import Chair, seats_for
from teams.enums import Compartment, DossierKind, Ground, Relation, Role

DAY = date(2026, 11, 23)
SCHOOL, GROUP = uuid4(), uuid4()


def _seats(*persons: PersonFact, in_class: bool = False):
    return seats_of_case(
        school_node=SCHOOL,
        group=GroupFact(GROUP, has_class_measure=in_class),
        opened_on=DAY,
        persons=persons,
    )


def _outsider(relation: Relation, **facts) -> PersonFact:
    return PersonFact(uuid4(), Role.FAMILY_SPECIALIST, relation, since=DAY, **facts)


def test_school_posts_sit_at_every_case_of_their_school():
    rules = {seat.rule for seat in _seats()}
    assert rules == {"AR-1", "AR-4", "AR-7"}


def test_teacher_reads_the_plan_only_when_a_measure_names_the_classroom():
    assert "AR-2" not in {seat.rule for seat in _seats()}
    assert "AR-2" in {seat.rule for seat in _seats(in_class=True)}


def test_asked_outsider_sees_the_question_and_nothing_else():
    tag = consult_audience(uuid4())
    seats = _seats(_outsider(Relation.ASKED, named_in=(tag,)))
    own = [seat for seat in seats if seat.party.startswith("person:")]
    assert [seat.rule for seat in own] == ["AR-14"]
    assert own[0].compartments == (Compartment.SCHOOL_FILE.value,)
    assert own[0].audiences == (tag,)
    assert own[0].ground == Ground.NO_IDENTITY


@pytest.mark.parametrize("until", [None, date(2027, 7, 1)])
def test_outsider_sits_only_while_consent_covers_the_employer(until):
    tag = meeting_audience(uuid4())
    seats = _seats(_outsider(Relation.PARTICIPANT, named_in=(tag,), consent_until=until))
    own = [seat for seat in seats if seat.party.startswith("person:")]
    assert {seat.rule for seat in own} == (
        {"AR-15", "AR-15c", "AR-15n", "AR-15s"} if until else set()
    )
    assert {seat.until for seat in own} == ({until} if until else set())


def test_school_staff_needs_no_consent_to_take_part():
    fact = PersonFact(uuid4(), Role.TEACHER, Relation.PARTICIPANT, since=DAY)
    own = [seat for seat in _seats(fact) if seat.party.startswith("person:")]
    assert {seat.rule for seat in own} == {"AR-3"}


@pytest.mark.parametrize("role", [Role.APPLICATION_ADMIN, Role.DATA_PROTECTION_OFFICER])
@pytest.mark.parametrize("relation", list(Relation))
@pytest.mark.parametrize("kind", list(DossierKind))
def test_d10_administrators_never_get_a_seat(kind, relation, role):
    chair = Chair("person:x", role, relation, since=DAY, named_in=("meeting:x",))
    assert seats_for(kind, [chair]) == frozenset()


def test_d3_swv_file_opens_to_no_municipal_role():
    municipal = {
        Role.FAMILY_SPECIALIST,
        Role.DISTRICT_TEAM_WORKER,
        Role.SBO_CONTACT,
        Role.RESIDENCE_WORKER,
        Role.ATTENDANCE_OFFICER,
        Role.MUNICIPAL_CONTACT,
    }
    for rule in SEAT_RULES:
        if Compartment.SWV_FILE in rule.compartments:
            assert not rule.roles & municipal, rule.code


def test_d2_no_rule_opens_money_to_the_roles_of_the_route():
    assert not [rule for rule in SEAT_RULES if Compartment.FINANCE in rule.compartments]


def test_asked_twice_is_two_seats_each_with_its_own_end():
    person, first, second = uuid4(), consult_audience(uuid4()), consult_audience(uuid4())
    facts = [
        PersonFact(person, Role.YOUTH_NURSE, Relation.ASKED, DAY, until, named_in=(tag,))
        for tag, until in ((first, date(2026, 12, 23)), (second, None))
    ]
    own = {seat.audiences: seat.until for seat in _seats(*facts) if "person" in seat.party}
    assert own == {(first,): date(2026, 12, 23), (second,): None}


def test_the_same_chair_twice_is_one_seat_from_first_to_last():
    chairs = [
        Chair("post:HEAD@x", Role.HEAD, Relation.SCHOOL, since, until)
        for since, until in ((date(2024, 8, 1), date(2025, 7, 1)), (date(2026, 8, 1), None))
    ]
    (seat,) = seats_for(DossierKind.CASE, chairs)
    assert (seat.since, seat.until) == (date(2024, 8, 1), None)


def test_the_group_leaves_the_table_when_the_case_closes_and_the_school_reads_on():
    closed = date(2026, 12, 1)
    seats = seats_of_case(
        school_node=SCHOOL,
        group=GroupFact(GROUP, has_class_measure=True),
        opened_on=DAY,
        closed_on=closed,
    )
    ends = {seat.rule: seat.until for seat in seats}
    assert ends == {"AR-1": closed, "AR-2": closed, "AR-4": None, "AR-7": None}
