"""What the judge knows: people, pupils, cases, consents and objects as plain data; imports nothing of ours."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Post:
    """A dated assignment, and for how long somebody else stands in (R-2.1, `wnm`)."""

    person: str
    role: str
    at: str
    since: date
    until: date | None = None
    deputy: str = ""
    deputy_since: date | None = None
    deputy_until: date | None = None


@dataclass(frozen=True)
class Person:
    key: str
    employer: str = ""
    is_active: bool = True
    kin: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """A pupil at a school, in a group, from a day until another."""

    school: str
    group: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Carer:
    """Custody: yes, no or unknown, and whether a second person checked it."""

    key: str
    custody: str = "yes"
    is_checked: bool = True
    is_institution: bool = False


@dataclass(frozen=True)
class Pupil:
    key: str
    born: date
    places: tuple[Place, ...]
    carers: tuple[Carer, ...] = ()


@dataclass(frozen=True)
class Consent:
    """One purpose, these organizations and data classes; `said` is (giver, answer, day) in order.

    Not asked yet: a draft.
    """

    purpose: str
    recipients: frozenset[str]
    classes: frozenset[str]
    asked: date | None
    until: date
    said: tuple[tuple[str, str, date], ...] = ()


@dataclass(frozen=True)
class Chair:
    """A person at the table by name: participant or regiehouder, in a role."""

    person: str
    role: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Asked:
    """A consult: who was asked in which role, and when it ended."""

    key: str
    people: tuple[tuple[str, str], ...]
    held: date | None = None


@dataclass(frozen=True)
class Case:
    key: str
    pupil: str
    school: str
    state: str
    opened: date
    closed: date | None = None
    participants: tuple[Chair, ...] = ()
    lead: Chair | None = None
    consults: tuple[Asked, ...] = ()
    # Meeting and whoever is invited to it by name.
    invited: tuple[tuple[str, str, frozenset[str]], ...] = ()
    consents: tuple[Consent, ...] = ()
    is_class_named: bool = False
    absence: tuple[date, date | None] | None = None


@dataclass(frozen=True)
class Thing:
    """One object: what it is, of which case, pupil, school or group, and what narrows it."""

    key: str
    kind: str
    case: str = ""
    pupil: str = ""
    school: str = ""
    group: str = ""
    part_of: str = ""
    author: str = ""
    # The actors named in the flag of a secret address; empty when it is not secret.
    secret_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reader:
    """A person in the role acted in; no role when none is held."""

    person: str
    role: str


@dataclass(frozen=True)
class Verdict:
    is_permitted: bool
    rule: str


@dataclass
class Facts:
    people: dict[str, Person] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    # Group to school, school to board.
    above: dict[str, str] = field(default_factory=dict)
    # (person, role, school) of the fixed faces (`lnk`).
    linked: set[tuple[str, str, str]] = field(default_factory=set)


def holds(since: date, until: date | None, day: date) -> bool:
    """From a day until, and not including, another (R-2.1)."""
    return since <= day and (until is None or day < until)


def age(born: date, day: date) -> int:
    """Whole years; a birthday counts from its own day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def required(purpose: str, pupil: Pupil, day: date) -> frozenset[str] | None:
    """Who must all say yes (table 2.6); none when nobody can."""
    years = age(pupil.born, day)
    if years >= 16:
        return frozenset({"pupil"})
    if any(carer.custody == "unknown" for carer in pupil.carers):
        return None
    own = [carer for carer in pupil.carers if carer.custody == "yes"]
    guardians = [carer for carer in own if carer.is_institution]
    givers = guardians or own
    if not givers or not all(carer.is_checked for carer in givers):
        return None
    with_pupil = {"pupil"} if years >= 12 and purpose in "cde" else set()
    return frozenset({carer.key for carer in givers} | with_pupil)
