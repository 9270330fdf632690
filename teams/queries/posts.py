"""Who holds a post today."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from teams.models import Assignment, User


def holders(role: str, organization_id: UUID, *, day: date) -> list[User]:
    """Give everyone who acts in this role at this organization on `day`, deputies included.

    Shape:  empty when the post is vacant or held by contacts without an account only.
    Source: R-2.1, access.md 2.9.
    """
    held = Assignment.objects.on(day).filter(role=role, organization=organization_id)
    deputizing = Q(deputized__in=held, deputized__deputy_since__lte=day)
    deputizing &= Q(deputized__deputy_until__gt=day)
    people = User.objects.filter(Q(assignments__in=held) | deputizing)
    return list(people.filter(is_active=True, is_contact_only=False).distinct())
