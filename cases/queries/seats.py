"""The seats of one dossier with the people who sit in them now, as both fences would let them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from teams.access.actor import is_short_deputy, parties_of
from teams.access.fence import beyond_seats
from teams.enums import Role
from teams.models import Assignment, Recusal, Seat, User


@dataclass(frozen=True)
class Seated:
    """One person in one role, and every seat that opens something to that person."""

    person: User
    role: Role
    place: str
    behalf: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class _Holding:
    """A person holds an assignment, by itself or as a deputy."""

    person: User
    row: Assignment


@beyond_seats("who else may look")
def seated(dossier_id: UUID, *, day: date, now: datetime) -> list[Seated]:
    """Give everyone who may look at a dossier now, with the seats that say why.

    Shape:  one line for each person and role; nobody whose assignment or account ended, or who
            stays away (D5).
    """
    standing = Seat.objects.filter(dossier=dossier_id, since__lte=day).exclude(until__lte=day)
    seats = list(standing.exclude(expires_at__lte=now).order_by("since", "rule"))
    away = set(
        Recusal.objects.on(day).filter(dossier=dossier_id).values_list("person_id", flat=True)
    )
    found = []
    for (_, role), held in _holders(seats, day).items():
        person, rows = held[0].person, [each.row for each in held]
        parties = parties_of(person, role, rows)
        own = tuple(seat for seat in seats if seat.role == role and seat.party in parties)
        if own and person.pk not in away:
            found.append(Seated(person, role, str(rows[0].organization), _behalf(held), own))
    return sorted(found, key=lambda row: (row.seats[0].since, str(row.person)))


def _holders(seats: list[Seat], day: date) -> dict[tuple[UUID, Role], list[_Holding]]:
    wanted = Q(person__in={UUID(seat.party[7:43]) for seat in seats if _is_person(seat)})
    for seat in seats:
        if not _is_person(seat):
            wanted |= Q(role=seat.role, organization=seat.party.partition("@")[2])
    rows = Assignment.objects.on(day).filter(wanted)
    found: dict[tuple[UUID, Role], list[_Holding]] = defaultdict(list)
    for holding in _holdings(rows.select_related("person", "deputy", "organization"), day):
        if holding.person.is_active and not holding.person.is_contact_only:
            found[holding.person.pk, Role(holding.row.role)].append(holding)
    return found


def _is_person(seat: Seat) -> bool:
    return seat.party.startswith("person:")


def _holdings(rows: Iterable[Assignment], day: date) -> Iterator[_Holding]:
    for row in rows:
        yield _Holding(row.person, row)
        if row.deputy and _is_now(row, day) and is_short_deputy(row):
            yield _Holding(row.deputy, row)


def _is_now(row: Assignment, day: date) -> bool:
    if row.deputy_since is None or row.deputy_until is None:
        return False
    return row.deputy_since <= day < row.deputy_until


def _behalf(held: list[_Holding]) -> str:
    if any(each.row.person_id == each.person.pk for each in held):
        return ""
    return " en ".join(dict.fromkeys(str(each.row.person) for each in held))
