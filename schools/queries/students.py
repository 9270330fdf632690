"""Pupils as their page shows them, and the pupils of a group."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from schools.models import Enrollment, Group, School, Student
from teams.access.actor import Actor
from teams.enums import GROUP_STAFF, SCHOOL_ROLES
from teams.models import Assignment


def student_enrollments(student: Student) -> list[Enrollment]:
    """Where the pupil is and was enrolled, as far as the actor may see, newest first."""
    rows = Enrollment.objects.filter(student=student)
    related = rows.select_related("school__organization", "group__organization", "site")
    return list(related.prefetch_related("combined_groups").order_by("-since"))


def pupils_of(group: Group, *, day: date) -> list[Enrollment]:
    """Who is in this group on a day and visible to the actor, by name; combined groups as well."""
    rows = Enrollment.objects.on(day).select_related("student")
    own = rows.filter(combined_groups=group) if group.is_combined else rows.filter(group=group)
    return list(own.order_by("student__last_name", "student__first_name"))


def teachers_of(groups: Iterable[UUID], *, day: date) -> list[Assignment]:
    """Who stands before these groups (ids of their nodes) on a day, by name."""
    rows = Assignment.objects.on(day).filter(organization__in=list(groups), role__in=GROUP_STAFF)
    return list(rows.select_related("person").order_by("person__last_name", "person__first_name"))


def groups_of(school: School, *, day: date) -> list[tuple[Group, int]]:
    """The groups of the newest school year with how many pupils the actor sees in each."""
    groups = list(Group.objects.filter(school=school).order_by("-school_year"))
    newest = [group for group in groups if group.school_year == groups[0].school_year]
    newest.sort(key=_place_in_school)
    placed = Enrollment.objects.on(day).filter(school=school)
    counts = dict.fromkeys((group.pk for group in newest), 0)
    for row in placed.values_list("group_id", "combined_groups"):
        for group_id in set(row):
            if group_id in counts:
                counts[group_id] += 1
    return [(group, counts[group.pk]) for group in newest]


def _place_in_school(group: Group) -> tuple[bool, int, str]:
    """Youngest first by the first number in the name, groups across groups last."""
    number = re.search(r"\d+", group.name)
    return group.is_combined, int(number[0]) if number else 0, group.name


def has_group(group: Group, *, actor: Actor) -> bool:
    """Who stands before a group has its class list, and who leads the school that of every group (2.2)."""
    if actor.role in GROUP_STAFF:
        return group.organization_id in actor.organizations
    return actor.role in SCHOOL_ROLES and group.school.organization_id in actor.schools
