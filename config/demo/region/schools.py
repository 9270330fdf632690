"""Makes the schools of the demo region: pupils by the real import, holidays, teams and their dates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from config.demo.region.organizations import SCHOOLS, SchoolPlan
from schools.actions.edexml import apply_edexml
from schools.calendar import SchoolCalendar, school_year_of
from schools.enums import HolidayKind, SchoolType
from schools.imports.records import EdexmlFile
from schools.imports.sample import SampleLevel, sample_school
from schools.models import Group, HolidayPeriod, School
from schools.seating import reseat_school
from teams.access.actor import current_actor
from teams.access.seating import new_dossier
from teams.enums import DossierKind, HolidayRegion, SessionKind
from teams.models import Organization, SupportTeam, SupportTeamDate

LEVELS = {
    SchoolType.PRIMARY: SampleLevel.PRIMARY,
    SchoolType.PRESCHOOL: SampleLevel.PLAYGROUP,
    SchoolType.SBO: SampleLevel.SPECIAL_PRIMARY,
    SchoolType.SECONDARY: SampleLevel.SECONDARY,
}
SMALLEST_SCHOOL = 12
# A VOT and an OT every two school weeks; the next ones within days of today.
EVERY_SCHOOL_DAYS = 10
NEXT_VOT, NEXT_OT = 2, 5
SERIES_BACK, SERIES_AHEAD = 22, 15
STARTS = {SessionKind.VOT: time(14, 45), SessionKind.OT: time(8, 45)}


@dataclass(frozen=True)
class Pupils:
    """What an import gave besides pupils: the school's groups and names for their teachers."""

    groups: list[Group]
    teachers: dict[str, str]


def build_schools(organizations: dict[str, Organization]) -> dict[str, School]:
    """Create the schools with a table each. Shape: schools by key."""
    rows: dict[str, School] = {}
    for plan in SCHOOLS:
        node = organizations[plan.key]
        rows[plan.key] = School(
            organization=node,
            dossier=new_dossier(DossierKind.SCHOOL, node.pk),
            school_type=plan.school_type,
            brin=plan.brin,
            swv=organizations["swv"],
            municipality=organizations[plan.municipality],
            district_team=organizations[plan.district_team],
            attached_to=rows.get(plan.attached_to),
            holiday_region=HolidayRegion.MIDDLE,
            has_own_room=plan.key not in {"zwaluw", "wilgen"},
            route_map_url="https://mvs.example/routekaart",
            absence_map_url="https://mvs.example/verzuimkaart",
        )
    School.objects.bulk_create(rows.values())
    return rows


def build_holidays(schools: dict[str, School], *, today: date) -> None:
    """Give some schools a study day of their own; the region's holidays come with the product."""
    rows = []
    for weeks, key in ((4, "kade"), (5, "wilgen"), (6, "veerlicht")):
        friday = today + timedelta(days=weeks * 7 + 4 - today.weekday())
        rows.append(
            HolidayPeriod(
                school=schools[key],
                school_year=school_year_of(friday),
                kind=HolidayKind.STUDY_DAY,
                start=friday,
                end=friday,
                source="jaarrooster van de school",
                is_checked=True,
            )
        )
    HolidayPeriod.objects.bulk_create(rows)


def build_pupils(school: School, plan: SchoolPlan, *, now: datetime, scale: float) -> Pupils:
    """Import a believable file of pupils, as the school itself would.

    Units:  `scale` 1 gives the planned number of pupils.
    """
    content = _file(plan, today=now.date(), scale=scale)
    apply_edexml(school, content, actor=current_actor(), now=now)
    reseat_school(school)
    groups = list(
        Group.objects.filter(school=school).select_related("organization", "school__organization")
    )
    names = {
        key: f"{who.call_name} {f'{who.prefix} {who.last_name}'.strip()}"
        for who in content.staff
        for key in who.group_keys
    }
    return Pupils(
        groups, {row.organization.key: names[row.key] for row in groups if row.key in names}
    )


def _file(plan: SchoolPlan, *, today: date, scale: float) -> EdexmlFile:
    content = sample_school(
        school_key=plan.key,
        brin=plan.brin,
        pupils=max(SMALLEST_SCHOOL, round(plan.pupils * scale)),
        today=today,
        level=LEVELS[plan.school_type],
    )
    groups = tuple(
        replace(group, name=f"{group.name}A") if group.name.isdecimal() else group
        for group in content.groups
    )
    return replace(content, groups=groups)


def build_teams(
    organizations: dict[str, Organization], calendars: dict[str, SchoolCalendar], *, today: date
) -> dict[str, SupportTeam]:
    """Create the support team of every school with its regular dates. Shape: teams by school key."""
    teams = {
        plan.key: SupportTeam(organization=organizations[plan.key], place=plan.room)
        for plan in SCHOOLS
    }
    SupportTeam.objects.bulk_create(teams.values())
    SupportTeamDate.objects.bulk_create(
        SupportTeamDate(team=teams[plan.key], kind=kind, on=day, starts_at=STARTS[kind])
        for plan in SCHOOLS
        for kind in SessionKind
        for day in series(kind, plan, calendars[plan.key], today=today)
    )
    return teams


def series(kind: str, plan: SchoolPlan, calendar: SchoolCalendar, *, today: date) -> Iterator[date]:
    """The regular dates of a school, around today, in order."""
    first = (NEXT_VOT if kind == SessionKind.VOT else NEXT_OT) + plan.phase
    for place in range(-SERIES_BACK, SERIES_AHEAD):
        yield calendar.add_school_days(today, first + place * EVERY_SCHOOL_DAYS)
