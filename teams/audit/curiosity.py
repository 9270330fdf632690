"""Patterns of looking that ask for a question: pure, over lines of the trace and a few facts.

A flag is no verdict: the privacy officer sees codes and asks. Thresholds are those of one
careful working day; each is a proposal [P] that a board may move.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NIGHT_BEGINS, NIGHT_ENDS = 23, 5


class Pattern(StrEnum):
    """What stands out; the value is the code in the flag."""

    REFUSED = "geweigerd"
    SURNAME = "achternaam"
    STREET = "straat"
    MANY = "veel-dossiers"
    NIGHT = "nacht"
    WATCHED = "extra-letten"
    GLASS = "noodtoegang"
    SEARCHES = "zoeken"
    DOCUMENTS = "stukken"
    CLOSED = "afgesloten"


@dataclass(frozen=True)
class Seen:
    """One line of the trace as far as a pattern needs it; `at` in the time of the reader."""

    at: datetime
    actor_id: UUID
    dossier_id: UUID | None
    action: str
    outcome: str
    object_id: UUID | None = None
    is_break_glass: bool = False
    query_digest: str = ""

    @property
    def is_refused(self) -> bool:
        """Nothing was shown."""
        return self.outcome in {"403", "404"}


@dataclass(frozen=True)
class Facts:
    """What must be known of people and dossiers; empty where nothing is known."""

    surnames: Mapping[UUID, str] = field(default_factory=dict)
    own_surnames: Mapping[UUID, str] = field(default_factory=dict)
    streets: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    own_streets: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    watched: frozenset[UUID] = frozenset()
    closed: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Flag:
    """One person, one pattern, one day or one dossier; codes only."""

    pattern: Pattern
    actor_id: UUID
    dossier_id: UUID | None = None
    day: date | None = None

    def __str__(self) -> str:
        parts = [self.pattern.value, f"persoon {self.actor_id}"]
        parts += [f"dossier {self.dossier_id}"] if self.dossier_id else []
        parts += [f"op {self.day.isoformat()}"] if self.day else []
        return ", ".join(parts)


def find_flags(lines: Iterable[Seen], facts: Facts) -> list[Flag]:
    """Give what stands out, each once. Shape: in the order in which it was first seen."""
    by_actor: dict[UUID, list[Seen]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.at):
        by_actor[line.actor_id].append(line)
    found: dict[Flag, None] = {}
    for rows in by_actor.values():
        for pattern in _PATTERNS:
            found |= dict.fromkeys(pattern(rows, facts))
    return list(found)


def _refused(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    """Five doors tried that stay closed."""
    tried = [row for row in rows if row.is_refused and row.object_id]
    yield from _series(tried, Pattern.REFUSED, within=DAY, least=5)


def _surname(rows: Sequence[Seen], facts: Facts) -> Iterator[Flag]:
    own = facts.own_surnames.get(rows[0].actor_id, "").casefold()
    for row in _opened(rows):
        if own and row.dossier_id and facts.surnames.get(row.dossier_id, "").casefold() == own:
            yield Flag(Pattern.SURNAME, row.actor_id, row.dossier_id)


def _street(rows: Sequence[Seen], facts: Facts) -> Iterator[Flag]:
    own = facts.own_streets.get(rows[0].actor_id, frozenset())
    for row in _opened(rows):
        if row.dossier_id and own & facts.streets.get(row.dossier_id, frozenset()):
            yield Flag(Pattern.STREET, row.actor_id, row.dossier_id)


def _many(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    """Thirty different dossiers opened one by one in an hour (access.md 2.8)."""
    yield from _series(
        _opened(rows), Pattern.MANY, within=HOUR, least=30, what=lambda row: row.dossier_id
    )


def _night(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    dark = [row for row in _opened(rows) if row.at.hour >= NIGHT_BEGINS or row.at.hour < NIGHT_ENDS]
    yield from _series(dark, Pattern.NIGHT, within=6 * HOUR, least=3)


def _watched(rows: Sequence[Seen], facts: Facts) -> Iterator[Flag]:
    for row in _opened(rows):
        if row.dossier_id in facts.watched:
            yield Flag(Pattern.WATCHED, row.actor_id, row.dossier_id)


def _glass(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    """Two dossiers behind glass in a week."""
    broken = [row for row in rows if row.is_break_glass]
    yield from _series(broken, Pattern.GLASS, within=WEEK, least=2, what=lambda row: row.dossier_id)


def _searches(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    asked = [row for row in rows if row.query_digest]
    yield from _series(
        asked, Pattern.SEARCHES, within=HOUR, least=20, what=lambda row: row.query_digest
    )


def _documents(rows: Sequence[Seen], _facts: Facts) -> Iterator[Flag]:
    read = [row for row in _opened(rows) if row.action == "read-document"]
    yield from _series(
        read, Pattern.DOCUMENTS, within=HOUR, least=8, what=lambda row: row.dossier_id
    )


def _closed(rows: Sequence[Seen], facts: Facts) -> Iterator[Flag]:
    """A closed case opened five times on a day."""
    back: dict[UUID | None, list[Seen]] = defaultdict(list)
    for row in _opened(rows):
        if row.dossier_id in facts.closed:
            back[row.dossier_id].append(row)
    for dossier, looks in back.items():
        for flag in _series(looks, Pattern.CLOSED, within=DAY, least=5):
            yield Flag(flag.pattern, flag.actor_id, dossier, flag.day)


def _opened(rows: Sequence[Seen]) -> list[Seen]:
    """What was opened by itself; a list says nothing about one dossier."""
    return [row for row in rows if row.dossier_id and not row.is_refused]


def _series(
    rows: Sequence[Seen],
    pattern: Pattern,
    *,
    within: timedelta,
    least: int,
    what: Callable[[Seen], object] = id,
) -> Iterator[Flag]:
    """So many different ones within so long: flagged on the day on which it became so many."""
    first = 0
    for last, row in enumerate(rows):
        while row.at - rows[first].at > within:
            first += 1
        if len({what(one) for one in rows[first : last + 1]}) >= least:
            yield Flag(pattern, row.actor_id, day=row.at.date())


_PATTERNS = (
    _refused,
    _surname,
    _street,
    _many,
    _night,
    _watched,
    _glass,
    _searches,
    _documents,
    _closed,
)
