"""What `schools` must learn from the rooms above comes through here, and only here.

A room above registers one object in its `AppConfig.ready()`. Without any, no pupil has an open case and pages show
only what schools know.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from schools.models import School, Student
from teams.access.actor import Actor
from teams.access.seating import Chair
from teams.components import Action, Row


@dataclass(frozen=True)
class Card:
    """A card that a room above puts on the page of a pupil or a school."""

    title: str
    rows: tuple[Row, ...] = ()
    empty: str = ""
    actions: tuple[Action, ...] = ()


class Contribution(Protocol):
    """What a room above tells about pupils and schools; only what this actor may see."""

    def with_open_case(self, student_ids: Collection[UUID]) -> set[UUID]:
        """Which of these pupils have an open case; asked past the scope, never shown with a name."""

    def after_move(self, student_ids: Collection[UUID], *, day: date) -> None:
        """Pupils changed group, left, or have other custody: set their other tables anew at once."""

    def student_chairs(self, student_ids: Collection[UUID]) -> dict[UUID, list[Chair]]:
        """Who, by a place at another table, knows whom it is about; per dossier of a pupil."""

    def student_cards(self, student: Student, *, actor: Actor) -> tuple[Card, ...]:
        """Cards for the page of a pupil."""

    def school_cards(self, school: School, *, actor: Actor) -> tuple[Card, ...]:
        """Cards for the page of a school."""


_registered: dict[str, Contribution] = {}


def contribute(name: str, contribution: Contribution) -> None:
    """Register what a room contributes; called in its `AppConfig.ready()`."""
    _registered[name] = contribution


def contributed() -> tuple[Contribution, ...]:
    """Give all contributions."""
    return tuple(_registered.values())


def tell_others(student_ids: Collection[UUID], *, day: date) -> None:
    """A fact about these pupils changed (custody, age, group): other tables follow at once."""
    for room in contributed():
        room.after_move(student_ids, day=day)


def chairs_elsewhere(student_ids: Collection[UUID]) -> dict[UUID, list[Chair]]:
    """Chairs at the dossiers of these pupils that follow from places at other tables."""
    found: dict[UUID, list[Chair]] = {}
    for room in contributed():
        for dossier, chairs in room.student_chairs(student_ids).items():
            found.setdefault(dossier, []).extend(chairs)
    return found


def students_with_open_case(student_ids: Collection[UUID]) -> set[UUID]:
    """Which of these pupils have an open case in any room above; a leaver with one is never removed."""
    return {pk for room in contributed() for pk in room.with_open_case(student_ids)}
