"""Who can look at a case, and why: every seat as a sentence a parent could read."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Case
from cases.queries.seats import SeatedParty, seated_parties
from teams.enums import Compartment, Ground, Relation, Role
from teams.models import Seat
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE
from teams.templatetags.ui import long_day, short_day

_LIES_OPEN = {
    Compartment.HEADING: "de kop (naam, stand, data)",
    Compartment.SCHOOL_FILE: "het schooldossier",
    Compartment.SHARED_PLAN: "het gedeelde plan",
    Compartment.SWV_FILE: "de aanvragen bij het samenwerkingsverband",
}
_BY_NAME = {
    Relation.ASKED: "alleen de vraag die aan deze persoon is gesteld, zonder naam van de leerling",
    Relation.PARTICIPANT: "alleen het overleg waarvoor deze persoon is uitgenodigd",
}


@dataclass(frozen=True)
class Viewer:
    """One person who can look: who, what lies open, on which ground, from when to when."""

    name: str
    url: str
    who: str
    sees: str
    ground: str
    since: str
    until: str


def viewers_of(case: Case, *, day: date) -> tuple[Viewer, ...]:
    """Tell of everyone who can look today; a post that nobody holds lets nobody look."""
    found = []
    for party in seated_parties(case.dossier_id, day=day):
        found += _viewers(party)
    return tuple(found)


def _viewers(party: SeatedParty) -> list[Viewer]:
    first = party.seats[0]
    ends = [seat.until for seat in party.seats]
    last = max((day for day in ends if day), default=None) if None not in ends else None
    shared = {
        "who": _who(party, first),
        "sees": _sentence(party.seats),
        "ground": _grounds(party.seats),
        "since": long_day(min(seat.since for seat in party.seats)),
        "until": f"tot {short_day(last)} {last.year}" if last else _ends_when(first),
    }
    return [
        Viewer(name=str(person), url=reverse("person", kwargs={"person_id": person.pk}), **shared)
        for person in party.people
    ]


def _who(party: SeatedParty, seat: Seat) -> str:
    role = Role(seat.role).label
    if party.organization is None:
        return role
    word = "van groep" if seat.relation == Relation.GROUP else "van"
    return f"{role} {word} {party.organization}"


def _sentence(seats: tuple[Seat, ...]) -> str:
    if any(EVERY_AUDIENCE in seat.audiences for seat in seats):
        return "Ziet alles van deze casus."
    open_parts: list[str] = []
    for seat in seats:
        if OPEN_AUDIENCE in seat.audiences:
            open_parts += [_LIES_OPEN[Compartment(part)] for part in seat.compartments]
    named = [
        _BY_NAME[Relation(seat.relation)]
        for seat in seats
        if OPEN_AUDIENCE not in seat.audiences and seat.relation in _BY_NAME
    ]
    parts = list(dict.fromkeys(open_parts + named))
    return f"Ziet {_together(parts)}."


def _together(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts) or "niets"
    return f"{', '.join(parts[:-1])} en {parts[-1]}"


def _grounds(seats: tuple[Seat, ...]) -> str:
    words = dict.fromkeys(
        f"{Relation(seat.relation).label}: {Ground(seat.ground).label}" for seat in seats
    )
    return _together(list(words)).capitalize() + "."


def _ends_when(seat: Seat) -> str:
    if seat.relation in {Relation.SCHOOL, Relation.GROUP}:
        return "zolang deze persoon die taak heeft"
    return "zolang de reden bestaat"
