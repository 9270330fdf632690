"""Who sits at the dossiers of pupils and schools: facts to chairs, and the writing of seats."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from schools.models import Enrollment, Group, School
from teams.access.actor import person_party, post_party
from teams.access.fence import beyond_seats
from teams.access.rules import group_audience
from teams.access.seating import Chair, SeatSpec, seats_for, write_seats
from teams.enums import LINKED_ROLES, DossierKind, Relation, Role
from teams.models import SupportTeamMember

GROUP_STAFF = (Role.TEACHER, Role.PEDAGOGICAL_STAFF)
SCHOOL_LEADS = (Role.SUPPORT_COORDINATOR, Role.HEAD)


def school_chairs(school_node: UUID, *, since: date, until: date | None = None) -> list[Chair]:
    """Chairs of the school's own posts: intern begeleider and directeur."""
    return [
        Chair(post_party(role, school_node), role, Relation.SCHOOL, since, until)
        for role in SCHOOL_LEADS
    ]


def group_chairs(
    group_node: UUID, *, since: date, until: date | None = None, **facts
) -> list[Chair]:
    """Chairs of whoever stands before this group today (`grp`)."""
    return [
        Chair(post_party(role, group_node), role, Relation.GROUP, since, until, **facts)
        for role in GROUP_STAFF
    ]


def student_seats(enrollments: Iterable[Enrollment]) -> dict[UUID, frozenset[SeatSpec]]:
    """Seats at the dossiers of pupils, from their enrollments; pure but for reading them.

    A closed enrollment keeps no seat of the group; the school reads on (AR-40).
    """
    chairs: dict[UUID, list[Chair]] = defaultdict(list)
    for row in enrollments:
        own = chairs[row.student.dossier_id]
        own += school_chairs(row.school.organization_id, since=row.since)
        if row.group_id and row.group:
            own += group_chairs(row.group.organization_id, since=row.since, until=row.until)
    return {dossier: seats_for(DossierKind.STUDENT, rows) for dossier, rows in chairs.items()}


@beyond_seats("seats follow the facts")
def reseat_students(student_ids: Iterable[UUID]) -> int:
    """Rewrite the seats of these pupils' dossiers. Shape: how many rows changed."""
    enrollments = Enrollment.unscoped.filter(student__in=list(student_ids)).select_related(
        "student", "school", "group"
    )
    return write_seats(student_seats(enrollments))


@beyond_seats("seats follow the facts")
def reseat_school(school: School) -> int:
    """Rewrite the seats of a school's own dossier. Shape: how many rows changed."""
    return write_seats({school.dossier_id: seats_for(DossierKind.SCHOOL, _school(school))})


def _school(school: School) -> list[Chair]:
    start = date(2000, 1, 1)
    chairs = school_chairs(school.organization_id, since=start)
    for group in Group.objects.filter(school=school):
        node = group.organization_id
        chairs += group_chairs(node, since=start, named_in=(group_audience(node),))
    members = SupportTeamMember.objects.filter(
        team__organization=school.organization_id, assignment__role__in=LINKED_ROLES
    ).select_related("assignment")
    chairs += [
        Chair(
            person_party(row.assignment.person_id),
            Role(row.assignment.role),
            Relation.LINKED,
            row.since,
            row.until,
        )
        for row in members
    ]
    return chairs
