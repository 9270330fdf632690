"""The editable table of holidays: what it holds, what it lacks, what it refuses."""

from datetime import date

import pytest

from schools.enums import HolidayKind
from schools.holiday_table import BrokenHolidayTable, packaged_holidays, read_holidays
from teams.enums import HolidayRegion

HEADING = "region,school_year,kind,start,end,checked,source"


def test_packaged_table_has_a_row_for_every_kind_region_and_year() -> None:
    rows = packaged_holidays().rows
    keys = {(row.region, row.school_year, row.kind) for row in rows}
    assert len(rows) == len(keys) == 3 * 2 * 5
    assert not any(row.checked for row in rows)


def test_unknown_dates_stay_empty_and_are_missing() -> None:
    table = packaged_holidays()
    missing = {(row.region, row.kind) for row in table.missing}
    assert {region for region, _ in missing} == {
        HolidayRegion.NORTH,
        HolidayRegion.SOUTH,
    }
    assert (HolidayRegion.SOUTH, HolidayKind.CHRISTMAS) not in missing
    assert len(table.holidays) + len(table.missing) == len(table.rows)


def test_half_known_holiday_keeps_its_start() -> None:
    autumn = next(
        row
        for row in packaged_holidays().missing
        if row.region == HolidayRegion.SOUTH and row.kind == HolidayKind.AUTUMN
    )
    assert autumn.start == date(2026, 10, 17)
    assert autumn.end is None
    assert autumn.holiday() is None


@pytest.mark.parametrize(
    "line",
    [
        "midden,2026-2027,paasfeest,2026-10-17,2026-10-25,nee,x",
        "midden,2026-2027,herfst,17-10-2026,2026-10-25,nee,x",
        "midden,2026-2027,herfst,2026-10-25,2026-10-17,nee,x",
        "midden,2026-2028,herfst,2026-10-17,2026-10-25,nee,x",
        "midden,2025-2026,herfst,2026-10-17,2026-10-25,nee,x",
        "midden,2026-2027",
    ],
)
def test_a_mistake_names_its_line(line: str) -> None:
    with pytest.raises(BrokenHolidayTable, match="Regel 2"):
        read_holidays([HEADING, line])


def test_missing_column_is_named() -> None:
    with pytest.raises(BrokenHolidayTable, match="kolom school_year"):
        read_holidays(["region,kind,start,end,checked,source"])
