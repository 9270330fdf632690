"""What a step is: who asks, which row of the table, and what was given with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cases.enums import CaseState
from cases.models import Case
from cases.queries.facts import CaseFacts
from teams.access.actor import Actor
from teams.access.errors import Reason
from teams.enums import Compartment, Relation, Role


@dataclass(frozen=True)
class Step:
    """One step somebody asks about: by whom, when, and what they give with it.

    `given` is None while only asking whether the step is open; then the guards on what
    is given are not asked yet.
    """

    case: Case
    actor: Actor
    now: datetime
    facts: CaseFacts
    given: Mapping[str, Any] | None = None

    @property
    def day(self) -> date:
        """The day on which the step is taken."""
        return self.now.date()

    def get(self, name: str, default: Any = None) -> Any:
        """What was given under this name."""
        return (self.given or {}).get(name, default)


Guard = Callable[[Step], Reason | None]


@dataclass(frozen=True)
class Who:
    """One line of the column Who: a role in a relation; without a role, anyone in it."""

    relation: Relation
    role: Role | None = None


@dataclass(frozen=True)
class Transition:
    """One row of domain.md 6. `facts` are asked always, `asks` only of what is given."""

    code: str
    label: str
    sources: frozenset[CaseState]
    target: CaseState | Callable[[Step], CaseState]
    who: tuple[Who, ...]
    facts: tuple[Guard, ...] = ()
    asks: tuple[Guard, ...] = ()
    explanation: str = ""
    compartment: Compartment = field(default=Compartment.SCHOOL_FILE)

    def reaches(self, step: Step) -> CaseState:
        """The state in which this step ends."""
        return self.target(step) if callable(self.target) else self.target
