"""The plan of a case: the question, goals with their line, measures, monitoring, evaluations."""

from dataclasses import dataclass

from django.urls import reverse

from cases.actions.plans import MAY_WRITE, WRITTEN_FROM
from cases.enums import EvaluationConclusion, PlanState
from cases.models import Agreement, Evaluation, Plan
from cases.pages.agreed import GoalCard, what_is_agreed
from cases.pages.case_frame import CaseFrame, due_badge
from teams.access.decide import opens
from teams.components import Action, Badge, BadgeKind, Fact, Moment
from teams.enums import Compartment
from teams.templatetags.ui import long_day, short_day

_STATES = {PlanState.DRAFT: BadgeKind.ATTENTION, PlanState.ACTIVE: BadgeKind.DONE}


@dataclass(frozen=True)
class PlanPage:
    """What this reader sees of the plan; `plan` is none when there is none to see."""

    plan: Plan | None
    badges: tuple[Badge, ...]
    goals: tuple[GoalCard, ...]
    own_words: tuple[tuple[str, str], ...]
    monitoring: tuple[Fact, ...]
    evaluations: tuple[Moment, ...]
    edit: Action | None
    evaluate: Action | None


def plan_page(frame: CaseFrame) -> PlanPage:
    """Build the page of the plan; only what lies open to the reader."""
    case, facts = frame.case, frame.facts
    visible = Plan.objects.filter(case=case).values_list("pk", flat=True)
    plan = facts.plan if facts.plan and facts.plan.pk in set(visible) else None
    seen = set(Agreement.objects.filter(case=case).values_list("pk", flat=True))
    agreed = what_is_agreed(frame.step, seen | {plan.pk}) if plan else None
    return PlanPage(
        plan=plan,
        badges=_badges(frame, plan) if plan else (),
        goals=agreed.goals if agreed else (),
        own_words=_own_words(frame, plan) if plan else (),
        monitoring=_monitoring(plan) if plan else (),
        evaluations=tuple(_evaluation(row) for row in _evaluations(frame)),
        edit=_edit(frame, plan),
        evaluate=_evaluate(frame) if plan and plan.state == PlanState.ACTIVE else None,
    )


def _badges(frame: CaseFrame, plan: Plan) -> tuple[Badge, ...]:
    state = PlanState(plan.state)
    found = [Badge(state.label, _STATES.get(state, BadgeKind.NEUTRAL))]
    if plan.evaluate_on and state == PlanState.ACTIVE:
        calendar = frame.facts.calendar
        due = due_badge(
            plan.evaluate_on, today=frame.facts.day, calendar=calendar, what="Evaluatie"
        )
        found.append(due)
    return tuple(found)


def _own_words(frame: CaseFrame, plan: Plan) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Ouders", plan.carers_words),
        (frame.case.student.first_name, plan.student_words),
    )
    return tuple((voice, words) for voice, words in pairs if words.strip())


def _monitoring(plan: Plan) -> tuple[Fact, ...]:
    found = []
    if hasattr(plan, "monitoring"):
        row = plan.monitoring
        pairs = (
            ("Wat volgen we", row.indicators),
            ("Wie volgt het", row.measured_by),
            ("Wanneer", row.moments),
            ("Wie is erbij als we evalueren", row.present),
        )
        found = [Fact(term, value) for term, value in pairs if value]
    if plan.evaluate_on:
        found.append(Fact("Evalueren op", long_day(plan.evaluate_on)))
    return tuple(found)


def _evaluations(frame: CaseFrame) -> list[Evaluation]:
    visible = set(Evaluation.objects.filter(case=frame.case).values_list("pk", flat=True))
    return [row for row in frame.facts.evaluations if row.pk in visible]


def _evaluation(row: Evaluation) -> Moment:
    views = (
        ("Ouders", row.carers_view),
        ("Leerling", row.student_view),
        ("Professionals", row.staff_view),
        ("Toelichting", row.explanation),
    )
    text = "\n".join(f"{voice}: {words}" for voice, words in views if words.strip())
    good = row.conclusion in {EvaluationConclusion.CONTINUE, EvaluationConclusion.FINISH}
    kind = BadgeKind.DONE if good else BadgeKind.ATTENTION
    return Moment(
        lead="Evaluatie",
        title=f"met {row.present}" if row.present else "",
        text=text,
        when=short_day(row.held_on),
        icon="list-check",
        badge=Badge(row.get_conclusion_display(), kind),
    )


def _edit(frame: CaseFrame, plan: Plan | None) -> Action | None:
    actor, case = frame.step.actor, frame.case
    held = frame.facts.relations_of(actor)
    may_write = any(row.relation in held and row.role in (None, actor.role) for row in MAY_WRITE)
    if not may_write or case.state not in WRITTEN_FROM:
        return None
    if not opens(case.dossier_id, Compartment.SHARED_PLAN, actor=actor):
        return None
    label = "Plan aanpassen" if plan else "Plan schrijven"
    return Action(label, reverse("plan-edit", kwargs={"case_id": frame.case.pk}))


def _evaluate(frame: CaseFrame) -> Action | None:
    lead = frame.facts.lead
    if lead is None or lead.person_id != frame.step.actor.person_id:
        return None
    url = reverse("case-step", kwargs={"case_id": frame.case.pk, "code": "T-25"})
    return Action("Evalueren", url, step="T-25", is_quiet=True)
