"""The frame of every page of a case: head, drawn route and tabs.

Every tab calls `case_frame()` and extends `cases/case_base.html`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from cases.models import Case
from cases.pages.route_drawing import draw_route
from cases.queries.facts import CaseFacts
from cases.queries.loaded import load_facts
from cases.queries.usual_pace import usual_school_days
from cases.workflow.steps import Step
from schools.calendar import SchoolCalendar
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action
from teams.components import Badge, BadgeKind, Route, Tab

# Label, name of the address, and what the reader must be allowed to do.
TABS = (
    ("Tijdlijn", "case", Action.READ_CASE),
    ("Plan", "plan", Action.READ_CASE),
    ("Overleg", "case-meetings", Action.READ_SESSION),
    ("Ondersteuning", "facilities", Action.READ_CASE),
    ("Toestemming", "consent", Action.READ_CASE),
    ("Verzuim", "absence", Action.READ_ABSENCE),
    ("Stukken", "documents", Action.READ_DOCUMENT),
    ("Wie kan meekijken", "viewers", Action.READ_CASE),
    ("Wie heeft gekeken", "looked", Action.READ_TRACE),
)


@dataclass(frozen=True)
class CaseFrame:
    """Head, route and tabs; `step` carries the case and its facts for what is below."""

    step: Step
    title: str
    eyebrow: str
    badges: tuple[Badge, ...]
    route: Route
    tabs: tuple[Tab, ...]

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.step.case

    @property
    def facts(self) -> CaseFacts:
        """Its facts, already read."""
        return self.step.facts


def case_frame(case_id: UUID, *, current: str, actor: Actor, now: datetime) -> CaseFrame:
    """Build the frame around one tab of a case; `current` is the name of its address.

    Errors: Case.DoesNotExist when the actor has no seat that opens the heading.
    """
    case = Case.objects.select_related("student", "school__organization").get(pk=case_id)
    facts = load_facts(case, now.date())
    usual = usual_school_days(case.school.swv_id)
    return CaseFrame(
        step=Step(case, actor, now, facts),
        title=case.student.full_name,
        eyebrow=_eyebrow(facts),
        badges=tuple(_badges(facts)),
        route=draw_route(facts, usual=usual),
        tabs=tuple(_tabs(case, current, actor)),
    )


def _eyebrow(facts: CaseFacts) -> str:
    enrolled = facts.own_enrollment
    group = f"groep {enrolled.group}" if enrolled and enrolled.group else ""
    parts = (f"Casus {facts.case.number}", group, facts.case.school.name)
    return " · ".join(part for part in parts if part)


def _badges(facts: CaseFacts) -> list[Badge]:
    case = facts.case
    found = []
    if not case.is_open:
        found.append(Badge(case.get_state_display(), BadgeKind.DONE))
    if case.is_urgent:
        found.append(Badge("Met spoed", BadgeKind.ATTENTION))
    if facts.lead:
        found.append(Badge(f"Regie: {facts.lead.person}"))
    if day := next_evaluation(facts):
        found.append(due_badge(day, today=facts.day, calendar=facts.calendar, what="Evaluatie"))
    return found


def next_evaluation(facts: CaseFacts) -> date | None:
    """The first day on which something of this case must be evaluated."""
    if not facts.case.is_open:
        return None
    days = [row.evaluate_on for row in facts.agreements if not row.result and not row.goal_id]
    if facts.plan and facts.plan.evaluate_on:
        days.append(facts.plan.evaluate_on)
    return min(days, default=None)


def due_badge(day: date, *, today: date, calendar: SchoolCalendar, what: str = "") -> Badge:
    """Say in school days how far ahead or behind a day lies."""
    if day < today:
        late = max(1, calendar.school_days_between(day, today))
        unit = "schooldag" if late == 1 else "schooldagen"
        return Badge(f"{what} {late} {unit} te laat".strip(), BadgeKind.ERROR)
    if day == today:
        return Badge(f"{what} vandaag".strip().capitalize(), BadgeKind.ATTENTION)
    ahead = calendar.school_days_between(today, day)
    unit = "schooldag" if ahead == 1 else "schooldagen"
    kind = BadgeKind.ATTENTION if ahead <= 5 else BadgeKind.NEUTRAL
    return Badge(f"{what} over {ahead} {unit}".strip().capitalize(), kind)


def _tabs(case: Case, current: str, actor: Actor) -> list[Tab]:
    found = []
    for label, name, action in TABS:
        if may(actor, action):
            url = reverse(name, kwargs={"case_id": case.pk})
            found.append(Tab(label, url, is_current=name == current))
    return found
