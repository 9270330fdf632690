"""The plan: saved, started, evaluated, finished; and the way over weighing (T-16 to T-27)."""

from datetime import timedelta

import pytest

from arrangements.actions.facilities import check_facility
from arrangements.models import Facility
from cases.actions import leads, minutes, outcomes, plans, running
from cases.enums import (
    CaseState,
    ClosingReason,
    Conclusion,
    EvaluationConclusion,
    GoalResult,
    LeadState,
    MeetingKind,
    PlanState,
)
from cases.models import Agreement, CaseLead, Document, Goal, GoalEvaluation, Plan
from teams.access.errors import Blocked, Conflict, NotAllowed
from teams.enums import Role
from tests.cases.late_ladder import act, current, hold, ot_case, plan_given, running_case
from tests.world import NOW, add_person

OT_HELD = NOW + timedelta(days=6)
LATER = NOW + timedelta(days=40)


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def evaluation(case, conclusion, **more) -> dict:
    goals = Goal.unscoped.filter(plan__case=case)
    return {
        "goals": [{"goal": goal, "result": GoalResult.PARTLY, "scale": 5} for goal in goals],
        "with_carers": True,
        "carers_view": "Het gaat de goede kant op.",
        "present": "ouders, leerkracht",
        "conclusion": conclusion,
        "next_on": LATER.date() + timedelta(days=42),
        **more,
    }


def weighing_case(world):
    case = ot_case(world)
    more = {"conclusion": Conclusion.ADDITIONAL, "conclusion_reason": "School kan dit niet."}
    hold(world, current(case, MeetingKind.OT), now=OT_HELD, **more)
    return act(world, "ib-kade", outcomes.weigh_support, case.pk, now=OT_HELD)


def test_the_plan_runs_only_when_all_is_there(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    hold(world, meeting, now=OT_HELD, conclusion=Conclusion.BASIC)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", outcomes.start_plan, case.pk, now=OT_HELD)
    assert codes(refusal) == [
        "ot_report_is_final",
        "plan_has_goals",
        "plan_is_monitored",
        "lead_is_accepted",
    ]


def test_a_plan_of_the_school_runs(world):
    case = running_case(world)
    assert case.state == CaseState.RUNNING
    plan = Plan.unscoped.get(case=case)
    assert plan.state == PlanState.ACTIVE and plan.meeting == current(case, MeetingKind.OT)
    measure = Agreement.unscoped.get(goal__plan=plan)
    assert measure.evaluate_on == plan.evaluate_on


def test_s27_two_writers_of_a_plan(world):
    case = ot_case(world)
    add_person(world, "ib-two", Role.SUPPORT_COORDINATOR, "kade")
    given = plan_given(world, NOW)
    act(world, "ib-kade", plans.save_plan, case.pk, given=given)
    goal = Goal.unscoped.get()
    late = {
        "version": 0,
        "help_question": "Een andere vraag?",
        "goals": [{"id": goal.pk, "text": "Een ander doel"}],
    }
    with pytest.raises(Conflict) as conflict:
        act(world, "ib-two", plans.save_plan, case.pk, given=late)
    assert conflict.value.theirs["goals-0-text"] == "Noor stapt zelf de klas in"
    assert conflict.value.theirs["version"] == 1
    act(world, "ib-two", plans.save_plan, case.pk, given={**late, "version": 1})
    assert Goal.unscoped.get().text == "Een ander doel"


def test_ar7_the_head_decides_on_a_plan_and_does_not_write_it(world):
    case = ot_case(world)
    with pytest.raises(NotAllowed):
        act(world, "head-kade", plans.save_plan, case.pk, given=plan_given(world, NOW))


def test_an_agreement_of_the_meeting_becomes_a_measure_of_the_plan(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    row = {**plan_given(world, NOW)["measures"][0], "evaluate_on": LATER.date()}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": [row]})
    made = Agreement.unscoped.get()
    given = {**plan_given(world, NOW), "measures": [{**row, "id": made.pk, "goal": 0}]}
    act(world, "ib-kade", plans.save_plan, case.pk, given=given)
    made.refresh_from_db()
    assert made.goal == Goal.unscoped.get() and made.meeting == meeting


def test_a_removed_goal_takes_its_measures_along(world):
    case = ot_case(world)
    act(world, "ib-kade", plans.save_plan, case.pk, given=plan_given(world, NOW))
    given = {"goals": [{"id": Goal.unscoped.get().pk, "is_removed": True}]}
    act(world, "ib-kade", plans.save_plan, case.pk, given=given)
    assert not Goal.unscoped.exists() and not Agreement.unscoped.exists()


def test_the_lead_alone_evaluates_and_per_goal(world):
    case = running_case(world)
    given = evaluation(case, EvaluationConclusion.CONTINUE)
    with pytest.raises(NotAllowed):
        act(world, "head-kade", running.evaluate_plan, case.pk, given=given, now=LATER)
    with pytest.raises(Blocked) as refusal:
        bare = {**given, "goals": [], "with_carers": False, "carers_view": "", "next_on": None}
        act(world, "ib-kade", running.evaluate_plan, case.pk, given=bare, now=LATER)
    assert codes(refusal) == [
        "every_goal_is_evaluated",
        "evaluation_was_held_with_parents",
        "next_evaluation_is_set",
    ]
    act(world, "ib-kade", running.evaluate_plan, case.pk, given=given, now=LATER)
    assert GoalEvaluation.unscoped.get().scale == 5
    assert Plan.unscoped.get().evaluate_on == given["next_on"]


def test_a_case_closes_after_an_evaluation_that_proposes_so(world):
    case = running_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", running.finish_case, case.pk, now=LATER)
    assert codes(refusal) == ["lead_proposes_to_finish"]
    given = evaluation(case, EvaluationConclusion.FINISH, next_on=None)
    act(world, "ib-kade", running.evaluate_plan, case.pk, given=given, now=LATER)
    done = act(world, "head-kade", running.finish_case, case.pk, now=LATER)
    assert (done.state, done.closing_reason) == (CaseState.CLOSED, ClosingReason.GOALS_REACHED)
    assert Plan.unscoped.get().state == PlanState.ENDED
    assert not CaseLead.unscoped.filter(state=LeadState.ACCEPTED).exists()
    assert Document.unscoped.filter(kind="AFSLUITING").exists()


def test_an_evaluation_may_lead_back_to_the_ot(world):
    case = running_case(world)
    given = evaluation(case, EvaluationConclusion.BACK_TO_OT, next_on=None)
    act(world, "ib-kade", running.evaluate_plan, case.pk, given=given, now=LATER)
    back = act(world, "ib-kade", running.return_to_ot, case.pk, now=LATER)
    assert back.state == CaseState.OT_PREPARING
    assert Plan.unscoped.get().state == PlanState.ACTIVE


def test_a_facility_that_fits_starts_the_plan(world):
    case = weighing_case(world)
    assert case.state == CaseState.WEIGHING
    facility = Facility.objects.create(name="Sportclub", region=world.organizations["town"])
    given = {"facility": facility, "fits": True, "why": "Daar wil Noor graag heen."}
    act(world, "ib-kade", check_facility, case.pk, given=given, now=OT_HELD)
    act(world, "ib-kade", plans.save_plan, case.pk, given=plan_given(world, OT_HELD), now=OT_HELD)
    act(world, "ib-kade", leads.accept_lead, case.pk, now=OT_HELD)
    agreed = {"do_carers_agree": True}
    start = running.start_with_facility
    started = act(world, "ib-kade", start, case.pk, given=agreed, now=OT_HELD)
    assert started.state == CaseState.RUNNING


def test_weighing_may_go_back_to_the_ot(world):
    case = weighing_case(world)
    given = {"reason": "Ouders geven geen toestemming."}
    back = act(world, "ib-kade", running.return_from_weighing, case.pk, given=given, now=OT_HELD)
    assert back.state == CaseState.OT_PREPARING
