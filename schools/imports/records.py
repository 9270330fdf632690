"""What is read from an EDEXML file: frozen records with only the fields the product may keep."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from schools.enums import Gender


class Severity(StrEnum):
    """How much a deviation matters to the person who imports."""

    NOTICE = "notice"
    WARNING = "warning"


@dataclass(frozen=True)
class Deviation:
    """One thing in a file that is not as it should be; the text is Dutch and holds no personal data."""

    line: int
    text: str
    severity: Severity


class BrokenFile(ValueError):
    """A file that cannot be imported at all.

    `text` is one or two Dutch sentences for the user, `line` the line in the file (0 when it is about the
    whole file).
    """

    def __init__(self, text: str, *, line: int = 0) -> None:
        self.line = line
        self.text = f"Regel {line}: {text}" if line else text
        super().__init__(self.text)


@dataclass(frozen=True, kw_only=True)
class SchoolHeader:
    """The head of the file: which school, which school year, when made."""

    school_year: str
    reference_date: date | None = None
    brin: str = ""
    branch_code: str = "00"
    school_key: str = ""
    created_at: datetime | None = None
    author: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class SiteRecord:
    """A site (vestiging) of the school."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class GroupRecord:
    """A group; `year_group` is "C" when the year differs per pupil, "" when unknown."""

    key: str
    name: str
    year_group: str


@dataclass(frozen=True, kw_only=True)
class CombinedGroupRecord:
    """A group across groups (samengestelde groep), such as a plus class."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class StudentRecord:
    """A pupil. Empty text and None mean: not in the file."""

    key: str
    line: int = 0
    last_name: str = ""
    prefix: str = ""
    given_names: str = ""
    initials: str = ""
    call_name: str = ""
    birth_date: date | None = None
    gender: Gender = Gender.UNKNOWN
    year_group: str = ""
    group_key: str = ""
    combined_group_keys: tuple[str, ...] = ()
    site_key: str = ""
    postcode_area: str = ""
    entry_date: date | None = None
    leave_date: date | None = None

    @property
    def first_name(self) -> str:
        """The name the pupil goes by, as far as the file has one."""
        return self.call_name or self.given_names or self.initials

    def has_left(self, *, on: date) -> bool:
        """Whether the pupil is a leaver on this day: left on or before it, or marked as historical."""
        return self.year_group == "H" or (self.leave_date is not None and self.leave_date <= on)


@dataclass(frozen=True, kw_only=True)
class StaffRecord:
    """Someone who works at the school. Roles are words only and never give rights."""

    key: str
    line: int = 0
    last_name: str = ""
    prefix: str = ""
    initials: str = ""
    call_name: str = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    group_keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EdexmlFile:
    """A whole file, read and checked; `sha256` tells whether it is the same file as before."""

    school: SchoolHeader
    sites: tuple[SiteRecord, ...] = ()
    groups: tuple[GroupRecord, ...] = ()
    combined_groups: tuple[CombinedGroupRecord, ...] = ()
    students: tuple[StudentRecord, ...] = ()
    staff: tuple[StaffRecord, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    sha256: str = ""
