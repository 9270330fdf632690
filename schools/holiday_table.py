"""The table of school holidays as people edit it: a CSV file in which what is not known stays empty."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from schools.calendar import Holiday, school_year_bounds, school_year_of
from schools.enums import HolidayKind
from teams.enums import HolidayRegion

COLUMNS = ("region", "school_year", "kind", "start", "end", "checked", "source")


class BrokenHolidayTable(ValueError):
    """A line of the table that cannot be read; the message is Dutch and names the line."""


@dataclass(frozen=True, kw_only=True)
class HolidayRow:
    """One line of the table; `start` or `end` is None while nobody has looked it up."""

    region: HolidayRegion
    school_year: str
    kind: HolidayKind
    start: date | None
    end: date | None
    checked: bool
    source: str

    @property
    def is_missing(self) -> bool:
        """Whether the page about holidays has to ask for this row."""
        return self.start is None or self.end is None

    def holiday(self) -> Holiday | None:
        """The row as a closed period, None while one of its dates is unknown."""
        if self.start is None or self.end is None:
            return None
        return Holiday(
            region=self.region,
            start=self.start,
            end=self.end,
            kind=self.kind,
            source=self.source,
            checked=self.checked,
        )


@dataclass(frozen=True)
class HolidayTable:
    """All rows of a table: the known periods and what is still to be asked for."""

    rows: tuple[HolidayRow, ...]

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The rows with both dates."""
        return tuple(holiday for row in self.rows if (holiday := row.holiday()))

    @property
    def missing(self) -> tuple[HolidayRow, ...]:
        """The rows without one or both dates."""
        return tuple(row for row in self.rows if row.is_missing)


def packaged_holidays() -> HolidayTable:
    """The table that comes with the product, every row still to be checked.

    Source: standards 4.8.
    """
    return read_holidays(
        files("schools").joinpath("data/holidays.csv").read_text("utf-8").splitlines()
    )


def read_holidays(lines: Iterable[str]) -> HolidayTable:
    """Read a table of holidays.

    Shape:  one row per line below the heading, in the order of the file.
    Errors: BrokenHolidayTable, in Dutch with the line number.
    """
    reader = csv.DictReader(lines)
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise BrokenHolidayTable(f"De vakantietabel mist de kolom {lacking[0]}.")
    return HolidayTable(tuple(_row(cells, line=reader.line_num) for cells in reader))


def _row(cells: dict[str, str], *, line: int) -> HolidayRow:
    try:
        row = HolidayRow(
            region=HolidayRegion(cells["region"].strip().upper()),
            school_year=cells["school_year"].strip(),
            kind=HolidayKind(cells["kind"].strip().upper()),
            start=_date(cells["start"]),
            end=_date(cells["end"]),
            checked=cells["checked"].strip().lower() == "ja",
            source=cells["source"].strip(),
        )
        school_year_bounds(row.school_year)
        row.holiday()
    except (ValueError, AttributeError) as error:
        raise BrokenHolidayTable(f"Regel {line} van de vakantietabel is niet leesbaar.") from error
    if row.start and school_year_of(row.start) != row.school_year:
        raise BrokenHolidayTable(
            f"Regel {line} van de vakantietabel begint niet in schooljaar {row.school_year}."
        )
    return row


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell.strip()) if cell.strip() else None
