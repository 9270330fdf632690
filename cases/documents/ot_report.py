"""Report of the OT and plan: one text for everyone, comments of parents and pupil annexed."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.documents.paper import (
    Contact,
    Guest,
    contact_at,
    contact_of,
    family_route,
    guests_of,
)
from cases.enums import Section
from cases.models import (
    Agreement,
    CaseLead,
    Contribution,
    Document,
    Goal,
    Meeting,
    MeetingLine,
    Plan,
)
from cases.queries.facts import CaseFacts
from schools.models import Enrollment
from teams.components import Fact, Route
from teams.enums import Role
from teams.templatetags.ui import HIGHEST_SCORE, long_day, short_day

# What was said before the plan; the plan itself, regie and evaluation come from their own rows.
TOLD = (Section.TRIED, Section.NEEDS)
DECIDED = (Section.GOALS, Section.WHO_DOES_WHAT, Section.LEAD, Section.EVALUATION, Section.CONSENT)


@dataclass(frozen=True)
class Told:
    """One part of the agenda with what was written under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """Someone's own words."""

    who: str
    text: str


@dataclass(frozen=True)
class Measure:
    """One agreement with its four elements (O7)."""

    doer: str
    what: str
    needed: str
    yields: str
    evaluate_on: str
    agreed: str


@dataclass(frozen=True)
class GoalShown:
    """One goal: first the what with everyone's words, then the how."""

    number: int
    text: str
    words: tuple[Said, ...]
    indicator: str
    measured_by: str
    scale_start: int | None
    measures: tuple[Measure, ...]

    @property
    def dots(self) -> tuple[bool, ...]:
        """The scale as ten dots, filled as far as the goal is now."""
        return tuple(step <= (self.scale_start or 0) for step in range(1, HIGHEST_SCORE + 1))


@dataclass(frozen=True)
class OtReport:
    """The one text that all participants read, parents and pupil as well; knows no money."""

    title: str
    lead: str
    student: str
    route: Route
    facts: tuple[Fact, ...]
    question: tuple[str, ...]
    strengths: tuple[str, ...]
    own_words: tuple[Said, ...]
    guests: tuple[Guest, ...]
    opening: tuple[str, ...]
    told: tuple[Told, ...]
    goals: tuple[GoalShown, ...]
    agreements: tuple[Measure, ...]
    decided: tuple[Told, ...]
    monitoring: tuple[Fact, ...]
    conclusion: str
    conclusion_reason: str
    is_provisional: bool
    lead_contact: Contact | None
    brought_in: tuple[Said, ...]
    comments: tuple[Said, ...]


def build(document: Document) -> OtReport:
    """Build the report and plan of a held OT."""
    case, day = document.case, document.created_at.date()
    meeting, facts = _meeting(document), CaseFacts(case, day)
    student, plan = case.student.full_name, _plan(meeting, facts)
    lines = list(meeting.lines.all())
    goals = tuple(_goals(plan)) if plan else ()
    contributions = list(meeting.contributions.all())
    return OtReport(
        title=f"Verslag en plan voor {student}",
        lead="Dit is wat we samen hebben besproken en afgesproken.",
        student=case.student.first_name,
        route=family_route(facts),
        facts=_facts(document, meeting, plan, facts.lead),
        question=_texts(lines, Section.QUESTION, plan.help_question if plan else ""),
        strengths=_texts(lines, Section.STRENGTHS, plan.strengths if plan else ""),
        own_words=_own_words(plan, case.student.first_name) if plan else (),
        guests=tuple(guests_of(meeting.invitees.all(), student=student, in_family_words=False)),
        opening=_texts(lines, Section.WELCOME, ""),
        told=_sections(lines, TOLD),
        goals=goals,
        agreements=tuple(
            measure_of(row)
            for row in in_order(facts.agreements)
            if row.meeting_id == meeting.pk and not row.goal_id
        ),
        decided=_sections(lines, DECIDED),
        monitoring=_monitoring(plan) if plan else (),
        conclusion=meeting.get_conclusion_display(),
        conclusion_reason=meeting.conclusion_reason,
        is_provisional=meeting.is_provisional,
        lead_contact=_lead_contact(facts.lead, document),
        brought_in=_said(contributions, is_comment=False),
        comments=_said(contributions, is_comment=True),
    )


def in_order(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Agreements made in one act share their moment; a paper shows them in one order always."""
    return sorted(agreements, key=lambda row: (row.evaluate_on, row.doer_name, row.what))


def measure_of(agreement: Agreement) -> Measure:
    """Show an agreement; what still waits for someone's word says so."""
    agreed = ""
    if agreement.needs_acceptance:
        agreed = "wacht op akkoord"
    elif agreement.accepted_on:
        agreed = f"akkoord {short_day(agreement.accepted_on)}"
    return Measure(
        doer=agreement.doer_name,
        what=agreement.what,
        needed=agreement.needed,
        yields=agreement.yields,
        evaluate_on=short_day(agreement.evaluate_on),
        agreed=agreed,
    )


def _meeting(document: Document) -> Meeting:
    rows = Meeting.unscoped.select_related("session", "finalized_by").prefetch_related(
        "invitees__person", "invitees__carer", "lines", "contributions__carer"
    )
    return rows.get(pk=document.meeting_id)


def _plan(meeting: Meeting, facts: CaseFacts) -> Plan | None:
    rows = Plan.unscoped.filter(meeting=meeting).order_by("-created_at")
    own = rows.select_related("monitoring").prefetch_related("goals__measures").first()
    return own or facts.plan


def _facts(
    document: Document, meeting: Meeting, plan: Plan | None, lead: CaseLead | None
) -> tuple[Fact, ...]:
    case = document.case
    enrollments = Enrollment.unscoped.filter(student=case.student_id, school=case.school_id)
    enrollment = enrollments.select_related("group").order_by("-since").first()
    group = f", {enrollment.group}" if enrollment and enrollment.group else ""
    finalizer = f" door {meeting.finalized_by}" if meeting.finalized_by else ""
    shown = (
        ("School", f"{case.school}{group}"),
        ("Samen aan tafel op", long_day(meeting.held_on or meeting.session.on)),
        ("Wie heeft de regie", _how_to_reach(lead)),
        ("We kijken terug op", long_day(plan.evaluate_on) if plan else ""),
        ("Definitief gemaakt", long_day(meeting.finalized_at) + finalizer),
    )
    return tuple(Fact(term, value) for term, value in shown if value)


def _how_to_reach(lead: CaseLead | None) -> str:
    """Parents and pupil always see who holds the regie and how to reach that person (R-8.4)."""
    if lead is None:
        return ""
    return ", ".join(part for part in (str(lead.person), lead.person.phone) if part)


def _lead_contact(lead: CaseLead | None, document: Document) -> Contact | None:
    if lead:
        return contact_of(lead.person, lead.role)
    node, day = document.case.school.organization_id, document.created_at.date()
    return contact_at(node, Role.SUPPORT_COORDINATOR, day=day)


def _texts(lines: Iterable[MeetingLine], section: Section, fallback: str) -> tuple[str, ...]:
    """What was written in a section; what the plan says when nothing was."""
    written = tuple(row.text for row in lines if row.section == section and row.text.strip())
    return written or ((fallback,) if fallback.strip() else ())


def _sections(lines: list[MeetingLine], sections: Iterable[Section]) -> tuple[Told, ...]:
    told = (Told(section.label, _texts(lines, section, "")) for section in sections)
    return tuple(part for part in told if part.lines)


def _own_words(plan: Plan | Goal, student: str) -> tuple[Said, ...]:
    said = ((student, plan.student_words), ("Ouders", plan.carers_words))
    return tuple(Said(who, text) for who, text in said if text.strip())


def _goals(plan: Plan) -> Iterable[GoalShown]:
    student = plan.case.student.first_name
    for number, goal in enumerate(plan.goals.all(), start=1):
        yield GoalShown(
            number=number,
            text=goal.text,
            words=_own_words(goal, student),
            indicator=goal.indicator,
            measured_by=goal.measured_by,
            scale_start=goal.scale_start,
            measures=tuple(measure_of(row) for row in in_order(goal.measures.all())),
        )


def _monitoring(plan: Plan) -> tuple[Fact, ...]:
    row = getattr(plan, "monitoring", None)
    if row is None:
        return ()
    shown = (
        ("Wat we volgen", row.indicators),
        ("Wie dat doet", row.measured_by),
        ("Wanneer", row.moments),
        ("Wie erbij is", row.present),
    )
    return tuple(Fact(term, value) for term, value in shown)


def _said(contributions: Iterable[Contribution], *, is_comment: bool) -> tuple[Said, ...]:
    ordered = sorted(contributions, key=lambda row: (row.created_at, _speaker(row), row.text))
    return tuple(Said(_speaker(row), row.text) for row in ordered if row.is_comment == is_comment)


def _speaker(row: Contribution) -> str:
    if row.is_from_student:
        return row.meeting.case.student.first_name
    return str(row.carer) if row.carer else "Ouders"
