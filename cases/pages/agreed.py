"""What was agreed: goals with their line over time, agreements with doer and date."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from cases.actions.agreements import CLASSROOM, MAY_ACCEPT, MAY_EVALUATE
from cases.enums import AgreementResult
from cases.models import Agreement, Case, Goal
from cases.pages.case_frame import due_badge
from cases.queries.facts import CaseFacts
from cases.workflow.steps import Step, Who
from teams.components import Action, Badge, BadgeKind, GoalPoint, Row
from teams.enums import Relation
from teams.templatetags.ui import short_day


@dataclass(frozen=True)
class GoalCard:
    """One goal in the words of the plan and of the pupil, with its scores."""

    text: str
    student_words: str
    points: tuple[GoalPoint, ...]
    measures: tuple[Row, ...]


@dataclass(frozen=True)
class Agreed:
    """What runs now, and how it went before."""

    goals: tuple[GoalCard, ...]
    running: tuple[Row, ...]
    past: tuple[Row, ...]


def what_is_agreed(step: Step, visible: Collection[UUID]) -> Agreed:
    """Show the agreements and, when the plan lies open, its goals; `visible` are the rows' ids."""
    facts = step.facts
    shown = [row for row in facts.agreements if row.pk in visible]
    loose = [row for row in shown if row.goal_id is None]
    goals = facts.plan.goals.all() if facts.plan and facts.plan.pk in visible else ()
    return Agreed(
        goals=tuple(_goal(step, goal) for goal in goals),
        running=tuple(agreement_row(step, row) for row in loose if not row.result),
        past=tuple(agreement_row(step, row) for row in loose if row.result),
    )


def _goal(step: Step, goal: Goal) -> GoalCard:
    day = goal.created_at.date()
    points = [GoalPoint(day, goal.scale_start)] if goal.scale_start else []
    points += [
        GoalPoint(row.evaluation.held_on, row.scale)
        for row in goal.evaluations.all()
        if row.scale is not None
    ]
    measures = tuple(agreement_row(step, row) for row in goal.measures.all())
    return GoalCard(goal.text, goal.student_words, tuple(points), measures)


def agreement_row(step: Step, row: Agreement) -> Row:
    """One agreement: who does what, what it should yield, and what it waits for."""
    why = f"levert op: {row.yields}"
    if row.result:
        why = f"{why} · geëvalueerd {short_day(row.evaluated_on)}"
        if row.result_note:
            why = f"{why} · {row.result_note}"
    return Row(
        title=f"{row.doer_name}: {row.what}",
        why=f"{why} · evalueren {short_day(row.evaluate_on)}" if not row.result else why,
        badge=_badge(step.facts, row),
        action=_action(step, row),
    )


def _badge(facts: CaseFacts, row: Agreement) -> Badge:
    if row.result:
        good = row.result == AgreementResult.SUFFICIENT
        kind = BadgeKind.DONE if good else BadgeKind.ATTENTION
        return Badge(row.get_result_display(), kind)
    if row.needs_acceptance:
        return Badge("wacht op akkoord", BadgeKind.ATTENTION)
    if row.evaluate_on <= facts.day:
        return due_badge(row.evaluate_on, today=facts.day, calendar=facts.calendar)
    return Badge("loopt", BadgeKind.DONE)


def _action(step: Step, row: Agreement) -> Action | None:
    if row.result or not step.case.is_open:
        return None
    where = {"agreement_id": row.pk}
    may_accept = CLASSROOM if row.is_in_class else MAY_ACCEPT
    if row.needs_acceptance and _holds(step, may_accept):
        url = reverse("agreement-accept", kwargs=where)
        return Action("Akkoord", url, is_post=True, is_quiet=True)
    # Measures of a plan are evaluated with their goal.
    if row.goal_id is None and may_evaluate(step, row):
        is_due = row.evaluate_on <= step.day
        url = reverse("agreement-evaluate", kwargs=where)
        return Action("Evalueren", url, is_quiet=not is_due)
    return None


def may_evaluate(step: Step, row: Agreement) -> bool:
    """The reader may evaluate this agreement: works here, or does it themselves."""
    held = step.facts.relations_of(step.actor)
    works_here = held & {Relation.SCHOOL, Relation.GROUP, Relation.LEAD}
    is_doer = row.doer_person_id == step.actor.person_id
    return bool(works_here or is_doer) and _holds(step, MAY_EVALUATE)


def _holds(step: Step, who: tuple[Who, ...]) -> bool:
    held = step.facts.relations_of(step.actor)
    return any(each.relation in held and each.role in (None, step.actor.role) for each in who)


def evaluation_page(row: Agreement) -> dict[str, Any]:
    """What stands around the form that evaluates one agreement."""
    may_open = Case.objects.filter(pk=row.case_id).exists()
    case_url = reverse("case", kwargs={"case_id": row.case_id}) if may_open else reverse("today")
    return {
        "title": "Afspraak evalueren",
        "eyebrow": f"Casus {row.case.number} · {row.case.student.full_name}",
        "lead": f"{row.doer_name}: {row.what}. Dit moest het opleveren: {row.yields}.",
        "back": {"label": "Terug", "url": case_url},
        "cancel_url": case_url,
        "submit_label": "Evaluatie vastleggen",
        "help_text": "Is één afspraak onvoldoende, dan vraagt het systeem de directeur om een VOT.",
    }
