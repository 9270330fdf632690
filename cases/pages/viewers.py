"""Who can look at a case, and why: every seat as a sentence a parent could read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.seats import Seated, seated
from teams.access.actor import Actor
from teams.access.rules import (
    ABSENCE_AUDIENCE,
    CONSENT_AUDIENCE,
    MONITORING_AUDIENCE,
    SIGNAL_AUDIENCE,
)
from teams.access.seating import GLASS_CODE
from teams.enums import Compartment, Ground, Relation
from teams.models import Seat
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE
from teams.templatetags.ui import long_day, short_day

_LIES_OPEN = {
    Compartment.HEADING: "de kop (naam, stand, data)",
    Compartment.SCHOOL_FILE: "het schooldossier",
    Compartment.SHARED_PLAN: "het gedeelde plan",
    Compartment.SWV_FILE: "de aanvragen bij het samenwerkingsverband",
}
# What narrower audiences open, where the compartment itself stays closed.
_NARROW = {
    SIGNAL_AUDIENCE: "de signalen",
    CONSENT_AUDIENCE: "de toestemmingen",
    MONITORING_AUDIENCE: "het plan van monitoring en de evaluaties",
    ABSENCE_AUDIENCE: "het ongeoorloofd verzuim en de afspraken daarover",
    "consult": "alleen de vraag die aan deze persoon is gesteld, zonder naam van de leerling",
    "meeting": "alleen het overleg waarvoor deze persoon is uitgenodigd",
    "author": "de gesprekken die deze persoon zelf opschreef",
}
_BECAUSE = {
    Relation.SCHOOL: "Werkt als {role} op {place}",
    Relation.GROUP: "Staat als {role} voor {place}",
    Relation.ASKED: "Is om advies gevraagd",
    Relation.PARTICIPANT: "Zit als {role} aan tafel",
    Relation.INVITED: "Is uitgenodigd voor het overleg",
    Relation.LEAD: "Heeft de regie",
    Relation.GLASS: "Gebruikt noodtoegang",
}


@dataclass(frozen=True)
class Viewer:
    """One person who can look: who, and a sentence for every reason."""

    name: str
    url: str
    who: str
    sentences: tuple[str, ...]
    is_reader: bool = False
    is_glass: bool = False


def viewers_of(case: Case, *, actor: Actor, now: datetime) -> tuple[Viewer, ...]:
    """Tell of everyone who can look now; the reader's own seats stand first."""
    rows = seated(case.dossier_id, day=actor.day, now=now)
    found = [_viewer(row, actor) for row in rows]
    return tuple(sorted(found, key=lambda row: not row.is_reader))


def _viewer(row: Seated, actor: Actor) -> Viewer:
    who = f"{row.role.label} {_of(row)}".strip()
    return Viewer(
        name=str(row.person),
        url=reverse("person", args=[row.person.pk]),
        who=f"{who}, namens {row.behalf}" if row.behalf else who,
        sentences=tuple(_sentences(row)),
        is_reader=(row.person.pk, row.role) == (actor.person_id, actor.role),
        is_glass=any(seat.rule == GLASS_CODE for seat in row.seats),
    )


def _of(row: Seated) -> str:
    """Where someone works who sits by post."""
    is_by_post = row.seats[0].relation in (Relation.SCHOOL, Relation.GROUP)
    return f"van {row.place}" if is_by_post else ""


def _sentences(row: Seated) -> Iterable[str]:
    """One sentence for all seats with the same relation, ground and time."""
    alike: dict[tuple, list[Seat]] = defaultdict(list)
    for seat in row.seats:
        alike[seat.relation, seat.ground, seat.since, seat.until, seat.expires_at].append(seat)
    for seats in alike.values():
        yield _sentence(row, seats)


def _sentence(row: Seated, seats: list[Seat]) -> str:
    seat = seats[0]
    why = _BECAUSE.get(Relation(seat.relation), Relation(seat.relation).label)
    because = why.format(role=row.role.label, place=row.place)
    opens = _together(list(dict.fromkeys(part for each in seats for part in _opens(each))))
    ground = Ground(seat.ground).label
    return f"{because} en leest {opens}: {ground}. Sinds {long_day(seat.since)}, {_until(seat)}."


def _opens(seat: Seat) -> list[str]:
    if EVERY_AUDIENCE in seat.audiences:
        return ["alles van deze casus"]
    if OPEN_AUDIENCE in seat.audiences:
        return [_LIES_OPEN[Compartment(part)] for part in seat.compartments]
    kinds = dict.fromkeys(tag.partition(":")[0] for tag in seat.audiences)
    return [_NARROW[kind] for kind in kinds]


def _until(seat: Seat) -> str:
    if seat.expires_at:
        return f"tot vandaag {localtime(seat.expires_at):%H.%M} uur"
    if seat.until:
        return f"tot {short_day(seat.until)} {seat.until.year}"
    if seat.relation in {Relation.SCHOOL, Relation.GROUP}:
        return "zolang deze persoon die taak heeft"
    return "zolang de reden bestaat"


def _together(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts) or "niets"
    return f"{', '.join(parts[:-1])} en {parts[-1]}"
