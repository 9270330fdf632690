"""Facts read at once say the same as facts read one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.enums import ConsentPurpose
from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.queries.loaded import load_facts
from cases.workflow.engine import reasons_against
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as
from tests.cases import late_ladder
from tests.cases.ladder import agreements_case, consulting_case, signaling_case
from tests.world import NOW

RUNGS = [
    signaling_case,
    consulting_case,
    agreements_case,
    late_ladder.vot_requested_case,
    late_ladder.vot_case,
    late_ladder.ot_preparing_case,
    late_ladder.ot_case,
    late_ladder.running_case,
]
LISTS = (
    "transitions",
    "conversations",
    "consults",
    "agreements",
    "meetings",
    "consents",
    "leads",
    "evaluations",
    "participants",
    "enrollments",
)


def _case(world, rung) -> Case:
    made = rung(world)
    return Case.unscoped.select_related("student", "school__organization").get(pk=made.pk)


@pytest.mark.parametrize("rung", RUNGS)
def test_both_ways_find_the_same_rows_and_reasons(world, rung):
    case = _case(world, rung)
    day = max(NOW.date(), case.state_since)
    slow, fast = CaseFacts(case, day), load_facts(case, day)
    for name in LISTS:
        assert {row.pk for row in getattr(slow, name)} == {row.pk for row in getattr(fast, name)}
    assert slow.plan == fast.plan and slow.last_evaluation == fast.last_evaluation
    assert slow.carers == fast.carers
    assert slow.lead == fast.lead and slow.own_enrollment == fast.own_enrollment
    for kind in ("VOT", "OT"):
        assert slow.meeting(kind) == fast.meeting(kind)
        assert slow.draft_table(kind) == fast.draft_table(kind)
    for organization in world.organizations.values():
        args = (ConsentPurpose.DISCUSS_NAMED, organization.pk)
        assert slow.covering(*args) == fast.covering(*args)
    actor = world.actor("head-kade")
    with acting_as(actor):
        for transition in ROUTE.values():
            steps = [Step(case, actor, NOW, facts) for facts in (slow, fast)]
            first, second = (reasons_against(transition, step) for step in steps)
            assert first == second, transition.code


@pytest.mark.parametrize("rung", RUNGS)
def test_reading_at_once_takes_two_queries(world, rung):
    case = _case(world, rung)
    with CaptureQueriesContext(connection) as captured:
        facts = load_facts(case, NOW.date())
        for consult in facts.consults:
            assert [row.person.pk for row in consult.asked.all()]
        for meeting in facts.meetings:
            assert meeting.session and [row.kind for row in meeting.invitees.all()]
        goals = facts.plan.goals.all() if facts.plan else ()
        assert [measure.what for goal in goals for measure in goal.measures.all()] or not goals
    assert len(captured) <= 2
