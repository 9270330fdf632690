"""Who holds the posts around a case today: one query."""

from dataclasses import dataclass

from django.db.models import Q

from cases.queries.facts import CaseFacts
from teams.enums import Role
from teams.models import Assignment, User

_POSTS = (Role.SUPPORT_COORDINATOR, Role.HEAD, Role.TEACHER, Role.PEDAGOGICAL_STAFF)


@dataclass(frozen=True)
class PostHolder:
    """A person who stands around this case by their post."""

    person: User
    role: Role


def post_holders(facts: CaseFacts) -> list[PostHolder]:
    """Give the school's leads and the teachers of the pupil's group, leads first."""
    enrolled = facts.own_enrollment
    nodes = Q(organization=facts.case.school.organization_id)
    if enrolled and enrolled.group:
        nodes |= Q(organization=enrolled.group.organization_id)
    rows = Assignment.objects.on(facts.day).filter(nodes, role__in=_POSTS).select_related("person")
    ordered = sorted(rows, key=lambda row: (_POSTS.index(Role(row.role)), row.since))
    return [PostHolder(row.person, Role(row.role)) for row in ordered]
