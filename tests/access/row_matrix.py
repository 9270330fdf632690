"""Level S of access.md 2.10: for each persona and table, the ids seen against the judge's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import models

from teams.access.actor import acting_as, actor_for
from teams.access.fence import beyond_seats
from tests.access.facts import Reader, Thing, Verdict
from tests.access.oracle import Judge
from tests.access.personas import PERSONAS, ROLES, Persona
from tests.access.region import TODAY, Region
from tests.access.tally import Tally
from tests.world import NOW


def judged(region: Region) -> Judge:
    """The judge of this region, today."""
    return Judge(region.known, TODAY)


@contextmanager
def acting(region: Region, persona: Persona) -> Iterator[None]:
    """Behind both fences as this persona."""
    person = region.people[persona.person]
    with acting_as(actor_for(person, day=TODAY, role=ROLES.get(persona.role), now=NOW)):
        yield


def reader_of(persona: Persona) -> Reader:
    """The persona as the judge knows it."""
    return Reader(persona.person, persona.role)


def row_matrix(
    region: Region,
    *,
    personas: Iterable[Persona] = PERSONAS,
    every: int = 1,
    see: Callable[[type[models.Model]], set[str]] | None = None,
) -> Tally:
    """Compare all rows for all personas; with `every` only each so-manieth object, in turn.

    `see` reads the ids; with it one fence can be left out (A-14).
    """
    see = see or visible
    judge, tally = judged(region), Tally()
    for number, persona in enumerate(personas):
        reader = reader_of(persona)
        with acting(region, persona):
            for model, things in region.things.items():
                seen = see(model)
                _compare(tally, persona, things[number % every :: every], seen, judge, reader)
    return tally


def visible(model: type[models.Model]) -> set[str]:
    """The ids that whoever acts now gets from the default manager."""
    return {str(key) for key in model._default_manager.values_list("pk", flat=True)}


def by_python_alone(model: type[models.Model]) -> set[str]:
    """What fence 1 shows with row security lifted."""
    with beyond_seats("fence 2 is off"):
        return visible(model)


def by_database_alone(model: type[models.Model]) -> set[str]:
    """What fence 2 shows where the code forgot every filter."""
    return {str(key) for key in model.unscoped.values_list("pk", flat=True)}  # type: ignore[attr-defined]


def _compare(
    tally: Tally,
    persona: Persona,
    things: list[Thing],
    seen: set[str],
    judge: Judge,
    reader: Reader,
) -> None:
    kinds: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    for thing in things:
        where = judge.facts.cases[thing.case].state if thing.case else thing.school
        kinds[f"{thing.kind} {where}"].append((thing.key, judge.read(reader, thing)))
    for kind, verdicts in kinds.items():
        tally.count(persona.key, kind, verdicts, seen)
