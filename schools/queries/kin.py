"""Declared family, and the people around a pupil who could have a tie."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from schools.models import Enrollment, FamilyTie, Student
from teams.access.fence import beyond_seats
from teams.models import Assignment, SupportTeamMember, User


@beyond_seats("a person's own family list")
def own_ties(person_id: UUID | None) -> list[FamilyTie]:
    """What a person declared, or a colleague of them; only ever one's own list."""
    return list(FamilyTie.unscoped.filter(person=person_id, until__isnull=True))


def ties_of(student: Student) -> list[FamilyTie]:
    """The ties of a pupil that hold, as far as the reader may see them."""
    rows = FamilyTie.objects.filter(student=student, until__isnull=True)
    return list(rows.select_related("person", "created_by"))


def people_around(student: Student, *, day: date) -> QuerySet[User]:
    """Everyone who works at the pupil's schools or in their teams, by name."""
    nodes = Enrollment.objects.filter(student=student).values("school__organization")
    held = Assignment.objects.on(day).filter(
        Q(organization__in=nodes) | Q(organization__parent__in=nodes)
    )
    fixed = SupportTeamMember.objects.on(day).filter(team__organization__in=nodes)
    about = Q(assignments__in=held) | Q(assignments__memberships__in=fixed)
    return User.objects.filter(about, is_active=True).distinct()
