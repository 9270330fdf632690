"""The seats of one dossier with the people who sit in them today."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from teams.models import Assignment, Organization, Seat, User


@dataclass(frozen=True)
class SeatedParty:
    """One party at the table: who that is today, and every seat it has."""

    people: tuple[User, ...]
    organization: Organization | None
    seats: tuple[Seat, ...]


def seated_parties(dossier_id: UUID, *, day: date) -> list[SeatedParty]:
    """Give everyone who may look at a dossier on a day, with the seats that say why."""
    rows: dict[str, list[Seat]] = defaultdict(list)
    standing = Seat.objects.filter(dossier=dossier_id, since__lte=day).exclude(until__lte=day)
    for seat in standing.order_by("since", "rule"):
        rows[seat.party].append(seat)
    posts = {party: _post(party) for party in rows if party.startswith("post:")}
    persons = {UUID(party[7:]) for party in rows if party.startswith("person:")}
    people = User.objects.select_related("employer").in_bulk(persons)
    holders = _holders(posts.values(), day)
    nodes = Organization.objects.in_bulk({node for _, node in posts.values()})
    found = []
    for party, seats in rows.items():
        if party in posts:
            post = posts[party]
            found.append(SeatedParty(tuple(holders[post]), nodes.get(post[1]), tuple(seats)))
        elif person := people.get(UUID(party[7:])):
            found.append(SeatedParty((person,), person.employer, tuple(seats)))
    return found


def _post(party: str) -> tuple[str, UUID]:
    role, _, node = party.removeprefix("post:").partition("@")
    return role, UUID(node)


def _holders(posts: Iterable[tuple[str, UUID]], day: date) -> dict[tuple[str, UUID], list[User]]:
    found: dict[tuple[str, UUID], list[User]] = defaultdict(list)
    wanted = Q()
    for role, node in posts:
        wanted |= Q(role=role, organization=node)
    if wanted:
        rows = Assignment.objects.on(day).filter(wanted).select_related("person", "deputy")
        for row in rows:
            found[row.role, row.organization_id].append(row.person)
            is_deputized = row.deputy and row.deputy_since and row.deputy_since <= day
            if is_deputized and (row.deputy_until is None or row.deputy_until > day):
                found[row.role, row.organization_id].append(row.deputy)
    return found
