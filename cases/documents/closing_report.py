"""The closing report: what was asked, what was reached, and where to turn from here."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.documents.ot_report import Said, in_order
from cases.documents.paper import Contact, contact_at, family_route
from cases.enums import AgreementResult, ClosingReason, GoalResult
from cases.models import Agreement, Document, Evaluation, Goal, Plan, TransitionNote
from cases.queries.facts import CaseFacts
from teams.components import Badge, BadgeKind, Fact, GoalPoint, Route
from teams.enums import Compartment, Role
from teams.templatetags.ui import long_day

RESULT_KINDS = {
    GoalResult.REACHED: BadgeKind.DONE,
    GoalResult.PARTLY: BadgeKind.NEUTRAL,
    GoalResult.NOT_REACHED: BadgeKind.ATTENTION,
}


@dataclass(frozen=True)
class GoalReached:
    """One goal: where it began, where it is, and the line between."""

    number: int
    text: str
    words: tuple[Said, ...]
    result: Badge | None
    note: str
    points: tuple[GoalPoint, ...]


@dataclass(frozen=True)
class LookedBack:
    """One evaluation with each one's voice and the conclusion together (O19)."""

    day: str
    present: str
    voices: tuple[Said, ...]
    conclusion: str
    explanation: str


@dataclass(frozen=True)
class Kept:
    """One agreement of the plan and what became of it."""

    doer: str
    what: str
    result: str


@dataclass(frozen=True)
class ClosingReport:
    """What all participants keep at the end; nothing of the school's own file, no money."""

    title: str
    lead: str
    student: str
    route: Route
    facts: tuple[Fact, ...]
    question: str
    strengths: str
    goals: tuple[GoalReached, ...]
    agreements: tuple[Kept, ...]
    evaluations: tuple[LookedBack, ...]
    closing_words: str
    coordinator: Contact | None


def build(document: Document) -> ClosingReport:
    """Build the closing report of a closed case."""
    case, day = document.case, document.created_at.date()
    facts = CaseFacts(case, day)
    plan, evaluations = facts.plan, _evaluations(document)
    return ClosingReport(
        title=f"Afsluiting voor {case.student.full_name}",
        lead="Wat we samen wilden, wat er gelukt is en hoe het verdergaat.",
        student=case.student.first_name,
        route=family_route(facts),
        facts=_facts(document, facts),
        question=plan.help_question if plan else "",
        strengths=plan.strengths if plan else "",
        goals=tuple(_goals(plan, evaluations)) if plan else (),
        agreements=tuple(_kept(row) for row in in_order(facts.agreements) if row.goal_id),
        evaluations=tuple(_looked_back(row) for row in evaluations),
        closing_words=_closing_words(document),
        coordinator=contact_at(case.school.organization_id, Role.SUPPORT_COORDINATOR, day=day),
    )


def _evaluations(document: Document) -> list[Evaluation]:
    rows = Evaluation.unscoped.filter(case=document.case).order_by("held_on", "created_at")
    return list(rows.prefetch_related("goals"))


def _facts(document: Document, facts: CaseFacts) -> tuple[Fact, ...]:
    case, lead = document.case, facts.lead or next(iter(facts.leads), None)
    reason = ClosingReason(case.closing_reason).label if case.closing_reason else ""
    shown = (
        ("School", str(case.school)),
        ("Begonnen", long_day(case.opened_on)),
        ("Afgerond", long_day(case.closed_on)),
        ("Waarom we stoppen", reason),
        ("Wie de regie had", str(lead.person) if lead else ""),
    )
    return tuple(Fact(term, value) for term, value in shown if value)


def _goals(plan: Plan, evaluations: Iterable[Evaluation]) -> Iterable[GoalReached]:
    student = plan.case.student.first_name
    for number, goal in enumerate(plan.goals.all(), start=1):
        seen = [
            (held, row)
            for held in evaluations
            for row in held.goals.all()
            if row.goal_id == goal.pk
        ]
        last = seen[-1][1] if seen else None
        result = GoalResult(last.result) if last else None
        words = ((student, goal.student_words), ("Ouders", goal.carers_words))
        yield GoalReached(
            number=number,
            text=goal.text,
            words=tuple(Said(who, text) for who, text in words if text),
            result=Badge(result.label, RESULT_KINDS[result]) if result else None,
            note=last.note if last else "",
            points=_points(plan, goal, seen),
        )


def _points(plan: Plan, goal: Goal, seen: list) -> tuple[GoalPoint, ...]:
    started = plan.created_at.date()
    first = [GoalPoint(started, goal.scale_start)] if goal.scale_start else []
    return (*first, *(GoalPoint(held.held_on, row.scale) for held, row in seen if row.scale))


def _kept(agreement: Agreement) -> Kept:
    said = AgreementResult(agreement.result).label if agreement.result else "niet apart bekeken"
    note = f": {agreement.result_note}" if agreement.result_note else ""
    return Kept(agreement.doer_name, agreement.what, said + note)


def _looked_back(evaluation: Evaluation) -> LookedBack:
    voices = (
        ("Ouders", evaluation.carers_view),
        ("De leerling", evaluation.student_view),
        ("School en begeleiders", evaluation.staff_view),
    )
    return LookedBack(
        day=long_day(evaluation.held_on),
        present=evaluation.present,
        voices=tuple(Said(who, text) for who, text in voices if text.strip()),
        conclusion=evaluation.get_conclusion_display(),
        explanation=evaluation.explanation,
    )


def _closing_words(document: Document) -> str:
    """What was written at closing, only where it lies open to all participants (K2)."""
    note = (
        TransitionNote.unscoped.filter(
            transition__case=document.case,
            transition__to_state=document.case.state,
            compartment=Compartment.SHARED_PLAN,
        )
        .order_by("-transition__position")
        .first()
    )
    return note.reason if note else ""
