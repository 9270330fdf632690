"""The page of a school: who is there when, the groups, the dates, and what the rooms above add."""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from schools.contributions import Card, contributed
from schools.enums import HolidayKind
from schools.models import School
from schools.pages.groups import group_title
from schools.pages.imports import import_action
from schools.queries.holidays import Calendar
from schools.queries.organizations import place_name
from schools.queries.students import groups_of, has_group, teachers_of
from schools.queries.teams import attached_to, coming_dates, fixed_faces, leads_of
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as Permission
from teams.components import Action, Face, Fact, Row
from teams.enums import SessionKind, Weekday
from teams.models import User
from teams.templatetags.ui import day, short_day

COMING_HOLIDAYS = 3


@dataclass(frozen=True)
class SchoolPage:
    """Everything the page of a school shows to one reader on one day."""

    school: School
    actor: Actor
    today: date

    @property
    def eyebrow(self) -> str:
        """What kind of school, and where."""
        kind, place = self.school.get_school_type_display(), self.school.municipality
        return f"{kind} · {place_name(place)}" if place else kind

    @cached_property
    def may_edit(self) -> bool:
        """Whether this reader keeps the school's own data."""
        return may(self.actor, Permission.EDIT_SCHOOL, dossier_id=self.school.dossier_id)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What this reader can do with the school."""
        if not may(self.actor, Permission.IMPORT, dossier_id=self.school.dossier_id):
            return ()
        return (import_action(self.school),)

    @cached_property
    def faces(self) -> list[Face]:
        """The leads and the fixed faces, with the days on which they are here."""
        standing = fixed_faces(self.school, day=self.today)
        in_team = {row.assignment.person_id for row in standing}
        leads = [
            Face(str(row.person), _line(row.get_role_display(), row.person.days), _card(row.person))
            for row in leads_of(self.school, day=self.today)
            if row.person_id not in in_team
        ]
        members = [
            Face(
                str(row.assignment.person),
                _line(row.assignment.get_role_display(), row.days),
                _card(row.assignment.person),
            )
            for row in standing
        ]
        return leads + members

    @property
    def place(self) -> str:
        """Where the team sits."""
        faces = fixed_faces(self.school, day=self.today)[:1]
        return faces[0].team.place if faces else ""

    @cached_property
    def groups(self) -> list[Row]:
        """The groups with their teachers; a reader without pupils sees no numbers."""
        listed = groups_of(self.school, day=self.today)
        if any(count for _, count in listed):
            listed = [(group, count) for group, count in listed if count]
        teachers: dict[object, list[str]] = {}
        for row in teachers_of((group.organization_id for group, _ in listed), day=self.today):
            teachers.setdefault(row.organization_id, []).append(str(row.person))
        return [
            Row(
                lead=group_title(group),
                title=""
                if group.is_combined
                else " en ".join(teachers.get(group.organization_id, ())),
                url=reverse("group", args=[group.pk]) if has_group(group, actor=self.actor) else "",
                when=f"{count} leerlingen" if count else "",
            )
            for group, count in listed
        ]

    @cached_property
    def dates(self) -> list[Row]:
        """The next regular meetings."""
        return [
            Row(
                title="",
                lead=SessionKind(row.kind).value,
                when=f"{day(row.on)} {hour_of(row.starts_at)}",
            )
            for row in coming_dates(self.school, day=self.today)
        ]

    @cached_property
    def holidays(self) -> list[Row]:
        """The next closed periods."""
        coming = Calendar(self.school).coming(self.today)[:COMING_HOLIDAYS]
        return [
            Row(
                lead=HolidayKind(row.kind).label.capitalize(),
                title=_period(row.start, row.end),
            )
            for row in coming
        ]

    @property
    def missing_holidays(self) -> str:
        """Which holidays of this school year nobody has filled in, in one sentence; empty when all."""
        missing = Calendar(self.school).missing(self.today)
        return ", ".join(HolidayKind(kind).label for kind in missing)

    @property
    def facts(self) -> list[Fact]:
        """Links and place, as far as they are known."""
        school = self.school
        told = [
            Fact("Ruimte van het team", self.place),
            Fact("Eigen gespreksruimte", "ja" if school.has_own_room else ""),
            Fact(
                "Routekaart",
                "Open de routekaart" if school.route_map_url else "",
                school.route_map_url,
            ),
            Fact(
                "Verzuimkaart",
                "Open de verzuimkaart" if school.absence_map_url else "",
                school.absence_map_url,
            ),
            Fact("Hoort bij", school.attached_to.name if school.attached_to else ""),
            Fact("Voorschool", ", ".join(row.name for row in attached_to(school))),
        ]
        return [fact for fact in told if fact.value]

    @cached_property
    def cards(self) -> list[Card]:
        """What the rooms above add."""
        return [
            card
            for room in contributed()
            for card in room.school_cards(self.school, actor=self.actor)
        ]


def _period(start: date, end: date) -> str:
    return short_day(start) if start == end else f"{short_day(start)} tot en met {short_day(end)}"


def hour_of(moment: time) -> str:
    """A time of day the Dutch way."""
    return f"{moment:%H.%M}".removeprefix("0")


def _line(role: str, days: list[str]) -> str:
    present = ", ".join(Weekday(name).label for name in days)
    return f"{role} · {present}" if present else role


def _card(person: User) -> str:
    """Address of the person card, which a room above may serve."""
    try:
        return reverse("person", args=[person.pk])
    except NoReverseMatch:
        return ""
