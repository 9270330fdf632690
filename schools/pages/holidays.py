"""The page with the holidays of a school: what is known, what is to be checked, what is asked for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from schools.calendar import YEARLY_KINDS, school_year_of
from schools.enums import HolidayKind
from schools.models import HolidayPeriod, School
from schools.queries.holidays import Calendar, next_school_year
from teams.components import Action, Badge, BadgeKind, Row
from teams.templatetags.ui import long_day


@dataclass(frozen=True)
class HolidayYear:
    """One school year of the page."""

    name: str
    rows: list[Row]
    missing: str


@dataclass(frozen=True)
class HolidayPage:
    """This school year and the next, for someone who may edit."""

    school: School
    today: date

    @property
    def back(self) -> dict[str, str]:
        """The way back."""
        return {"label": self.school.name, "url": reverse("school", args=[self.school.pk])}

    @cached_property
    def years(self) -> list[HolidayYear]:
        """This school year and the next."""
        this_year = school_year_of(self.today)
        calendar = Calendar(self.school)
        return [self._year(calendar, name) for name in (this_year, next_school_year(this_year))]

    def _year(self, calendar: Calendar, name: str) -> HolidayYear:
        periods = calendar.in_year(name)
        known = {row.kind for row in periods}
        missing = [HolidayKind(kind).label for kind in YEARLY_KINDS if kind not in known]
        return HolidayYear(name, [self._row(row) for row in periods], ", ".join(missing))

    def _row(self, row: HolidayPeriod) -> Row:
        days = long_day(row.start)
        if row.end != row.start:
            days = f"{days} tot en met {long_day(row.end)}"
        return Row(
            lead=HolidayKind(row.kind).label.capitalize(),
            title=days,
            why=row.source,
            badge=None if row.is_checked else Badge("nog nakijken", BadgeKind.ATTENTION),
            action=self._action(row),
        )

    def _action(self, row: HolidayPeriod) -> Action | None:
        """Own rows can go; the region's can be taken over once someone has compared them."""
        if row.school_id:
            url = reverse("holiday-remove", args=[self.school.pk, row.pk])
            return Action("Weghalen", url, is_post=True, is_quiet=True)
        if row.is_checked:
            return None
        url = reverse("holidays", args=[self.school.pk])
        fields = (
            ("kind", row.kind),
            ("start", row.start.isoformat()),
            ("end", row.end.isoformat()),
            ("source", f"nagekeken; {row.source}"[:120]),
        )
        return Action("Klopt voor ons", url, is_post=True, is_quiet=True, fields=fields)
