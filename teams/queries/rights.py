"""Which organizations, people and assignments an administrator keeps (AR-36)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from teams.access.actor import Actor
from teams.enums import CONTACT_ONLY, SCHOOL_ROLES, OrganizationKind, Role
from teams.models import Assignment, Organization, Proposal, User
from teams.models.grant import Answer, ProposalKind

_CLASS = frozenset({OrganizationKind.GROUP, OrganizationKind.SCHOOL})
# Where a role can be held; any organization that is no school or group for all others.
_PLACES: dict[Role, frozenset[OrganizationKind]] = {
    Role.TEACHER: frozenset({OrganizationKind.GROUP}),
    Role.PEDAGOGICAL_STAFF: _CLASS,
    Role.SUPPORT_COORDINATOR: frozenset({OrganizationKind.SCHOOL}),
    Role.HEAD: frozenset({OrganizationKind.SCHOOL}),
    Role.BOARD_MEMBER: frozenset({OrganizationKind.BOARD}),
    Role.SWV_STAFF: frozenset({OrganizationKind.SWV}),
    Role.SWV_CONTACT: frozenset({OrganizationKind.SWV}),
}
# Whoever oversees the administrators is not appointed by them; contacts have no account.
NOT_GIVEN = CONTACT_ONLY | {Role.DATA_PROTECTION_OFFICER}
# Who may stand in for whom besides one's equals: the same or a lower rank in one organization (`wnm`).
_ALSO_STANDS_IN: dict[Role, frozenset[Role]] = {
    Role.TEACHER: frozenset({Role.PEDAGOGICAL_STAFF}),
    Role.PEDAGOGICAL_STAFF: frozenset({Role.TEACHER}),
    Role.SUPPORT_COORDINATOR: frozenset({Role.TEACHER, Role.PEDAGOGICAL_STAFF}),
    Role.HEAD: SCHOOL_ROLES - {Role.HEAD},
    Role.BOARD_MEMBER: frozenset({Role.PATHWAY_COORDINATOR}),
    Role.SWV_CONTACT: frozenset({Role.EDUCATION_SPECIALIST, Role.SWV_STAFF}),
    Role.MUNICIPAL_CONTACT: frozenset({Role.DISTRICT_TEAM_WORKER, Role.ATTENDANCE_OFFICER}),
}


def kept_nodes(actor: Actor) -> frozenset[UUID]:
    """Give the actor's own organizations and everything below them; nothing beside or above."""
    below: dict[UUID | None, list[UUID]] = {}
    for pk, parent in Organization.objects.values_list("pk", "parent"):
        below.setdefault(parent, []).append(pk)
    found: set[UUID] = set()
    waiting = list(actor.organizations)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(below.get(node, ()))
    return frozenset(found)


def fits(role: Role, kind: str) -> bool:
    """Tell whether a role can be held at this kind of organization."""
    if role in NOT_GIVEN:
        return False
    places = _PLACES.get(role)
    return kind in places if places else kind not in _CLASS


def kept_assignments(nodes: Iterable[UUID], *, day: date) -> QuerySet[Assignment]:
    """Give the assignments at these organizations that hold today or later."""
    rows = Assignment.objects.filter(organization__in=nodes)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.select_related("person", "organization__parent", "deputy", "confirmed_by")


def kept_people(nodes: Iterable[UUID]) -> QuerySet[User]:
    """Give the people who hold or held something at these organizations, or work for them."""
    nodes = list(nodes)
    known = Q(assignments__organization__in=nodes) | Q(employer__in=nodes)
    return User.objects.filter(known, is_contact_only=False).distinct()


def stand_ins(task: Assignment, *, day: date) -> QuerySet[User]:
    """Give who may stand in for someone: colleagues of the same or a lower rank, and never a higher (`wnm`)."""
    role, node = Role(task.role), task.organization
    home = node.parent_id if node.kind == OrganizationKind.GROUP else node.pk
    groups = Q(organization__parent=home, organization__kind=OrganizationKind.GROUP)
    here = Assignment.objects.on(day).filter(Q(organization=home) | groups)
    lower = _ALSO_STANDS_IN.get(role, frozenset())
    higher = {above for above, below in _ALSO_STANDS_IN.items() if role in below} - lower
    people = User.objects.filter(
        is_active=True, assignments__in=here.filter(role__in={role} | lower)
    )
    people = people.exclude(pk=task.person_id)
    return people.exclude(assignments__in=here.filter(role__in=higher)).distinct()


def waiting_proposals(nodes: Iterable[UUID]) -> QuerySet[Proposal]:
    """Give what waits for a second person at these organizations, oldest first."""
    rows = Proposal.objects.filter(answer="", organization__in=nodes)
    return rows.select_related("person", "organization", "proposed_by").order_by("proposed_at")


def resets_of(person_id: UUID | None, *, since: datetime) -> QuerySet[Proposal]:
    """Give the resets of someone's second factor that were carried out, newest first."""
    done = Proposal.objects.filter(kind=ProposalKind.RESET, answer=Answer.YES, person=person_id)
    done = done.filter(decided_at__gt=since).select_related("proposed_by", "decided_by")
    return done.order_by("-decided_at")
