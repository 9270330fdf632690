"""What the shared page components need, as plain values.

A page builds these and hands them to the templates in `templates/components/`; they know no
model, no rule and no URL of their own. Every component has a template of the same name.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from teams.access.errors import Reason


class BadgeKind(StrEnum):
    """The four meanings a badge can have; the value is its CSS class."""

    NEUTRAL = "neutraal"
    ATTENTION = "let-op"
    ERROR = "fout"
    DONE = "klaar"


class StationState(StrEnum):
    """Where a station lies, seen from the case; the value is its CSS class."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Badge:
    """A short word about a state, never colour alone."""

    label: str
    kind: BadgeKind = BadgeKind.NEUTRAL


@dataclass(frozen=True)
class Action:
    """One thing the reader can do: a link, a POST, or the reasons why not yet.

    With `is_post` the button is a form that posts `fields` to `url`; `step` is the id of a
    transition ("T-15"), shown to machines only. With `reasons` the button is grey.
    """

    label: str
    url: str = ""
    is_post: bool = False
    is_quiet: bool = False
    step: str = ""
    icon: str = ""
    reasons: tuple[Reason, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def refusal(self) -> str:
        """All reasons in one line, for the grey button's description."""
        return " ".join(str(reason) for reason in self.reasons)

    @property
    def refusal_codes(self) -> str:
        """The guards that refuse, for machines that look from outside (`data-reden`)."""
        return " ".join(reason.code for reason in self.reasons if reason.code)


@dataclass(frozen=True)
class Row:
    """One line of a list: what, why, and one action or a moment.

    `lead` is the bold beginning of the line, `title` the rest; `url` makes the lead a link.
    """

    title: str = ""
    lead: str = ""
    why: str = ""
    url: str = ""
    when: str = ""
    badge: Badge | None = None
    action: Action | None = None
    is_muted: bool = False


@dataclass(frozen=True)
class Face:
    """A person at the table, with the role and the ground in one line."""

    name: str
    line: str = ""
    url: str = ""
    is_family: bool = False
    badge: Badge | None = None


@dataclass(frozen=True)
class Station:
    """One stop of a route; `detail` is a date when passed, a condition when ahead."""

    label: str
    state: StationState = StationState.NEXT
    detail: str = ""


@dataclass(frozen=True)
class Branch:
    """A side line with its own stations, such as an arrangement or Team NO."""

    label: str
    stations: tuple[Station, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Route:
    """The drawn route: the main line, its branches, and one sentence under it."""

    stations: tuple[Station, ...]
    branches: tuple[Branch, ...] = ()
    note: str = ""
    note_url: str = ""
    note_link: str = ""


@dataclass(frozen=True)
class Tab:
    """One part of a page with an address of its own."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class GoalPoint:
    """A score on the scale of 1 to 10 on a day."""

    day: date
    score: int


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: a whole number with its label."""

    label: str
    value: int
    url: str = ""


@dataclass(frozen=True)
class FilterChip:
    """An active filter, with the address of the same list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: what happened, by whom, when."""

    lead: str
    title: str = ""
    text: str = ""
    when: str = ""
    icon: str = ""
    url: str = ""
    badge: Badge | None = None


@dataclass(frozen=True)
class Fact:
    """A term and its value in a definition list."""

    term: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Pager:
    """Towards the next part of a list, and back to the first; empty where there is none."""

    previous_url: str
    next_url: str
    text: str = ""
