"""Why someone does not sit at a table: the same chairs and the same rules, asked the other way round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from teams.access.seat_rules import SEAT_RULES, Need, SeatRule
from teams.access.seating import Chair, SeatSpec, seats_for
from teams.enums import Compartment, DossierKind, Relation, Role


class Obstacle(StrEnum):
    """What stands between a person and a table."""

    NO_ACCOUNT = "no-account"
    NO_ASSIGNMENT = "no-assignment"
    RECUSED = "recused"
    NO_RULE = "no-rule"
    NO_RELATION = "no-relation"
    # Seated for a post or employer that the person left.
    MOVED = "moved"
    NOT_YET = "not-yet"
    OVER = "over"
    STATE = "state"
    NEED = "need"


@dataclass(frozen=True)
class WhyNot:
    """One reason, with the role and relation in which it stands in the way."""

    obstacle: Obstacle
    role: Role | None = None
    relation: Relation | None = None
    need: Need | None = None
    until: date | None = None


@dataclass(frozen=True)
class Held:
    """One role that a person holds on the day, and the parties that it makes."""

    role: Role
    parties: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Who is asked about: the account, the recusal, and the roles held."""

    party: str
    held: tuple[Held, ...]
    is_active: bool = True
    is_recused: bool = False


@dataclass(frozen=True)
class Answer:
    """In which roles a person sits, and what stands in the way in the others."""

    opens: tuple[Role, ...]
    reasons: tuple[WhyNot, ...]


def explain(
    person: Person, chairs: Sequence[Chair], *, kind: DossierKind, state: str, day: date
) -> Answer:
    """Say in which roles `person` sits at a table, and why not in the others; pure.

    Shape:  without reasons only when every role held opens it.
    """
    if not person.is_active:
        return Answer((), (WhyNot(Obstacle.NO_ACCOUNT),))
    if person.is_recused:
        return Answer((), (WhyNot(Obstacle.RECUSED),))
    if not person.held:
        return Answer((), (WhyNot(Obstacle.NO_ASSIGNMENT),))
    opens: list[Role] = []
    reasons: list[WhyNot] = []
    for held in person.held:
        own = [row for row in chairs if row.role == held.role and row.party in held.parties]
        if any(_opens(seat, day) for seat in seats_for(kind, own, state=state)):
            opens.append(held.role)
        else:
            named = [row for row in chairs if row.role == held.role and _names(row, person)]
            rules = [row for row in SEAT_RULES if row.kind == kind and held.role in row.roles]
            reasons += _reasons(held, own, named, rules, (state, day))
    return Answer(tuple(opens), tuple(dict.fromkeys(reasons)))


def _opens(seat: SeatSpec, day: date) -> bool:
    """It opens the heading today; being asked opens a question and not the case."""
    is_now = seat.since <= day and (seat.until is None or day < seat.until)
    return is_now and Compartment.HEADING in seat.compartments


def _names(chair: Chair, person: Person) -> bool:
    return chair.party.partition("@")[0] == person.party


def _reasons(
    held: Held,
    own: list[Chair],
    named: list[Chair],
    rules: list[SeatRule],
    when: tuple[str, date],
) -> Iterable[WhyNot]:
    if not rules:
        yield WhyNot(Obstacle.NO_RULE, held.role)
        return
    for relation in dict.fromkeys(rule.relation for rule in rules):
        here = [chair for chair in own if chair.relation == relation]
        if not here:
            moved = any(chair.relation == relation for chair in named)
            obstacle = Obstacle.MOVED if moved else Obstacle.NO_RELATION
            yield WhyNot(obstacle, held.role, relation)
        for chair in here:
            fitting = [rule for rule in rules if rule.relation == relation]
            yield from _against(chair, fitting, *when)


def _against(chair: Chair, rules: list[SeatRule], state: str, day: date) -> Iterable[WhyNot]:
    where = (chair.role, chair.relation)
    if chair.since > day:
        yield WhyNot(Obstacle.NOT_YET, *where, until=chair.since)
    if chair.until and chair.until <= day:
        yield WhyNot(Obstacle.OVER, *where, until=chair.until)
    now = [rule for rule in rules if not rule.states or state in rule.states]
    if not now:
        yield WhyNot(Obstacle.STATE, *where)
    needs = {need for rule in now for need in rule.needs}
    for need in sorted(needs - chair.meets.keys()):
        yield WhyNot(Obstacle.NEED, *where, need=need)
    for need in sorted(needs & chair.meets.keys()):
        until = chair.meets[need].until
        if until and until <= day:
            yield WhyNot(Obstacle.NEED, *where, need=need, until=until)
