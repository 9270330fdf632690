"""Vandaag: what waits for me, what is due this week, what is new on my cases."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse

from cases.enums import CaseState, ConsentDecisionKind, ConsentPurpose
from cases.models import Case
from cases.pages.waiting_rows import waiting_rows
from cases.queries.news import News, news_for
from cases.queries.picker import own_schools
from cases.queries.signals import unlinked_signals
from cases.queries.week import Planned, fixed_faces, planned_sessions
from cases.queries.worklist import waiting_for
from cases.workflow.table import ROUTE
from schools.calendar import SchoolCalendar, school_year_of
from schools.models import School
from schools.queries.calendar import calendar_of
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as May
from teams.components import Action, Bar, Row
from teams.enums import SCHOOL_ROLES, Role, SessionKind, Weekday
from teams.models import User
from teams.pages.watch import watch_rows
from teams.templatetags.ui import LONG_WEEKDAYS, WEEKDAYS, day, day_hour, long_day

MOST_WAITING = 12
_NUMBERS = (
    "geen",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)
# Stations of the chart, with the states that stand there.
_CHART = (
    ("Signaal", (CaseState.SIGNALING,)),
    ("Consult", (CaseState.CONSULTING,)),
    ("Afspraken", (CaseState.AGREEMENTS,)),
    ("VOT", (CaseState.VOT_REQUESTED, CaseState.VOT)),
    ("OT", (CaseState.OT_PREPARING, CaseState.OT)),
    ("Afweging", (CaseState.WEIGHING,)),
    ("Uitvoering", (CaseState.RUNNING,)),
)


@dataclass(frozen=True)
class TodayPage:
    """One person's morning."""

    title: str
    eyebrow: str
    actions: tuple[Action, ...]
    warnings: tuple[tuple[str, str], ...]
    waiting: tuple[Row, ...]
    more: int
    week: tuple[Row, ...]
    news: tuple[Row, ...]
    news_title: str
    bars: tuple[Bar, ...]


def today_page(person: User, *, actor: Actor, now: datetime) -> TodayPage:
    """Build Vandaag for one person in one role."""
    today = now.date()
    schools = own_schools(actor)
    calendar = calendar_of(schools[0]) if schools else SchoolCalendar(()).lenient()
    waiting = watch_rows(actor, now=now)
    waiting += _waiting(actor, today, calendar) if may(actor, May.READ_CASE) else []
    since = person.last_visit_at or now - timedelta(days=7)
    return TodayPage(
        title=_greeting(person, now, len(waiting)),
        eyebrow=_eyebrow(schools, today, calendar),
        actions=_actions(actor),
        warnings=tuple(_warnings(actor, schools, today)),
        waiting=tuple(waiting[:MOST_WAITING]),
        more=max(0, len(waiting) - MOST_WAITING),
        week=tuple(_week(actor, today)),
        news=tuple(_news(row) for row in news_for(actor, since=since)),
        news_title=f"Nieuw sinds {_since(since, today)}",
        bars=_bars() if may(actor, May.LIST_CASES) else (),
    )


def _greeting(person: User, now: datetime, count: int) -> str:
    part = "Goedemorgen" if now.hour < 12 else "Goedemiddag" if now.hour < 18 else "Goedenavond"
    name = person.get_short_name()
    if count == 0:
        return f"{part} {name}, er wacht niets op u"
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    what = "ding wacht" if count == 1 else "dingen wachten"
    return f"{part} {name}, {number} {what} op u"


def _eyebrow(schools: list[School], today: date, calendar: SchoolCalendar) -> str:
    said = long_day(today).capitalize()
    if not schools:
        return said
    if not calendar.is_school_day(today):
        following = calendar.next_school_day(today)
        return f"{said} · geen schooldag, de volgende is {LONG_WEEKDAYS[following.weekday()]}"
    return f"{said} · {', '.join(school.name for school in schools[:2])}"


def _actions(actor: Actor) -> tuple[Action, ...]:
    found = []
    if may(actor, May.GROUP_ROUND):
        url = reverse("group-rounds")
        found.append(Action("Groepsbespreking", url, is_quiet=True, icon="people"))
    return tuple(found)


def _warnings(actor: Actor, schools: list[School], today: date) -> list[tuple[str, str]]:
    if not may(actor, May.EDIT_SCHOOL):
        return []
    year = school_year_of(today)
    found = []
    for school in schools:
        missing = calendar_of(school).missing_kinds(year)
        if missing:
            names = ", ".join(kind.label for kind in missing)
            text = f"Voor {school.name} ontbreekt in {year}: {names}. Termijnen kloppen dan niet."
            found.append((text, reverse("holidays", kwargs={"school_id": school.pk})))
    return found


def _waiting(actor: Actor, today: date, calendar: SchoolCalendar) -> list[Row]:
    rows = waiting_rows(waiting_for(actor, day=today), day=today, calendar=calendar)
    if may(actor, May.LINK_SIGNAL) and (count := unlinked_signals().count()):
        word = "signaal" if count == 1 else "signalen"
        rows.append(
            Row(
                lead="Bekijk",
                title=f"{count} {word} zonder leerling",
                why="Over een groep, de school of zonder naam.",
                action=Action("Bekijken", reverse("signals"), is_quiet=True),
            )
        )
    return rows


def _week(actor: Actor, today: date) -> list[Row]:
    rows = [
        _session(planned)
        for planned in planned_sessions(start=today, end=today + timedelta(days=6))
    ]
    # Who works at many schools would read a list of colleagues.
    faces = fixed_faces(actor, day=today) if actor.role in SCHOOL_ROLES else []
    for member in faces:
        days = [WEEKDAYS[Weekday.values.index(value)] for value in Weekday.values
                if value in member.days]  # fmt: skip
        if days and member.assignment.role != Role.HEAD:
            url = reverse("person", kwargs={"person_id": member.assignment.person_id})
            title = f"({member.assignment.get_role_display()}) op school"
            rows.append(Row(title, str(member.assignment.person), url=url, when=_listed(days)))
    return rows


def _listed(words: list[str]) -> str:
    return " en ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _session(planned: Planned) -> Row:
    session = planned.session
    names = ", ".join(item.case.student.full_name for item in planned.items[:3])
    count = len(planned.items)
    title = names if count < 4 else f"{count} leerlingen"
    starts = min(item.starts_at for item in planned.items)
    return Row(
        lead=SessionKind(session.kind).value,
        title=title,
        why=session.place,
        url=f"/overleg/{session.pk}/",
        when=f"{WEEKDAYS[session.on.weekday()]} {f'{starts:%H.%M}'.removeprefix('0')}",
    )


def _news(row: News) -> Row:
    leads = {
        "signal": "Signaal over",
        "note": "Kort contact bij",
        "advice": "Advies bij",
        "step": f"{ROUTE[row.code].label}:" if row.code in ROUTE else "Stap:",
    }
    lead, why = leads.get(row.kind, ""), row.text
    if row.kind == "decision":
        lead = f"Toestemming {ConsentDecisionKind(row.code).label} bij"
        why = f"Om {ConsentPurpose(row.text).label}"
    who = row.who.strip() or "het systeem"
    return Row(
        lead=f"{lead} {' '.join(row.student.split())}",
        title=f"door {who}",
        why=why,
        url=reverse("case", kwargs={"case_id": row.case_id}),
        when=day_hour(row.at),
    )


def _since(since: datetime, today: date) -> str:
    days = (today - since.date()).days
    if days <= 0:
        return "vanochtend" if since.hour < 12 else "vandaag"
    if days == 1:
        return "gisteren"
    return LONG_WEEKDAYS[since.weekday()] if days < 7 else day(since)


def _bars() -> tuple[Bar, ...]:
    rows = Case.objects.open().order_by().values_list("state").annotate(count=Count("pk"))
    counts: Counter[str] = Counter(dict(rows))
    url = reverse("cases")
    if not counts:
        return ()
    return tuple(
        Bar(label, sum(counts[state] for state in states), f"{url}?stand={states[0]}")
        for label, states in _CHART
    )
