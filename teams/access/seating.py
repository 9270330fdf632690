"""From facts to seats: a pure function, and the one writer of seat rows (access.md 2.9)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from teams.access.actor import person_party
from teams.access.fence import beyond_seats
from teams.access.glass import glass_rule, target_of
from teams.access.rules import (
    ABSENCE_AUDIENCE,
    CONSENT_AUDIENCE,
    CONTACT_AUDIENCE,
    KIN_AUDIENCE,
    MONITORING_AUDIENCE,
    SIGNAL_AUDIENCE,
)
from teams.access.seat_rules import Breadth, Need, SeatRule, rules_for
from teams.enums import Compartment, DossierKind, Ground, Relation, Role
from teams.models import BreakGlass, Recusal
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE, Dossier, Seat

GLASS_CODE = "BG"


@dataclass(frozen=True)
class Proof:
    """On what it rests that a need is met: until when, and by which consent."""

    until: date | None = None
    consent_id: UUID | None = None


@dataclass(frozen=True)
class Chair:
    """One fact: this party stands in this relation, in this role, from a day until another.

    `named_in` are the audience tags that name this party (the consult asked, the VOT invited
    to), `shared` those that lie open to the whole table (the OT), `own` those of what this
    person wrote. `meets` holds the needs of rules that are met today, with their proof (2.6).
    """

    party: str
    role: Role
    relation: Relation
    since: date
    until: date | None = None
    named_in: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    meets: Mapping[Need, Proof] = field(default_factory=dict)


@dataclass(frozen=True)
class SeatSpec:
    """What one seat row must say."""

    party: str
    role: str
    relation: str
    compartments: tuple[str, ...]
    audiences: tuple[str, ...]
    ground: str
    rule: str
    since: date
    until: date | None
    consent_id: UUID | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class RecusalSpec:
    """Who stays out of one dossier, whatever seat there is (D5)."""

    person_id: UUID
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Table:
    """What the facts of one dossier say: who may sit there, and who may not."""

    seats: frozenset[SeatSpec] = frozenset()
    recused: frozenset[RecusalSpec] = frozenset()


def seats_for(
    kind: DossierKind, chairs: Iterable[Chair], *, state: str = ""
) -> frozenset[SeatSpec]:
    """Compute the seats that chairs give under the rule table; pure.

    Shape:  empty when no rule matches: anything not stated is denied.
    """
    return frozenset(
        seat
        for chair in _merged(chairs)
        for rule in rules_for(kind, chair.role, chair.relation, state)
        if (seat := _seat(rule, chair))
    )


def _merged(chairs: Iterable[Chair]) -> Iterable[Chair]:
    """Two facts that give the same chair (enrolled twice at one school) make it once."""
    found: dict[tuple, Chair] = {}
    for chair in chairs:
        key = (chair.party, chair.role, chair.relation, chair.named_in)
        other = found.get(key)
        if other is None:
            found[key] = chair
            continue
        ends = (chair.until, other.until)
        found[key] = replace(
            chair,
            since=min(chair.since, other.since),
            until=None if None in ends else max(day for day in ends if day),
            meets={**other.meets, **chair.meets},
        )
    return found.values()


def _seat(rule: SeatRule, chair: Chair) -> SeatSpec | None:
    proofs = [chair.meets.get(need) for need in sorted(rule.needs)]
    audiences = _audiences(rule.breadth, chair)
    if None in proofs or not audiences:
        return None
    ends = [chair.until, *(proof.until for proof in proofs if proof)]
    consents = [proof.consent_id for proof in proofs if proof and proof.consent_id]
    return SeatSpec(
        party=chair.party,
        role=chair.role.value,
        relation=chair.relation.value,
        compartments=tuple(compartment.value for compartment in rule.compartments),
        audiences=tuple(sorted(set(audiences))),
        ground=rule.ground.value,
        rule=rule.code,
        since=chair.since,
        until=min((day for day in ends if day), default=None),
        consent_id=next(iter(consents), None),
    )


def _audiences(breadth: Breadth, chair: Chair) -> tuple[str, ...]:
    return {
        Breadth.EVERYTHING: (EVERY_AUDIENCE,),
        Breadth.COMMON: (OPEN_AUDIENCE, SIGNAL_AUDIENCE, *chair.named_in),
        Breadth.OPEN: (OPEN_AUDIENCE,),
        Breadth.SHARED: (OPEN_AUDIENCE, MONITORING_AUDIENCE, *chair.shared),
        Breadth.MONITORING: (MONITORING_AUDIENCE,),
        Breadth.SIGNALS: (SIGNAL_AUDIENCE,),
        Breadth.CONSENTS: (CONSENT_AUDIENCE,),
        Breadth.NAMED: chair.named_in,
        Breadth.OWN: chair.own,
        Breadth.ABSENCE: (ABSENCE_AUDIENCE,),
        Breadth.CONTACTS: (OPEN_AUDIENCE, CONTACT_AUDIENCE, *chair.named_in),
        Breadth.PUPIL: (OPEN_AUDIENCE, CONTACT_AUDIENCE, KIN_AUDIENCE, *chair.named_in),
    }[breadth]


@beyond_seats("seating")
def write_seats(wanted: Mapping[UUID, Table]) -> int:
    """Make the seats and recusals of these dossiers say what is wanted, in the caller's transaction.

    Shape:  how many rows were added or removed; unchanged rows stay.
    """
    gone, new = compare(wanted)
    Seat.objects.filter(pk__in=[row.pk for row in gone if isinstance(row, Seat)]).delete()
    Recusal.objects.filter(pk__in=[row.pk for row in gone if isinstance(row, Recusal)]).delete()
    Seat.objects.bulk_create((row for row in new if isinstance(row, Seat)), batch_size=500)
    Recusal.objects.bulk_create((row for row in new if isinstance(row, Recusal)), batch_size=500)
    return len(gone) + len(new)


@beyond_seats("seating")
def compare(
    wanted: Mapping[UUID, Table],
) -> tuple[list[Seat | Recusal], list[Seat | Recusal]]:
    """Hold the standing rows of these dossiers against what is wanted.

    Shape:  the rows that stand and must not, and those that must stand and do not.
    """
    seats = {(row.dossier_id, spec_of(row)): row for row in Seat.objects.filter(dossier__in=wanted)}
    recusals = {
        (row.dossier_id, RecusalSpec(row.person_id, row.since, row.until)): row
        for row in Recusal.objects.filter(dossier__in=wanted)
    }
    glass = _glass(wanted)
    needed = {(key, spec) for key, table in wanted.items() for spec in {*table.seats, *glass[key]}}
    apart = {(key, spec) for key, table in wanted.items() for spec in table.recused}
    gone = [row for key, row in seats.items() if key not in needed]
    gone += [row for key, row in recusals.items() if key not in apart]  # type: ignore[misc]
    new: list[Seat | Recusal] = [_row(*key) for key in needed - seats.keys()]
    new += [
        Recusal(dossier_id=key, person_id=spec.person_id, since=spec.since, until=spec.until)
        for key, spec in apart - recusals.keys()
    ]
    return list(gone), new


@beyond_seats("seating")
def seat_glass(dossier: Dossier) -> None:
    """Make the seats of break-glass at one dossier, and at its heading, say what was opened (2.7)."""
    target = target_of(dossier)
    keys = {dossier.pk} | ({target.heading} if target and target.heading else set())
    Seat.objects.filter(dossier__in=keys, rule=GLASS_CODE).delete()
    Seat.objects.bulk_create(
        _row(key, spec) for key, specs in _glass(keys).items() for spec in specs
    )


def _glass(dossier_ids: Iterable[UUID]) -> dict[UUID, set[SeatSpec]]:
    """The seats of whoever opened a dossier by break-glass and was not looked back on yet.

    Above a case stands the pupil's name, so the pupil's heading opens with it.
    """
    wanted = set(dossier_ids)
    found: dict[tuple, SeatSpec] = {}
    rows = BreakGlass.objects.filter(ends_at__isnull=False, reviewed_at__isnull=True)
    # Of an hour and the one after it the last end counts.
    for row in rows.select_related("dossier").order_by("ends_at"):
        rule = glass_rule(row.category, row.role)
        parts = tuple(part.value for part in rule.compartments) if rule else ()
        opened = {row.dossier_id: (parts, EVERY_AUDIENCE)}
        if (target := target_of(row.dossier)) and target.heading:
            opened[target.heading] = ((Compartment.HEADING.value,), OPEN_AUDIENCE)
        for key in opened.keys() & wanted:
            found[key, row.person_id, row.role] = _glass_seat(row, *opened[key])
    seats: dict[UUID, set[SeatSpec]] = defaultdict(set)
    for (key, *_), spec in found.items():
        seats[key].add(spec)
    return seats


def _glass_seat(row: BreakGlass, compartments: tuple[str, ...], audience: str) -> SeatSpec:
    return SeatSpec(
        party=person_party(row.person_id),
        role=row.role,
        relation=Relation.GLASS.value,
        compartments=compartments,
        audiences=(audience,),
        ground=Ground.RECOVERY.value,
        rule=GLASS_CODE,
        since=localdate(row.opened_at),
        until=None,
        expires_at=row.ends_at,
    )


def _row(dossier_id: UUID, spec: SeatSpec) -> Seat:
    arrays = {"compartments": list(spec.compartments), "audiences": list(spec.audiences)}
    return Seat(dossier_id=dossier_id, **{**spec.__dict__, **arrays})


def spec_of(row: Seat) -> SeatSpec:
    """What a standing seat row says, to be compared."""
    return SeatSpec(
        party=row.party,
        role=row.role,
        relation=row.relation,
        compartments=tuple(row.compartments),
        audiences=tuple(row.audiences),
        ground=row.ground,
        rule=row.rule,
        since=row.since,
        until=row.until,
        consent_id=row.consent_id,
        expires_at=row.expires_at,
    )


def new_dossier(kind: DossierKind, organization_id: UUID) -> Dossier:
    """Set up a table; its seats follow from the facts."""
    return Dossier.objects.create(kind=kind, organization_id=organization_id)
