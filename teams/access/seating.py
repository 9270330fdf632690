"""From facts to seats: a pure function, and the one writer of seat rows (access.md 2.9)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from teams.access.rules import (
    CONSENT_AUDIENCE,
    CONTACT_AUDIENCE,
    SIGNAL_AUDIENCE,
    Breadth,
    SeatRule,
    rules_for,
)
from teams.enums import DossierKind, Relation, Role
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE, Dossier, Seat


@dataclass(frozen=True)
class Chair:
    """One fact: this party stands in this relation, in this role, from a day until another.

    `named_in` are the audience tags that name this party (the consult asked, the item
    invited to); `has_consent` says whether consent (a) covers this person (2.6).
    """

    party: str
    role: Role
    relation: Relation
    since: date
    until: date | None = None
    named_in: tuple[str, ...] = ()
    has_consent: bool = True
    in_class: bool = False


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


def seats_for(kind: DossierKind, chairs: Iterable[Chair]) -> frozenset[SeatSpec]:
    """Compute the seats that chairs give under the rule table; pure.

    Shape:  empty when no rule matches: anything not stated is denied.
    """
    return frozenset(
        _seat(rule, chair)
        for chair in _merged(chairs)
        for rule in rules_for(kind, chair.role, chair.relation)
        if _applies(rule, chair)
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
            has_consent=chair.has_consent or other.has_consent,
            in_class=chair.in_class or other.in_class,
        )
    return found.values()


def _applies(rule: SeatRule, chair: Chair) -> bool:
    if rule.needs_consent and not chair.has_consent:
        return False
    if rule.needs_class_measure and not chair.in_class:
        return False
    return rule.breadth != Breadth.NAMED or bool(chair.named_in)


def _seat(rule: SeatRule, chair: Chair) -> SeatSpec:
    audiences = {
        Breadth.EVERYTHING: (EVERY_AUDIENCE,),
        Breadth.COMMON: (OPEN_AUDIENCE, SIGNAL_AUDIENCE, *chair.named_in),
        Breadth.OPEN: (OPEN_AUDIENCE,),
        Breadth.SIGNALS: (SIGNAL_AUDIENCE,),
        Breadth.CONSENTS: (CONSENT_AUDIENCE,),
        Breadth.NAMED: chair.named_in,
        Breadth.CONTACTS: (OPEN_AUDIENCE, CONTACT_AUDIENCE, *chair.named_in),
    }[rule.breadth]
    return SeatSpec(
        party=chair.party,
        role=chair.role.value,
        relation=chair.relation.value,
        compartments=tuple(compartment.value for compartment in rule.compartments),
        audiences=tuple(sorted(audiences)),
        ground=rule.ground.value,
        rule=rule.code,
        since=chair.since,
        until=chair.until,
    )


def write_seats(wanted: dict[UUID, frozenset[SeatSpec]]) -> int:
    """Make the seat rows of these dossiers say what is wanted, in the caller's transaction.

    Shape:  how many rows were added or removed; unchanged rows stay.
    """
    standing: dict[tuple[UUID, SeatSpec], UUID] = {
        (row.dossier_id, _spec_of(row)): row.pk for row in Seat.objects.filter(dossier__in=wanted)
    }
    needed = {(dossier, spec) for dossier, specs in wanted.items() for spec in specs}
    gone = [pk for key, pk in standing.items() if key not in needed]
    if gone:
        Seat.objects.filter(pk__in=gone).delete()
    new = [
        Seat(
            dossier_id=dossier,
            **{
                **spec.__dict__,
                "compartments": list(spec.compartments),
                "audiences": list(spec.audiences),
            },
        )
        for dossier, spec in needed - standing.keys()
    ]
    Seat.objects.bulk_create(new, batch_size=500)
    return len(gone) + len(new)


def _spec_of(row: Seat) -> SeatSpec:
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
    )


def new_dossier(kind: DossierKind, organization_id: UUID) -> Dossier:
    """Set up a table; its seats follow from the facts."""
    return Dossier.objects.create(kind=kind, organization_id=organization_id)
