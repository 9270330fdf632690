"""A-48: twenty patterns among ten thousand ordinary lines, all flagged; nearly nothing else."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from teams.audit.curiosity import Facts, Pattern, Seen, find_flags
from tests.world import AMSTERDAM

MONDAY = datetime(2026, 11, 23, tzinfo=AMSTERDAM)
NORMAL = 10_000
PEOPLE, CASES_EACH = 100, 25
NAMES = [f"Naam{number}" for number in range(150)]
STREETS = [f"Straat{number}" for number in range(400)]


class Region:
    """A hundred people with their own cases, and what is known of them."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = [uuid4() for _ in range(PEOPLE)]
        self.own = {person: [uuid4() for _ in range(CASES_EACH)] for person in self.people}
        dossiers = [one for own in self.own.values() for one in own]
        self.surnames = {one: chance.choice(NAMES) for one in dossiers}
        self.own_surnames = {person: chance.choice(NAMES) for person in self.people}
        self.streets = {one: frozenset({chance.choice(STREETS)}) for one in dossiers}
        self.own_streets: dict[UUID, frozenset[str]] = {}
        self.watched: set[UUID] = set()
        self.closed = {one for one in dossiers if chance.random() < 0.2}

    def facts(self) -> Facts:
        return Facts(
            self.surnames,
            self.own_surnames,
            self.streets,
            self.own_streets,
            frozenset(self.watched),
            frozenset(self.closed),
        )

    def normal(self, count: int) -> Iterator[Seen]:
        """A week of work: a few cases after each other, a search, now and then a wrong address."""
        while count > 0:
            person = self.chance.choice(self.people)
            day = MONDAY + timedelta(days=self.chance.randrange(5))
            at = day + timedelta(minutes=self.chance.triangular(8 * 60, 22 * 60, 11 * 60))
            for _ in range(min(count, self.chance.randrange(3, 12))):
                yield self._usual(person, at)
                at += timedelta(minutes=self.chance.uniform(1, 9))
                count -= 1

    def _usual(self, person: UUID, at: datetime) -> Seen:
        kind = self.chance.random()
        if kind < 0.15:
            return line(person, None, at, action="list-cases", query=str(uuid4()))
        if kind < 0.17:
            return line(person, None, at, outcome="404", obj=uuid4())
        action = "read-document" if kind < 0.25 else "read-case"
        return line(person, self.chance.choice(self.own[person]), at, action=action)


def line(
    person: UUID,
    dossier: UUID | None,
    at: datetime,
    *,
    action: str = "read-case",
    outcome: str = "200",
    obj: UUID | None = None,
    glass: bool = False,
    query: str = "",
) -> Seen:
    return Seen(at, person, dossier, action, outcome, obj or dossier, glass, query)


def _seed(region: Region, pattern: Pattern, number: int) -> tuple[UUID, list[Seen]]:
    """One person who does what should stand out, on another day each time."""
    who = uuid4()
    at = MONDAY + timedelta(days=number % 5, hours=10)
    some = [uuid4() for _ in range(40)]
    step = timedelta(minutes=1)
    if pattern == Pattern.REFUSED:
        return who, [line(who, some[0], at + i * 3 * step, outcome="404") for i in range(5)]
    if pattern == Pattern.SURNAME:
        region.own_surnames[who] = f"Zeldzaam{number}"
        region.surnames[some[0]] = f"zeldzaam{number}"
        return who, [line(who, some[0], at)]
    if pattern == Pattern.STREET:
        region.own_streets[who] = frozenset({f"laan {number}"})
        region.streets[some[0]] = frozenset({f"laan {number}"})
        return who, [line(who, some[0], at)]
    if pattern == Pattern.MANY:
        return who, [line(who, one, at + i * step) for i, one in enumerate(some[:31])]
    if pattern == Pattern.NIGHT:
        return who, [line(who, some[i], at - timedelta(hours=7) + i * step) for i in range(3)]
    if pattern == Pattern.WATCHED:
        region.watched.add(some[0])
        return who, [line(who, some[0], at)]
    if pattern == Pattern.GLASS:
        return who, [line(who, some[i], at + i * timedelta(hours=20), glass=True) for i in (0, 1)]
    if pattern == Pattern.SEARCHES:
        return who, [
            line(who, None, at + i * step, action="list-cases", query=str(i)) for i in range(20)
        ]
    if pattern == Pattern.DOCUMENTS:
        return who, [line(who, some[i], at + i * step, action="read-document") for i in range(8)]
    region.closed.add(some[0])
    return who, [line(who, some[0], at + i * 60 * step) for i in range(5)]


@pytest.mark.parametrize("seed", [48, 49, 50])
def test_a48_twenty_patterns_among_ten_thousand_lines(seed):
    region = Region(random.Random(seed))
    rows = list(region.normal(NORMAL))
    seeded = {}
    for number in range(20):
        pattern = list(Pattern)[number % len(Pattern)]
        who, lines = _seed(region, pattern, number)
        seeded[who] = pattern
        rows += lines
    region.chance.shuffle(rows)
    started = time.perf_counter()
    flags = find_flags(rows, region.facts())
    took = time.perf_counter() - started
    found = {flag.actor_id for flag in flags if seeded.get(flag.actor_id) == flag.pattern}
    false = [flag for flag in flags if flag.actor_id not in seeded]
    print(
        f"A-48: {len(found)} of {len(seeded)} flagged, {len(false)} false alarms in {NORMAL} lines"
        f" ({100 * len(false) / NORMAL:.2f} %), {took * 1000:.0f} ms"
    )
    assert found == set(seeded)
    assert len(false) <= NORMAL / 100


def test_a_flag_holds_codes_only():
    person, dossier = uuid4(), uuid4()
    facts = Facts({dossier: "Jansen"}, {person: "jansen"})
    (flag,) = find_flags([line(person, dossier, MONDAY + timedelta(hours=9))] * 3, facts)
    assert str(flag) == f"achternaam, persoon {person}, dossier {dossier}"


def test_four_refusals_on_a_day_are_not_five():
    person = uuid4()
    rows = [line(person, uuid4(), MONDAY + i * timedelta(hours=1), outcome="404") for i in range(4)]
    rows.append(line(person, uuid4(), MONDAY + timedelta(hours=25), outcome="404"))
    assert find_flags(rows, Facts()) == []
    rows.append(line(person, uuid4(), MONDAY + timedelta(hours=26), outcome="403"))
    assert find_flags(rows, Facts()) == []
    rows.append(line(person, uuid4(), MONDAY + timedelta(hours=3.5), outcome="403"))
    assert {flag.pattern for flag in find_flags(rows, Facts())} == {Pattern.REFUSED}
