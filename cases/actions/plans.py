"""The plan of the OT: goals in everyone's words, measures, monitoring (O14, O18, R-11.4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.actions.measures import write_measure
from cases.enums import CaseState, PlanState
from cases.models import Case, Goal, MonitoringPlan, Plan
from cases.workflow.amend import amending, check_who, stamp
from cases.workflow.steps import Step, Who
from cases.workflow.table import IB, LEAD
from teams.access.actor import Actor
from teams.access.decide import opens
from teams.access.errors import Blocked, Conflict, NotAllowed, Reason
from teams.access.fence import after_rules
from teams.access.rules import MONITORING_AUDIENCE
from teams.audit import Verb
from teams.enums import LINKED_ROLES, Compartment, Relation
from teams.models import AuditEntry

WORDS = ("help_question", "strengths", "carers_words", "student_words")
GOAL_WORDS = ("text", "student_words", "carers_words", "indicator", "measured_by")
MONITORING = ("indicators", "measured_by", "moments", "present")
# The directeur reads and decides (AR-7, AR-8), and writes only with the regie.
MAY_WRITE = (
    IB,
    LEAD,
    *(Who(Relation.PARTICIPANT, role) for role in sorted(LINKED_ROLES)),
)
WRITTEN_FROM = frozenset(
    {CaseState.OT_PREPARING, CaseState.OT, CaseState.WEIGHING, CaseState.RUNNING}
)


@after_rules
def save_plan(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Plan:
    """Save the plan; it stays a draft until the OT starts it, and may be adjusted after.

    Shape:  given: `version` of the plan the page was opened on (0 for a new one);
            `help_question`, `strengths`, `carers_words`, `student_words`, `evaluate_on`;
            `goals`: rows with `id` or none, `text`, `student_words`, `carers_words`,
            `indicator`, `measured_by`, `scale_start`, `is_removed`;
            `measures`: rows of agreements with `goal`, the index of its goal among `goals`;
            `monitoring` with `indicators`, `measured_by`, `moments`, `present`.
            What is not named stays as it is.
    Errors: NotVisible, NotAllowed, Blocked; Conflict when somebody saved in between (S-27).
    """
    with amending(case_id, Verb.PLAN_SAVED, who=MAY_WRITE, actor=actor, now=now) as step:
        check_writer(step.case, actor=actor)
        plan = _living_plan(step)
        _check_version(plan, given)
        for name in (*WORDS, "evaluate_on"):
            setattr(plan, name, given.get(name, getattr(plan, name)))
        plan.version += 1
        plan.save(update_fields=[*WORDS, "evaluate_on", "version"])
        goals = _write_goals(step, plan, given.get("goals", ()))
        _write_measures(step, plan, goals, given.get("measures", ()))
        if given.get("monitoring"):
            _write_monitoring(step, plan, given["monitoring"])
    return plan


def check_writer(case: Case, *, actor: Actor) -> None:
    """Refuse who may not write this plan now, for the page and the action alike.

    Errors: NotVisible, NotAllowed; Blocked in a state in which the plan is not written.
    """
    check_who(case, MAY_WRITE, actor=actor)
    if not actor.is_system and not opens(case.dossier_id, Compartment.SHARED_PLAN, actor=actor):
        raise NotAllowed(Verb.PLAN_SAVED)
    if case.state not in WRITTEN_FROM:
        text = "Het plan wordt geschreven vanaf het OT, zolang de casus loopt."
        raise Blocked([Reason(text, "Bekijk op de casus welke stap nu open is.", "state")])


def _living_plan(step: Step) -> Plan:
    plan = step.facts.plan
    if plan and plan.state != PlanState.ENDED:
        return plan
    return Plan.unscoped.create(
        case=step.case,
        meeting=step.facts.meeting("OT"),
        **stamp(step.case, actor=step.actor, now=step.now),
    )


def _check_version(plan: Plan, given: Mapping[str, Any]) -> None:
    seen = given.get("version")
    if seen is None or seen == plan.version:
        return
    pairs = {name: (getattr(plan, name), given.get(name)) for name in WORDS}
    standing = {row.pk: row for row in plan.goals.all()}
    for index, row in enumerate(given.get("goals", ())):
        goal = standing.get(row["id"]) if row.get("id") else None
        for name in GOAL_WORDS if goal else ():
            pairs[f"goals-{index}-{name}"] = (getattr(goal, name), row.get(name))
    differing = {
        name: (theirs, mine)
        for name, (theirs, mine) in pairs.items()
        if mine is not None and mine.strip() != theirs.strip()
    }
    last = AuditEntry.objects.filter(verb=Verb.PLAN_SAVED, dossier_id=plan.dossier_id)
    newest = last.order_by("-at").first()
    raise Conflict(
        theirs={name: theirs for name, (theirs, _) in differing.items()}
        | {"version": plan.version},
        # What the second writer left empty is the first one's: nothing is lost by choosing.
        mine={name: mine if mine.strip() else theirs for name, (theirs, mine) in differing.items()},
        by=newest.actor_name if newest else "Iemand anders",
    )


def _write_goals(step: Step, plan: Plan, rows: Iterable[Mapping[str, Any]]) -> list[Goal | None]:
    """Write the goals. Shape: one entry for every row given, none when it was removed."""
    standing = {row.pk: row for row in Goal.unscoped.filter(plan=plan)}
    written: list[Goal | None] = []
    for position, row in enumerate(rows):
        goal = standing.get(row["id"]) if row.get("id") else None
        if row.get("is_removed"):
            _remove_goal(goal)
            written.append(None)
            continue
        values = {name: row.get(name, "") for name in GOAL_WORDS}
        values |= {"scale_start": row.get("scale_start"), "position": position}
        if goal is None:
            shared = stamp(step.case, actor=step.actor, now=step.now)
            goal = Goal.unscoped.create(plan=plan, **values, **shared)
        else:
            for name, value in values.items():
                setattr(goal, name, value)
            goal.save(update_fields=list(values))
        written.append(goal)
    return written


def _remove_goal(goal: Goal | None) -> None:
    if goal is None:
        return
    if goal.evaluations.exists():
        text = f"Het doel “{goal.text}” is al geëvalueerd en blijft staan."
        raise Blocked([Reason(text, "", "goal_is_new")])
    for measure in goal.measures.all():
        if measure.meeting_id or measure.result:
            measure.goal = None
            measure.save(update_fields=["goal"])
        else:
            measure.delete()
    goal.delete()


def _write_measures(
    step: Step, plan: Plan, goals: list[Goal | None], rows: Iterable[Mapping[str, Any]]
) -> None:
    standing = {row.pk: row for row in step.facts.agreements}
    for number, row in enumerate(rows, start=1):
        index = row.get("goal")
        goal = goals[index] if index is not None and index < len(goals) else None
        if goal is None and not row.get("is_removed"):
            text = f"Bij maatregel {number} staat niet bij welk doel die hoort."
            raise Blocked([Reason(text, "Kies het doel.", "measure_has_a_goal")])
        write_measure(
            step,
            row,
            standing=standing.get(row["id"]) if row.get("id") else None,
            number=number,
            goal=goal,
            evaluate_on=plan.evaluate_on,
        )


def _write_monitoring(step: Step, plan: Plan, words: Mapping[str, str]) -> None:
    values = {name: words.get(name, "") for name in MONITORING}
    monitoring = MonitoringPlan.unscoped.filter(plan=plan).first()
    if monitoring is None:
        shared = stamp(step.case, actor=step.actor, now=step.now)
        shared["audience"] = MONITORING_AUDIENCE
        MonitoringPlan.unscoped.create(plan=plan, **values, **shared)
        return
    for name, value in values.items():
        setattr(monitoring, name, value)
    monitoring.save(update_fields=list(values))
