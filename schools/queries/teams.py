"""The standing team around a school: fixed faces, leads, and the regular dates."""

from collections.abc import Iterable
from datetime import date

from schools.models import School
from teams.enums import Role
from teams.models import Assignment, SupportTeamDate, SupportTeamMember

LEADS = (Role.SUPPORT_COORDINATOR, Role.HEAD)


def leads_of(school: School, *, day: date) -> list[Assignment]:
    """Intern begeleider and directeur of a school on a day."""
    rows = Assignment.objects.on(day).filter(organization=school.organization_id, role__in=LEADS)
    return list(rows.select_related("person").order_by("-role", "person__last_name"))


def fixed_faces(school: School, *, day: date) -> list[SupportTeamMember]:
    """The fixed faces of a school on a day (R-2.2)."""
    rows = SupportTeamMember.objects.on(day).filter(team__organization=school.organization_id)
    related = rows.select_related("assignment__person", "assignment__organization", "team")
    return list(related.order_by("assignment__role", "assignment__person__last_name"))


def coming_dates(school: School, *, day: date, count: int = 6) -> list[SupportTeamDate]:
    """The next dates of the regular series of VOT and OT (R-7.2)."""
    rows = SupportTeamDate.objects.filter(team__organization=school.organization_id, on__gte=day)
    return list(rows[:count])


def schools_of(nodes: Iterable[object]) -> list[School]:
    """Schools with these nodes, by name."""
    rows = School.objects.filter(organization__in=list(nodes)).select_related("organization")
    return list(rows.order_by("organization__name"))


def attached_to(school: School) -> list[School]:
    """The voorscholen that hang on a school."""
    return list(School.objects.filter(attached_to=school).select_related("organization"))
