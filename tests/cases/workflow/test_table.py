"""The transition table against domain.md 6, written down here a second time by hand."""

import pytest

from cases.enums import OPEN_STATES, CaseState
from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import is_one_who_may, perform, reasons_against
from cases.workflow.opening import open_case
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as, as_system
from teams.access.errors import Blocked, NotAllowed, NotVisible
from tests.world import NOW

S = CaseState
# code: (from, to; None where the step itself decides, roles of the school that may)
EXPECTED = {
    "T-01": (set(), S.SIGNALING, {"teacher", "ib"}),
    "T-02": ({S.SIGNALING}, S.SIGNALING, {"teacher", "ib"}),
    "T-03": ({S.SIGNALING}, S.CLOSED, {"ib"}),
    "T-04": ({S.SIGNALING}, S.CONSULTING, {"teacher", "ib"}),
    "T-05": ({S.CONSULTING}, S.CLOSED, {"ib"}),
    "T-06": ({S.CONSULTING}, S.AGREEMENTS, {"teacher", "ib"}),
    "T-07": ({S.CONSULTING}, S.VOT_REQUESTED, {"teacher", "ib"}),
    "T-08": ({S.AGREEMENTS}, S.CLOSED, {"ib"}),
    "T-09": ({S.AGREEMENTS}, S.VOT_REQUESTED, {"teacher", "ib"}),
    "T-10": ({S.SIGNALING}, S.VOT_REQUESTED, {"teacher", "ib"}),
    "T-11": ({S.VOT_REQUESTED}, S.VOT, {"head"}),
    "T-12": ({S.VOT_REQUESTED}, None, {"head"}),
    "T-13": ({S.VOT}, S.OT_PREPARING, {"ib", "head"}),
    "T-14": ({S.VOT}, None, {"head"}),
    "T-15": ({S.OT_PREPARING}, S.OT, {"head"}),
    "T-16": ({S.OT}, S.RUNNING, {"head"}),
    "T-17": ({S.OT}, S.OT_PREPARING, {"head"}),
    "T-18": ({S.OT}, S.WEIGHING, {"ib", "head"}),
    "T-19": ({S.OT}, S.CLOSED, {"head"}),
    "T-22": ({S.WEIGHING}, S.RUNNING, {"ib"}),
    "T-23": ({S.WEIGHING}, S.OT_PREPARING, {"ib"}),
    "T-25": ({S.RUNNING}, S.RUNNING, set()),
    "T-26": ({S.RUNNING}, S.OT_PREPARING, {"ib"}),
    "T-27": ({S.RUNNING}, S.CLOSED, {"head"}),
    "T-31": (set(OPEN_STATES), S.TRANSFERRED, {"ib"}),
    "T-32": ({S.CLOSED}, S.SIGNALING, {"ib"}),
}
ROLES = ("teacher", "ib", "head")
OUTSIDERS = (
    "family-sanne",
    "education-omar",
    "nurse-fien",
    "district-lotte",
    "admin-bo",
    "ib-werf",
)


@pytest.fixture
def case(world):
    actor = world.actor("ib-kade")
    with as_system("table test"):
        return open_case(
            student=world.students["noor"], school=world.schools["kade"], actor=actor, now=NOW
        )


def _step(case: Case, actor) -> Step:
    return Step(case, actor, NOW, CaseFacts(case, NOW.date()))


def test_r_6_1_no_other_transition_exists():
    assert set(ROUTE) == set(EXPECTED)


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_a_transition_leads_from_and_to_where_the_law_says(code):
    sources, target, _roles = EXPECTED[code]
    assert ROUTE[code].sources == sources
    assert target is None or ROUTE[code].target == target


def test_every_state_by_every_transition_by_every_role(world, case):
    """14 states x 26 transitions x 9 people; the state is only looked at, never stored."""
    people = [(f"{role}-kade", role) for role in ROLES] + [(key, "") for key in OUTSIDERS]
    wrong = []
    for key, role in people:
        actor = world.actor(key)
        for code, transition in ROUTE.items():
            may = is_one_who_may(transition, _step(case, actor))
            if may != (role in EXPECTED[code][2]):
                wrong.append((key, code, may))
            for state in CaseState:
                case.state = state
                codes = {row.code for row in reasons_against(transition, _step(case, actor))}
                if ("state" in codes) == (state in EXPECTED[code][0]):
                    wrong.append((state, code, codes))
    assert wrong == []


@pytest.mark.parametrize("code", sorted(set(EXPECTED) - {"T-01"}))
def test_invisible_and_not_allowed_are_told_apart(world, case, code):
    stranger = world.actor("head-werf")
    with acting_as(stranger), pytest.raises(NotVisible):
        perform(ROUTE[code], case.pk, actor=stranger, now=NOW)
    for role in set(ROLES) - EXPECTED[code][2]:
        actor = world.actor(f"{role}-kade")
        with acting_as(actor), pytest.raises(NotAllowed):
            perform(ROUTE[code], case.pk, actor=actor, now=NOW)


def test_a_refused_step_writes_nothing_and_names_what_is_missing(world, case):
    actor = world.actor("ib-kade")
    with acting_as(actor), pytest.raises(Blocked) as refusal:
        perform(ROUTE["T-04"], case.pk, actor=actor, now=NOW, given={})
    assert {reason.code for reason in refusal.value.reasons} == {
        "talk_or_reason_is_recorded",
        "question_is_asked_of_someone",
    }
    assert all(reason.text.endswith(".") for reason in refusal.value.reasons)
    case.refresh_from_db()
    assert case.version == 0
    assert case.transitions(manager="unscoped").count() == 1


def test_a_form_opened_before_anothers_step_is_refused(world, case):
    actor = world.actor("ib-kade")
    given = {"reason": "Het is ingewikkeld en houdt aan.", "version": 5}
    with acting_as(actor), pytest.raises(Blocked) as refusal:
        perform(ROUTE["T-10"], case.pk, actor=actor, now=NOW, given=given)
    assert [reason.code for reason in refusal.value.reasons] == ["version"]


def test_every_guard_and_label_is_documented():
    for transition in ROUTE.values():
        assert transition.label
        for guard in transition.facts + transition.asks:
            assert guard.__doc__, guard.__name__
