"""Who acts: one frozen value per request, task or command."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Q, QuerySet, Value
from pghistory import runtime

from teams.access.errors import NoActor
from teams.access.fence import Limits, beyond_seats, limited_to
from teams.enums import OrganizationKind, Role
from teams.models import Assignment, BreakGlass, Recusal, Seat, SupportTeamMember, User


@dataclass(frozen=True)
class Actor:
    """A person acting in one role on one day, and the parties that this makes (2.9).

    `organizations` are the nodes at which the role is held; `schools` the school nodes
    that follow from them (of a group its school) or from a support team.
    """

    person_id: UUID | None
    name: str
    day: date
    now: datetime | None = field(default=None, compare=False)
    role: Role | None = None
    organizations: frozenset[UUID] = frozenset()
    schools: frozenset[UUID] = frozenset()
    parties: tuple[str, ...] = ()
    # Dossiers of children known at home: closed in every role and post (D5).
    recused: tuple[UUID, ...] = ()
    has_mandate: bool = True
    is_system: bool = False
    # Whose place this is, when the role is held as a deputy only.
    on_behalf_id: UUID | None = field(default=None, compare=False)
    # Without a second factor someone is known, and may do nothing yet (D1).
    is_live: bool = True
    reason: str = ""
    # Where the role is held, as the bar on top says it.
    place: str = field(default="", compare=False)
    # For whom a deputy stands in, when the role is held by nothing else (AR-37).
    behalf: str = field(default="", compare=False)
    # Something is open by break-glass: a banner says so on every page (2.7).
    has_glass: bool = field(default=False, compare=False)
    roles: tuple[Role, ...] = field(default=(), compare=False)

    @property
    def signature(self) -> str:
        """The name under which something is done: a deputy's with that of whom it is done for."""
        return f"{self.name} namens {self.behalf}" if self.behalf else self.name

    @property
    def limits(self) -> Limits:
        """What the database may show this actor: fence 2 (access.md 2.9)."""
        if self.is_system:
            return Limits(house=self.reason or "system")
        return Limits(
            parties=" ".join(self.parties),
            role=str(self.role or ""),
            person=str(self.person_id or ""),
            day=self.day.isoformat(),
            at=self.now.isoformat() if self.now else "",
            recused=" ".join(map(str, self.recused)),
        )

    @property
    def seats(self) -> QuerySet[Seat]:
        """The seats this actor may sit in now, in the role acted in, less what is closed (D5)."""
        today = Q(until__isnull=True) | Q(until__gt=self.day)
        lasting = Q(expires_at__isnull=True)
        if self.now:
            lasting |= Q(expires_at__gt=self.now)
        return Seat.objects.exclude(dossier__in=self.recused).filter(
            today,
            lasting,
            party__in=self.parties,
            role=self.role or "",
            since__lte=self.day,
        )

    @cached_property
    def seats_in_sql(self) -> tuple[str, tuple[Any, ...]]:
        """What of those seats fence 1 compares rows with, put into SQL once. Errors: EmptyResultSet."""
        compared = self.seats.values("dossier_id", "compartments", "audiences")
        sql, params = compared.query.sql_with_params()
        return sql, params


_current: ContextVar[Actor | None] = ContextVar("actor", default=None)
DEPUTY_LONGEST = timedelta(days=30)


def person_party(person_id: UUID, place_id: UUID | None = None) -> str:
    """The party of one person; with a place only while the acting role belongs there.

    So a seat by name empties as well when the assignment or the employer changes (A-9).
    """
    return f"person:{person_id}@{place_id}" if place_id else f"person:{person_id}"


def post_party(role: str, organization_id: UUID) -> str:
    """The party of everyone who holds this role at this organization today."""
    return f"post:{role}@{organization_id}"


def current_actor() -> Actor:
    """Give who acts now. Errors: NoActor outside a request, `acting_as` or `as_system`."""
    actor = _current.get()
    if actor is None:
        raise NoActor("nobody acts here; use acting_as() or as_system(reason)")
    return actor


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Let `actor` act inside this block: both fences and the change history follow."""
    token = _current.set(actor)
    try:
        with _history_of(actor), limited_to(actor.limits):
            yield actor
    finally:
        _current.reset(token)


@contextmanager
def _history_of(actor: Actor) -> Iterator[None]:
    facts = {
        "actor": str(actor.person_id or ""),
        "name": actor.signature,
        "role": str(actor.role or ""),
        "reason": actor.reason,
    }
    outer = getattr(runtime._tracker, "value", None)
    if outer is None:
        with pghistory.context(**facts):
            yield
        return
    # Nested, the library would write these facts over those of the outer actor, and the rows
    # that person changed would lose their author: so the inner block gets a context of its own.
    runtime._tracker.value = runtime.Context(id=uuid4(), metadata=facts)
    try:
        yield
    finally:
        runtime._tracker.value = outer


def as_system(reason: str, *, day: date | None = None) -> AbstractContextManager[Actor]:
    """Let the system act, with a reason: reminders, retention, seating, checks (AR-38)."""
    actor = Actor(
        person_id=None,
        name="systeem",
        day=day or date.max,
        is_system=True,
        reason=reason,
    )
    return acting_as(actor)


def actor_for(
    person: User, *, day: date, role: str | None = None, now: datetime | None = None
) -> Actor:
    """Build the actor of `person` on `day`, acting in `role` or in the first role held.

    Shape:  an actor without role and parties when no assignment holds today (I20).
    Source: R-2.1, access.md 2.1 point 2: one role at a time.
    """
    held = _assignments(person, day, now)
    roles = tuple(dict.fromkeys(Role(row.role) for row in held))
    if not person.is_active or not roles:
        return Actor(person_id=person.pk, name=str(person), day=day, now=now)
    acting = Role(role) if role in roles else roles[0]
    mine = [row for row in held if row.role == acting]
    nodes = frozenset(row.organization_id for row in mine)
    return Actor(
        person_id=person.pk,
        name=str(person),
        day=day,
        now=now,
        role=acting,
        roles=roles,
        organizations=nodes,
        schools=_schools(mine, day),
        parties=parties_of(person, acting, mine),
        place=mine[0].organization.name,
        on_behalf_id=_replaced(person, mine),
        behalf=_behalf(person, mine),
        has_glass=any(getattr(row, "has_glass", False) for row in mine),
        recused=tuple(getattr(mine[0], "recused", ())),
        has_mandate=any(row.person_id == person.pk or row.has_mandate for row in mine),
    )


@beyond_seats("who acts")
def _assignments(person: User, day: date, now: datetime | None) -> list[Assignment]:
    deputizes = Q(deputy=person, deputy_since__lte=day, deputy_until__gt=day)
    glass = BreakGlass.objects.filter(person=person.pk, reviewed_at__isnull=True)
    open_now = Exists(glass.filter(ends_at__gt=now)) if now else Value(value=False)
    rows = Assignment.objects.on(day).filter(Q(person=person) | deputizes)
    recused = Recusal.objects.on(day).filter(person=person.pk).order_by("dossier")
    rows = rows.annotate(has_glass=open_now, recused=ArraySubquery(recused.values("dossier")))
    rows = rows.select_related("organization", "person").order_by("since", "pk")
    return [row for row in rows if row.person_id == person.pk or is_short_deputy(row)]


def is_short_deputy(row: Assignment) -> bool:
    """A deputy stands in for thirty days at most (`wnm`)."""
    if row.deputy_since is None or row.deputy_until is None:
        return False
    return row.deputy_until - row.deputy_since <= DEPUTY_LONGEST


def parties_of(person: User, role: Role, mine: list[Assignment]) -> tuple[str, ...]:
    """The own chair, that of whoever is stood in for, and the posts held (2.9, AR-37)."""
    places: dict[UUID, None] = {}
    parties = [person_party(person.pk)]
    for row in mine:
        node = row.organization
        school = node.parent_id if node.kind == OrganizationKind.GROUP else None
        here = [place for place in (node.pk, school, row.person.employer_id) if place]
        places |= dict.fromkeys(here)
        if row.person_id != person.pk:
            parties += [person_party(row.person_id, place) for place in here]
        parties.append(post_party(role, node.pk))
    if person.employer_id:
        places[person.employer_id] = None
    parties += [person_party(person.pk, place) for place in places]
    return tuple(dict.fromkeys(parties))


def _behalf(person: User, mine: list[Assignment]) -> str:
    if any(row.person_id == person.pk for row in mine):
        return ""
    return " en ".join(dict.fromkeys(str(row.person) for row in mine))


def _replaced(person: User, mine: list[Assignment]) -> UUID | None:
    is_own = any(row.person_id == person.pk for row in mine)
    return None if is_own else mine[0].person_id


def _schools(held: list[Assignment], day: date) -> frozenset[UUID]:
    nodes = [row.organization for row in held]
    own = {node.pk for node in nodes if node.kind == OrganizationKind.SCHOOL}
    above = {node.parent_id for node in nodes if node.kind == OrganizationKind.GROUP}
    linked = SupportTeamMember.objects.on(day).filter(assignment__in=held)
    schools = own | above | set(linked.values_list("team__organization_id", flat=True))
    return frozenset(node for node in schools if node)
