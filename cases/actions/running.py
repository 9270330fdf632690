"""From weighing to the end: start elsewhere, evaluate, back to the OT, finish (T-22 to T-27)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from cases.actions.closing import end_leads
from cases.actions.documents import ask_closing_report
from cases.actions.outcomes import ask_for_ot, end_plans, run_plan
from cases.enums import ClosingReason
from cases.models import Case, Evaluation, GoalEvaluation, Plan
from cases.workflow.amend import stamp
from cases.workflow.engine import perform
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import MONITORING_AUDIENCE

VIEWS = ("carers_view", "student_view", "staff_view")
CLOSED_BY_PLAN = (
    ClosingReason.GOALS_REACHED,
    ClosingReason.OTHER_SETTING,
    ClosingReason.CARERS_STOP,
    ClosingReason.ADULT,
)


@after_rules
def start_with_facility(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Start with a fitting, freely accessible facility (T-22). Given: `do_carers_agree`."""
    return perform(ROUTE["T-22"], case_id, actor=actor, now=now, given=given, write=run_plan)


@after_rules
def return_from_weighing(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Go back to the OT: no consent, all refused, or something new (T-23). Given: `reason`."""
    return perform(ROUTE["T-23"], case_id, actor=actor, now=now, given=given, write=ask_for_ot)


@after_rules
def evaluate_plan(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Evaluate the plan per goal, with each one's voice and one conclusion (T-25, R-11.2).

    Shape:  given: `goals`, rows with `goal`, `result`, optional `scale` and `note`;
            `present`, `with_carers`, `with_student`, `carers_view`, `student_view`,
            `staff_view`, `conclusion`, `explanation`, `next_on`, optional `held_on`.
    Errors: NotVisible, NotAllowed (the lead alone), Blocked.
    """
    filled = {**given, "reason": given.get("explanation", "")}
    return perform(
        ROUTE["T-25"], case_id, actor=actor, now=now, given=filled, write=_write_evaluation
    )


@after_rules
def return_to_ot(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Go back to the OT after an evaluation that concludes so; no new VOT (T-26)."""
    filled = {**(given or {})}
    return perform(ROUTE["T-26"], case_id, actor=actor, now=now, given=filled, write=ask_for_ot)


@after_rules
def finish_case(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Close the case that the lead proposed to finish (T-27).

    Shape:  given: optional `closing_reason` (of CLOSED_BY_PLAN) and `reason`.
    """
    filled = {**(given or {})}
    filled["closing_reason"] = filled.get("closing_reason") or ClosingReason.GOALS_REACHED
    filled["closed_on"] = now.date()
    return perform(ROUTE["T-27"], case_id, actor=actor, now=now, given=filled, write=_finish)


def _write_evaluation(step: Step) -> None:
    plan = cast(Plan, step.facts.plan)  # every_goal_is_evaluated guards this
    shared = stamp(step.case, actor=step.actor, now=step.now)
    shared["audience"] = MONITORING_AUDIENCE
    evaluation = Evaluation.unscoped.create(
        case=step.case,
        plan=plan,
        held_on=step.get("held_on") or step.day,
        present=step.get("present", ""),
        with_carers=bool(step.get("with_carers")),
        with_student=bool(step.get("with_student")),
        conclusion=step.get("conclusion"),
        explanation=step.get("explanation", ""),
        next_on=step.get("next_on"),
        **{name: step.get(name, "") for name in VIEWS},
        **shared,
    )
    for row in step.get("goals"):
        GoalEvaluation.unscoped.create(
            evaluation=evaluation,
            goal=row["goal"],
            result=row["result"],
            scale=row.get("scale"),
            note=row.get("note", ""),
            **shared,
        )
    if step.get("next_on"):
        plan.evaluate_on = step.get("next_on")
        plan.save(update_fields=["evaluate_on"])


def _finish(step: Step) -> None:
    end_plans(step)
    end_leads(step)
    ask_closing_report(step.case, actor=step.actor, now=step.now)
