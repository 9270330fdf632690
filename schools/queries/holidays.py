"""The holidays of a school as people edit them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from schools.calendar import YEARLY_KINDS, school_year_bounds, school_year_of
from schools.enums import HolidayKind
from schools.models import HolidayPeriod, School


@dataclass(frozen=True)
class Calendar:
    """The rows that count for one school: its own, and the region's where it has none of that kind."""

    school: School

    @cached_property
    def periods(self) -> list[HolidayPeriod]:
        """All periods that count, in order."""
        rows = HolidayPeriod.objects.filter(
            Q(school=self.school) | Q(school__isnull=True, region=self.school.holiday_region)
        ).order_by("start")
        own = {(row.school_year, row.kind) for row in rows if row.school_id}
        return [row for row in rows if row.school_id or (row.school_year, row.kind) not in own]

    def coming(self, day: date) -> list[HolidayPeriod]:
        """The periods that are not over on this day."""
        return [row for row in self.periods if row.end >= day]

    def in_year(self, school_year: str) -> list[HolidayPeriod]:
        """The periods of a school year."""
        return [row for row in self.periods if row.school_year == school_year]

    def missing(self, day: date) -> list[HolidayKind]:
        """Which of the five holidays of the school year of this day are unknown."""
        known = {row.kind for row in self.in_year(school_year_of(day))}
        return [kind for kind in YEARLY_KINDS if kind not in known]


def next_school_year(school_year: str) -> str:
    """The school year after this one."""
    _, last = school_year_bounds(school_year)
    return f"{last.year}-{last.year + 1}"
