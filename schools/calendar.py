"""What counts as a school day: weekends, public holidays and the school holidays of a region or school.

Pure: no database, no clock. The rows come from `holiday_table.py` or from the database; days are passed in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from schools.enums import HolidayKind

ONE_DAY = timedelta(days=1)
SCHOOL_DAYS_PER_WEEK = 5
FIRST_MONTH = 8
# The latest official summer holiday of the last ten years ended on 3 September.
LATEST_SUMMER_END = (9, 7)


YEARLY_KINDS = (
    HolidayKind.AUTUMN,
    HolidayKind.CHRISTMAS,
    HolidayKind.SPRING,
    HolidayKind.MAY,
    HolidayKind.SUMMER,
)


class ReminderKind(StrEnum):
    """Whether a reminder announces a deadline or follows one that has passed."""

    DEADLINE = "deadline"
    OVERDUE = "overdue"


class HolidayUnknown(LookupError):
    """The holidays of the school year of this day are not (all) known."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.school_year = school_year_of(day)
        super().__init__(f"holidays of {self.school_year} are incomplete at {day.isoformat()}")


def school_year_of(day: date) -> str:
    """The school year a day belongs to.

    Shape:  "2026-2027"; a school year runs from 1 August to 31 July.
    Source: WPO 1.
    """
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def school_year_bounds(school_year: str) -> tuple[date, date]:
    """First and last day of a school year written as "2026-2027".

    Errors: ValueError when the two years are not consecutive years of four digits.
    """
    first, separator, second = school_year.partition("-")
    is_pattern = bool(separator) and all(
        len(part) == 4 and part.isdecimal() for part in (first, second)
    )
    if not is_pattern or int(second) != int(first) + 1:
        raise ValueError(f"not a school year: {school_year!r}")
    return date(int(first), FIRST_MONTH, 1), date(int(second), FIRST_MONTH, 1) - ONE_DAY


def easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher)."""
    century, in_century = divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    golden = year % 19
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Days on which every Dutch school is closed by custom or collective agreement.

    Good Friday and the Friday after Ascension Day differ per board: those are rows in the table.
    """
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    days = {
        date(year, 1, 1),
        easter,
        easter + timedelta(days=1),
        kings_day - ONE_DAY if kings_day.isoweekday() == 7 else kings_day,
        easter + timedelta(days=39),
        easter + timedelta(days=49),
        easter + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    # Liberation Day is a day off once in five years.
    return frozenset(days | {date(year, 5, 5)} if year % 5 == 0 else days)


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One closed period of a region, or of one school when `school` is filled; both ends included."""

    region: str
    start: date
    end: date
    kind: HolidayKind
    source: str = ""
    checked: bool = False
    school: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"holiday ends before it starts: {self.start.isoformat()}")

    @property
    def school_year(self) -> str:
        """The school year the holiday is announced for; summer counts for the year that ends."""
        return school_year_of(self.start)

    def days(self) -> Iterator[date]:
        """Every day of the period."""
        return (
            self.start + timedelta(days=offset)
            for offset in range((self.end - self.start).days + 1)
        )


@dataclass(frozen=True)
class SchoolCalendar:
    """The school days of one region or school.

    Every question raises `HolidayUnknown` when the answer needs a school year whose five holidays are not
    all known; `lenient()` gives a calendar that then counts Monday to Friday, for a caller that warns.
    """

    holidays: tuple[Holiday, ...]
    is_lenient: bool = False

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.days())

    @cached_property
    def _known(self) -> frozenset[tuple[str, HolidayKind]]:
        return frozenset((holiday.school_year, holiday.kind) for holiday in self.holidays)

    def lenient(self) -> "SchoolCalendar":
        """The same calendar that counts Monday to Friday where holidays are unknown."""
        return SchoolCalendar(self.holidays, is_lenient=True)

    def missing_kinds(self, school_year: str) -> tuple[HolidayKind, ...]:
        """The holidays of a school year that are still to be asked for; empty when complete."""
        return tuple(kind for kind in YEARLY_KINDS if (school_year, kind) not in self._known)

    def is_known(self, day: date) -> bool:
        """Whether all holidays that could fall on this day are in the table."""
        if self.missing_kinds(school_year_of(day)):
            return False
        in_late_summer = (FIRST_MONTH, 1) <= (day.month, day.day) <= LATEST_SUMMER_END
        last_year = f"{day.year - 1}-{day.year}"
        return not in_late_summer or (last_year, HolidayKind.SUMMER) in self._known

    def is_school_day(self, day: date) -> bool:
        """Whether the school is open.

        Errors: HolidayUnknown when that cannot be told; never for a weekend or a known holiday.
        """
        if (
            day.isoweekday() > SCHOOL_DAYS_PER_WEEK
            or day in self._closed
            or day in public_holidays(day.year)
        ):
            return False
        if not self.is_lenient and not self.is_known(day):
            raise HolidayUnknown(day)
        return True

    def next_school_day(self, day: date) -> date:
        """The first school day after this day. Errors: HolidayUnknown."""
        return self.on_or_after(day + ONE_DAY)

    def previous_school_day(self, day: date) -> date:
        """The last school day before this day. Errors: HolidayUnknown."""
        return self.on_or_before(day - ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """This day, or the first school day after it when the school is closed. Errors: HolidayUnknown."""
        while not self.is_school_day(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """This day, or the last school day before it when the school is closed. Errors: HolidayUnknown."""
        while not self.is_school_day(day):
            day -= ONE_DAY
        return day

    def add_school_days(self, day: date, count: int) -> date:
        """The day that lies `count` school days after this day, or before it when negative.

        Shape:  always a school day; zero gives this day or, when closed, the first school day after it.
        Errors: HolidayUnknown when the calendar ends on the way.
        Source: domain 16.1, "n school days after".
        """
        if count == 0:
            return self.on_or_after(day)
        step = self.next_school_day if count > 0 else self.previous_school_day
        for _ in range(abs(count)):
            day = step(day)
        return day

    def add_school_weeks(self, day: date, weeks: int) -> date:
        """The day that lies `weeks` school weeks of five school days after this day. Errors: HolidayUnknown."""
        return self.add_school_days(day, weeks * SCHOOL_DAYS_PER_WEEK)

    def school_days_between(self, start: date, end: date) -> int:
        """How many school days one must go from start to reach end; the inverse of `add_school_days`.

        Shape:  school days after start up to and including end; negative when end lies before start.
        Errors: HolidayUnknown when the calendar ends in between.
        """
        if end < start:
            return -sum(self.is_school_day(day) for day in _days(end, start))
        return sum(self.is_school_day(day) for day in _days(start + ONE_DAY, end + ONE_DAY))

    def school_weeks(self, start: date, end: date) -> int:
        """Full school weeks of five school days between two days, toward zero. Errors: HolidayUnknown."""
        return int(self.school_days_between(start, end) / SCHOOL_DAYS_PER_WEEK)

    def reminder_day(self, day: date, kind: ReminderKind) -> date:
        """The day on which a reminder meant for this day goes out.

        Shape:  the day itself when the school is open; else the last school day before (deadline) or the
                first after (overdue).
        Errors: HolidayUnknown.
        Source: R-16.2.
        """
        return self.on_or_before(day) if kind == ReminderKind.DEADLINE else self.on_or_after(day)


def calendar_for(holidays: Iterable[Holiday], *, region: str, school: str = "") -> SchoolCalendar:
    """The calendar of a region, or of a school whose own rows replace the region's of that kind and year."""
    rows = tuple(holidays)
    own = tuple(row for row in rows if school and row.school == school)
    replaced = {(row.school_year, row.kind) for row in own}
    regional = (
        row
        for row in rows
        if not row.school and row.region == region and (row.school_year, row.kind) not in replaced
    )
    return SchoolCalendar((*regional, *own))


def _days(start: date, stop: date) -> Iterator[date]:
    return (start + timedelta(days=offset) for offset in range((stop - start).days))
