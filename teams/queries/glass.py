"""Break-glass: what is open, what waits for a second person, and who that can be."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from teams.access.actor import Actor
from teams.enums import Role
from teams.models import Assignment, BreakGlass, Organization, User
from teams.queries.posts import holders


def open_now(person_id: UUID | None, *, now: datetime) -> list[BreakGlass]:
    """What this person has open by break-glass at this moment."""
    rows = BreakGlass.objects.filter(person=person_id, ends_at__gt=now, reviewed_at__isnull=True)
    return list(rows.select_related("dossier"))


def is_glass_open(person_id: UUID | None, dossier_id: UUID, *, now: datetime) -> bool:
    """Tell whether a read of this dossier happens under break-glass: every such read is flagged."""
    return any(row.dossier_id == dossier_id for row in open_now(person_id, now=now))


def overdue(person_id: UUID | None, *, day: date) -> bool:
    """Tell whether an earlier hour of this person should have been looked back on by now."""
    rows = BreakGlass.objects.filter(
        person=person_id, opened_at__isnull=False, reviewed_at__isnull=True, review_by__lt=day
    )
    return rows.exists()


def glass_for(actor: Actor) -> QuerySet[BreakGlass]:
    """The hours that this reader asked for, or may decide on and look back on, newest first."""
    rows = BreakGlass.objects.select_related("dossier__organization", "person", "reviewed_by")
    if actor.role == Role.DATA_PROTECTION_OFFICER:
        return rows
    at_school = Q(dossier__organization__in=actor.organizations)
    return rows.filter(at_school if actor.role == Role.HEAD else Q(person=actor.person_id))


def ancestors(nodes: Iterable[UUID]) -> set[UUID]:
    """These organizations and all above them."""
    found: set[UUID] = set()
    layer = set(nodes)
    while layer - found:
        found |= layer
        rows = Organization.objects.filter(pk__in=layer, parent__isnull=False)
        layer = set(rows.values_list("parent_id", flat=True))
    return found


def guards_of(glass: BreakGlass, *, day: date) -> list[User]:
    """Who hears of it: the privacy officers above the school, and its directeur; never oneself.

    Shape:  every privacy officer there is, when none works above this school.
    """
    school = glass.dossier.organization_id
    officers = Assignment.objects.on(day).filter(role=Role.DATA_PROTECTION_OFFICER)
    above = officers.filter(organization__in=ancestors([school]))
    rows = (above if above.exists() else officers).select_related("person")
    people = [row.person for row in rows] + holders(Role.HEAD, school, day=day)
    unique = {person.pk: person for person in people if person.is_active}
    return [person for key, person in unique.items() if key != glass.person_id]
