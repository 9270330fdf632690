"""Taking one thing away at a time: rules of seating, denials, policies, roles and columns (A-15)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from unittest.mock import patch
from uuid import UUID

from django.db import models

from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.seating import chairs_of_case, table_facts
from schools.models import CarerContact
from teams.access import actor, rules, scope, seat_rules
from teams.access.rules import CONTACT_AUDIENCE
from teams.access.seat_rules import SEAT_RULES, SeatRule
from teams.access.seating import SeatSpec, _row, seats_for, spec_of
from teams.enums import DossierKind
from teams.models import Assignment, Recusal, Seat
from tests.access.facts import Thing
from tests.access.personas import PERSONAS, ROLES, Persona
from tests.access.region import TODAY, Region
from tests.access.row_matrix import (
    acting,
    by_python_alone,
    judged,
    reader_of,
    visible,
)

TELLING = (
    "Case", "Signal", "Consult", "Plan", "Evaluation", "Meeting", "Conversation", "Consent",
    "AbsenceGround", "Student", "Enrollment", "CarerContact",
)  # fmt: skip
See = Callable[[type[models.Model]], set[str]]


@dataclass(frozen=True)
class Mutant:
    """What is taken away, how, and by which personas and which fence it must show."""

    name: str
    apply: Callable[[], AbstractContextManager]
    personas: tuple[Persona, ...]
    see: See = visible


class Expected:
    """What each persona should see, by table; asked of the judge once."""

    def __init__(self, region: Region) -> None:
        self.region, self.judge = region, judged(region)
        self.known: dict[str, dict[type[models.Model], set[str]]] = {}

    def of(self, persona: Persona) -> dict[type[models.Model], set[str]]:
        """The ids by model."""
        if persona.key not in self.known:
            reader = reader_of(persona)
            self.known[persona.key] = {
                model: {thing.key for thing in things if self._permits(reader, thing)}
                for model, things in sorted(self.region.things.items(), key=_first)
            }
        return self.known[persona.key]

    def _permits(self, reader, thing: Thing) -> bool:  # noqa: ANN001
        return self.judge.read(reader, thing).is_permitted

    def is_killed(self, mutant: Mutant) -> bool:
        """Does one cell turn red?"""
        with mutant.apply():
            for persona in mutant.personas:
                with acting(self.region, persona):
                    for model, wanted in self.of(persona).items():
                        if mutant.see(model) != wanted:
                            return True
        return False


def _first(entry: tuple[type[models.Model], list[Thing]]) -> int:
    """Tables in which most mutants show come first."""
    name = entry[0].__name__
    return TELLING.index(name) if name in TELLING else len(TELLING)


def _acting_in(roles: frozenset) -> tuple[Persona, ...]:
    return tuple(row for row in PERSONAS if ROLES.get(row.role) in roles)


def _named(*keys: str) -> tuple[Persona, ...]:
    return tuple(row for row in PERSONAS if row.key in keys)


class Seating:
    """The chairs of every case, read once, to seat them anew under changed rules."""

    def __init__(self) -> None:
        self.tables = {}
        for case in Case.unscoped.select_related("student", "school__organization"):
            facts = table_facts(CaseFacts(case, TODAY))
            self.tables[case.dossier_id] = (chairs_of_case(facts), facts.state)
        self.standing: dict[UUID, set[SeatSpec]] = defaultdict(set)
        for row in Seat.objects.filter(dossier__in=self.tables):
            self.standing[row.dossier_id].add(spec_of(row))

    @contextmanager
    def without(self, code: str) -> Iterator[None]:
        """As if this rule were not there."""
        Seat.objects.filter(rule=code).delete()
        yield

    @contextmanager
    def under(self, changed: SeatRule) -> Iterator[None]:
        """Seat everyone at cases by a rule that asks less."""
        new = []
        with patch.object(seat_rules, "SEAT_RULES", (changed,)):
            for key, (chairs, state) in self.tables.items():
                wanted = seats_for(DossierKind.CASE, chairs, state=state)
                new += [_row(key, spec) for spec in wanted - self.standing[key]]
        Seat.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
        yield


def seat_mutants(seating: Seating) -> Iterator[Mutant]:
    """Each rule gone; each rule of a case in every state; each rule without one of its needs."""
    everywhere = frozenset(state for rule in SEAT_RULES for state in rule.states) | {"DESTROYED"}
    for rule in SEAT_RULES:
        who = _acting_in(rule.roles)
        yield Mutant(f"{rule.code} gone", partial(seating.without, rule.code), who)
        if not rule.states:
            continue
        less = [("in every state", replace(rule, states=everywhere))]
        less += [
            (f"without {need.value}", replace(rule, needs=rule.needs - {need}))
            for need in sorted(rule.needs)
        ]
        for words, changed in less:
            yield Mutant(f"{rule.code} {words}", partial(seating.under, changed), who)


def denial_mutants(region: Region) -> Iterator[Mutant]:
    """The hard denials that stand in code: D1, D2, D3, D5, D6 (D4 and D12 stand in the seat rules)."""
    ended = _named("ib-ended", "ib-coming", "substitute")
    yield Mutant("D1 assignments without dates", _undated, ended)
    yield Mutant("D1 accounts that are off", _all_active, _named("ib-off"))
    kin = _named("ib-kin", "teacher-kin", "a8-kin")
    yield Mutant("D5 no recusals", _no_recusals, kin)
    yield Mutant("D5 in Django", _recused_in_django, kin, by_python_alone)
    yield Mutant(
        "D6 secret addresses open", _no_secrets, _named("ib-kade", "head-kade", "teacher-5a")
    )
    for code, key in (("D2", "ib-kade"), ("D3", "a9-part")):
        lifted = partial(_lifted, region, code, key)
        yield Mutant(f"{code} in Django", lifted, _named(key), by_python_alone)


@contextmanager
def _undated() -> Iterator[None]:
    Assignment.objects.update(since=TODAY, until=None)
    yield


@contextmanager
def _all_active() -> Iterator[None]:
    held = actor._assignments

    def of_anyone(person, *moment):  # noqa: ANN001, ANN002, ANN202
        person.is_active = True
        return held(person, *moment)

    with patch.object(actor, "_assignments", of_anyone):
        yield


@contextmanager
def _no_recusals() -> Iterator[None]:
    Recusal.objects.all().delete()
    yield


@contextmanager
def _recused_in_django() -> Iterator[None]:
    seats = actor.Actor.seats.fget
    open_again = property(lambda reader: seats(replace(reader, recused=())))
    with patch.object(actor.Actor, "seats", open_again):
        yield


@contextmanager
def _no_secrets() -> Iterator[None]:
    CarerContact.unscoped.filter(is_secret=True).update(audience=CONTACT_AUDIENCE)
    yield


def wrong_seat(region: Region, key: str, compartment: str) -> UUID:
    """A seat that no rule gives: everything in this compartment of one case. Shape: its dossier."""
    case = next(row for row in region.known.cases.values() if row.school == "kade")
    dossier = Case.unscoped.values_list("dossier_id", flat=True).get(pk=case.key)
    persona = _named(key)[0]
    post = region.known.posts[[row.person for row in region.known.posts].index(key)]
    node = region.organizations[post.at].pk
    Seat.objects.create(
        dossier_id=dossier, party=f"post:{ROLES[persona.role]}@{node}", role=ROLES[persona.role],
        relation="sch", compartments=[compartment], audiences=["*"], ground="ZORGPLICHT",
        rule="AR-0", since=TODAY,
    )  # fmt: skip
    return dossier


@contextmanager
def _lifted(region: Region, code: str, key: str) -> Iterator[None]:
    compartment, _roles = rules.DENIED_COMPARTMENTS[code]
    wrong_seat(region, key, compartment)
    left = {name: row for name, row in rules.DENIED_COMPARTMENTS.items() if name != code}
    with patch.object(scope, "DENIED_COMPARTMENTS", left):
        yield
