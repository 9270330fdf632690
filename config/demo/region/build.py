"""Builds the demo region: organizations, people, schools, pupils and families."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from arrangements.models import Facility
from config.demo.region import people as persons
from config.demo.region.facilities import build_facilities
from config.demo.region.families import build_families
from config.demo.region.organizations import SCHOOLS, build_organizations
from config.demo.region.schools import (
    Pupils,
    build_holidays,
    build_pupils,
    build_schools,
    build_teams,
)
from schools.calendar import SchoolCalendar
from schools.models import Enrollment, Group, School
from schools.queries.calendar import calendar_of
from schools.seating import reseat_school
from teams.access.actor import as_system
from teams.enums import Role
from teams.models import Assignment, Organization, SupportTeam, User

# The region was set up so long ago, well before its first case.
SET_UP_DAYS = 500


@dataclass
class Region:
    """Everything of the demo region by a short key."""

    now: datetime
    organizations: dict[str, Organization]
    people: dict[str, User]
    schools: dict[str, School]
    facilities: dict[str, Facility]
    calendars: dict[str, SchoolCalendar] = field(default_factory=dict)
    teams: dict[str, SupportTeam] = field(default_factory=dict)
    groups: dict[str, list[Group]] = field(default_factory=dict)


@transaction.atomic
def build_region(*, now: datetime, scale: float = 1.0) -> Region:
    """Build the region without its cases, in one transaction.

    Units:  `scale` 1 gives about 900 pupils; tests ask for less.
    """
    organizations = build_organizations()
    region = Region(
        now=now,
        organizations=organizations,
        people=persons.build_people(organizations),
        schools=build_schools(organizations),
        facilities=build_facilities(organizations["mvs"]),
    )
    today = now.date()
    with as_system("demo region"):
        build_holidays(region.schools, today=today)
        region.calendars = {key: calendar_of(school) for key, school in region.schools.items()}
        pupils = _import(region, scale=scale)
        region.groups = {key: found.groups for key, found in pupils.items()}
        assigned = persons.assign(region.people, organizations, region.groups, today=today)
        teachers = {
            node: name for found in pupils.values() for node, name in found.teachers.items()
        }
        persons.build_teachers(region.groups, teachers, today=today)
        region.teams = build_teams(organizations, region.calendars, today=today)
        persons.build_faces(region.teams, assigned, today=today)
        for school in region.schools.values():
            reseat_school(school)
        towns = [organizations[key] for key in ("maassluis", "vlaardingen", "schiedam")]
        build_families(_families(region), towns, now=now - timedelta(days=SET_UP_DAYS))
    return region


def _import(region: Region, *, scale: float) -> dict[str, Pupils]:
    return {
        plan.key: build_pupils(region.schools[plan.key], plan, now=region.now, scale=scale)
        for plan in SCHOOLS
    }


def _families(region: Region) -> Iterator[tuple[Enrollment, User, User]]:
    """Every pupil with the intern begeleider who enters and the directeur who checks."""
    leads = _leads(region)
    rows = Enrollment.unscoped.filter(until=None).select_related("student", "school")
    for row in rows.order_by("school__organization__key", "key"):
        node = row.school.organization_id
        yield (
            row,
            leads[node, Role.SUPPORT_COORDINATOR],
            leads[node, Role.HEAD],
        )


def _leads(region: Region) -> dict[tuple, User]:
    held = Assignment.objects.filter(
        organization__in=[school.organization_id for school in region.schools.values()],
        role__in=(Role.SUPPORT_COORDINATOR, Role.HEAD),
    )
    return {(row.organization_id, row.role): row.person for row in held.select_related("person")}
