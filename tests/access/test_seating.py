"""Seats are a pure function of facts and rules (access.md 2.9)."""

import re
from datetime import date
from uuid import uuid4

import pytest

from cases.enums import OPEN_STATES, CaseState
from cases.seating import GroupFact, PersonFact, TableFacts, chairs_of_case
from teams.access.rules import consult_audience, meeting_audience
from teams.access.seat_rules import GLASS_RULES, ROUTE, SEAT_RULES, Need
from teams.access.seating import Chair, Proof, seats_for
from teams.enums import Compartment, DossierKind, Ground, Relation, Role

DAY = date(2026, 11, 23)
SCHOOL, GROUP = uuid4(), uuid4()
CONSENT = uuid4()


def _seats(*persons: PersonFact, in_class: bool = False, state: str = CaseState.OT):
    facts = TableFacts(
        school_node=SCHOOL,
        state=state,
        opened_on=DAY,
        group=GroupFact(GROUP, has_class_measure=in_class),
        persons=persons,
        shared=("meeting:ot",),
    )
    return seats_for(DossierKind.CASE, chairs_of_case(facts), state=state)


def _own(*persons: PersonFact, state: str = CaseState.OT):
    return [seat for seat in _seats(*persons, state=state) if seat.party.startswith("person:")]


def _covered(until: date | None = None, *needs: Need) -> tuple[tuple[Need, Proof], ...]:
    wanted = needs or (Need.CONSENT, Need.CONSENT_K1, Need.CONSENT_K2)
    return tuple((need, Proof(until, CONSENT)) for need in wanted)


def _outsider(relation: Relation, **facts) -> PersonFact:
    return PersonFact(uuid4(), Role.FAMILY_SPECIALIST, relation, since=DAY, **facts)


def test_school_posts_sit_at_every_case_of_their_school():
    assert {seat.rule for seat in _seats()} == {"AR-1", "AR-4", "AR-7"}


def test_teacher_reads_the_plan_only_when_a_measure_names_the_classroom():
    assert "AR-2" not in {seat.rule for seat in _seats()}
    assert "AR-2" in {seat.rule for seat in _seats(in_class=True)}
    assert "AR-2" not in {seat.rule for seat in _seats(in_class=True, state=CaseState.VOT)}


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
    meets = _covered(until) if until else ()
    own = _own(_outsider(Relation.PARTICIPANT, named_in=(tag,), own=("author:x",), meets=meets))
    rules = {"AR-15", "AR-15p", "AR-15c", "AR-15n", "AR-15s", "AR-15o"}
    assert {seat.rule for seat in own} == (rules if until else set())
    assert {seat.until for seat in own} == ({until} if until else set())
    assert {seat.consent_id for seat in own} == ({CONSENT} if until else set())


def test_consent_opens_only_the_class_of_data_that_it_names():
    meets = _covered(None, Need.CONSENT, Need.CONSENT_K2)
    own = _own(_outsider(Relation.PARTICIPANT, named_in=("meeting:vot",), meets=meets))
    assert {seat.rule for seat in own} == {"AR-15", "AR-15p", "AR-15c"}


def test_a_teacher_takes_part_only_while_before_the_group():
    fact = PersonFact(uuid4(), Role.TEACHER, Relation.PARTICIPANT, since=DAY, place=GROUP)
    (seat,) = _own(fact)
    assert (seat.rule, seat.party) == ("AR-2p", f"person:{fact.person_id}@{GROUP}")
    assert seat.audiences == ("", "meeting:ot", "monitoring")


def test_a_place_at_the_table_opens_nothing_before_the_vot_and_after_the_transfer():
    fact = _outsider(Relation.PARTICIPANT, meets=_covered())
    for state in CaseState:
        is_open = ROUTE.index(state) >= ROUTE.index("VOT") if state in ROUTE else state == "CLOSED"
        assert bool(_own(fact, state=state)) == is_open, state


def test_ar_23_the_attendance_officer_sits_only_with_a_ground_and_reads_only_absence():
    fact = PersonFact(uuid4(), Role.ATTENDANCE_OFFICER, Relation.PARTICIPANT, since=DAY)
    assert _own(fact) == []
    away = PersonFact(
        uuid4(),
        Role.ATTENDANCE_OFFICER,
        Relation.PARTICIPANT,
        since=DAY,
        meets=((Need.ABSENCE_GROUND, Proof()), *_covered()),
    )
    (seat,) = _own(away)
    assert (seat.rule, seat.audiences, seat.ground) == ("AR-23", ("absence",), "LEERPLICHT")


def test_d12_an_archived_case_is_for_the_school_alone_and_a_destroyed_one_for_nobody():
    persons = [_outsider(relation, meets=_covered()) for relation in Relation]
    archived = _seats(*persons, in_class=True, state=CaseState.ARCHIVED)
    assert {seat.rule for seat in archived} == {"AR-4a", "AR-7a"}
    assert not any(Compartment.SWV_FILE in seat.compartments for seat in archived)
    assert _seats(*persons, in_class=True, state=CaseState.DESTROYED) == frozenset()


def test_ar_40_the_old_school_reads_on_without_the_file_of_the_swv():
    seats = _seats(in_class=True, state=CaseState.TRANSFERRED)
    assert {seat.rule for seat in seats} == {"AR-40"}
    assert not any(Compartment.SWV_FILE in seat.compartments for seat in seats)


def test_the_states_of_the_rules_are_those_of_the_route():
    assert {*ROUTE} == OPEN_STATES
    assert {state for rule in SEAT_RULES for state in rule.states} <= {*CaseState}


def test_every_code_names_its_row_of_the_rules():
    assert all(re.fullmatch(r"AR-[1-9]\d?[a-z]{0,3}", rule.code) for rule in SEAT_RULES)
    keys = [(rule.code, role, rule.kind) for rule in SEAT_RULES for role in rule.roles]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("role", [Role.APPLICATION_ADMIN, Role.DATA_PROTECTION_OFFICER])
@pytest.mark.parametrize("relation", list(Relation))
@pytest.mark.parametrize("kind", list(DossierKind))
def test_d10_administrators_never_get_a_seat(kind, relation, role):
    chair = Chair("person:x", role, relation, since=DAY, named_in=("meeting:x",))
    for state in ("", *CaseState):
        assert seats_for(kind, [chair], state=state) == frozenset()


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
    for glass in GLASS_RULES:
        assert Compartment.SWV_FILE not in glass.compartments or glass.role not in municipal


def test_d2_no_rule_opens_money_to_the_roles_of_the_route():
    opened = [rule.compartments for rule in (*SEAT_RULES, *GLASS_RULES)]
    assert not [parts for parts in opened if Compartment.FINANCE in parts]


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
    (seat,) = seats_for(DossierKind.CASE, chairs, state=CaseState.OT)
    assert (seat.since, seat.until) == (date(2024, 8, 1), None)


def test_the_group_leaves_the_table_when_the_case_closes_and_the_school_reads_on():
    seats = _seats(in_class=True, state=CaseState.CLOSED)
    assert {seat.rule for seat in seats} == {"AR-4", "AR-7"}
