"""School days: weekends, public holidays, school holidays, and what happens where the table ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.calendar import (
    Holiday,
    HolidayUnknown,
    ReminderKind,
    SchoolCalendar,
    calendar_for,
    easter_sunday,
    public_holidays,
    school_year_bounds,
    school_year_of,
)
from schools.enums import HolidayKind
from schools.holiday_table import packaged_holidays
from teams.enums import HolidayRegion

MIDDLE = calendar_for(packaged_holidays().holidays, region=HolidayRegion.MIDDLE)
# From the first day after the summer of 2025-2026 whose following summer is known as well.
KNOWN_DAYS = st.dates(date(2025, 9, 8), date(2027, 7, 31))
ANY_DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "school_year"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
    ],
)
def test_school_year_turns_on_first_of_august(day: date, school_year: str) -> None:
    assert school_year_of(day) == school_year


@given(ANY_DAYS)
def test_a_day_lies_within_its_school_year(day: date) -> None:
    first, last = school_year_bounds(school_year_of(day))
    assert first <= day <= last


@pytest.mark.parametrize("text", ["2026", "2026-2028", "26-27", "2026/2027", "", "2026-2027-2028"])
def test_only_two_consecutive_years_make_a_school_year(text: str) -> None:
    with pytest.raises(ValueError, match="not a school year"):
        school_year_bounds(text)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))],
)
def test_easter(year: int, day: date) -> None:
    assert easter_sunday(year) == day


def test_public_holidays_of_a_year() -> None:
    days = public_holidays(2026)
    assert {
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 14),
        date(2026, 5, 25),
    } <= days
    assert date(2026, 5, 5) not in days
    assert date(2025, 5, 5) in public_holidays(2025)


def test_kings_day_moves_to_saturday_when_it_is_a_sunday() -> None:
    assert date(2025, 4, 26) in public_holidays(2025)
    assert date(2025, 4, 27) not in public_holidays(2025)


def test_weekends_and_holidays_are_no_school_days() -> None:
    assert MIDDLE.is_school_day(date(2026, 11, 20))
    assert not MIDDLE.is_school_day(date(2026, 11, 21))
    assert not MIDDLE.is_school_day(date(2026, 10, 19))
    assert not MIDDLE.is_school_day(date(2026, 5, 14))


def test_school_days_skip_the_autumn_holiday() -> None:
    friday = date(2026, 10, 16)
    assert MIDDLE.next_school_day(friday) == date(2026, 10, 26)
    assert MIDDLE.add_school_days(friday, 5) == date(2026, 10, 30)
    assert MIDDLE.previous_school_day(date(2026, 10, 26)) == friday
    assert MIDDLE.school_days_between(friday, date(2026, 10, 30)) == 5
    assert MIDDLE.school_weeks(friday, date(2026, 10, 30)) == 1
    assert MIDDLE.add_school_weeks(friday, 1) == date(2026, 10, 30)


def test_zero_school_days_after_a_closed_day_is_the_next_open_one() -> None:
    assert MIDDLE.add_school_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert MIDDLE.add_school_days(date(2026, 11, 21), 0) == date(2026, 11, 23)


def test_reminder_leaves_the_holiday_on_the_side_of_its_kind() -> None:
    in_autumn = date(2026, 10, 21)
    assert MIDDLE.reminder_day(in_autumn, ReminderKind.DEADLINE) == date(2026, 10, 16)
    assert MIDDLE.reminder_day(in_autumn, ReminderKind.OVERDUE) == date(2026, 10, 26)
    assert MIDDLE.reminder_day(date(2026, 11, 18), ReminderKind.DEADLINE) == date(2026, 11, 18)


@pytest.mark.parametrize("day", [date(2027, 9, 1), date(2025, 8, 27), date(2024, 11, 4)])
def test_a_day_without_known_holidays_raises(day: date) -> None:
    with pytest.raises(HolidayUnknown) as caught:
        MIDDLE.is_school_day(day)
    assert caught.value.school_year == school_year_of(day)


def test_counting_past_the_end_of_the_table_raises() -> None:
    with pytest.raises(HolidayUnknown):
        MIDDLE.add_school_days(date(2027, 7, 1), 20)


def test_lenient_calendar_counts_monday_to_friday() -> None:
    lenient = MIDDLE.lenient()
    assert lenient.add_school_days(date(2028, 2, 4), 1) == date(2028, 2, 7)
    assert not lenient.is_school_day(date(2026, 10, 19))


@pytest.mark.parametrize("region", [HolidayRegion.NORTH, HolidayRegion.SOUTH])
def test_what_the_table_lacks_is_asked_for(region: HolidayRegion) -> None:
    calendar = calendar_for(packaged_holidays().holidays, region=region)
    assert calendar.missing_kinds("2025-2026") == ()
    assert HolidayKind.SUMMER in calendar.missing_kinds("2026-2027")
    with pytest.raises(HolidayUnknown):
        calendar.is_school_day(date(2026, 11, 20))


def test_own_rows_of_a_school_replace_the_regions() -> None:
    own = Holiday(
        region=HolidayRegion.MIDDLE,
        school="S1",
        start=date(2026, 10, 10),
        end=date(2026, 10, 18),
        kind=HolidayKind.AUTUMN,
    )
    study_day = Holiday(
        region=HolidayRegion.MIDDLE,
        school="S1",
        start=date(2026, 11, 20),
        end=date(2026, 11, 20),
        kind=HolidayKind.STUDY_DAY,
    )
    rows = (*packaged_holidays().holidays, own, study_day)
    school = calendar_for(rows, region=HolidayRegion.MIDDLE, school="S1")
    assert school.is_school_day(date(2026, 10, 19))
    assert not school.is_school_day(date(2026, 10, 12))
    assert not school.is_school_day(date(2026, 11, 20))
    assert calendar_for(rows, region=HolidayRegion.MIDDLE).is_school_day(date(2026, 11, 20))


def test_holiday_refuses_an_end_before_its_start() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Holiday(
            region=HolidayRegion.MIDDLE,
            start=date(2026, 5, 2),
            end=date(2026, 5, 1),
            kind=HolidayKind.MAY,
        )


@given(KNOWN_DAYS.filter(lambda day: day < date(2027, 3, 1)), st.integers(1, 60))
def test_counting_back_is_the_inverse_of_adding(day: date, count: int) -> None:
    later = MIDDLE.add_school_days(day, count)
    assert MIDDLE.is_school_day(later)
    assert MIDDLE.school_days_between(day, later) == count


@given(KNOWN_DAYS.filter(lambda day: day > date(2026, 2, 1)), st.integers(1, 60))
def test_school_days_before_are_counted_the_same_way(day: date, count: int) -> None:
    earlier = MIDDLE.add_school_days(day, -count)
    assert MIDDLE.is_school_day(earlier)
    assert MIDDLE.school_days_between(day, earlier) == -count


@given(
    KNOWN_DAYS.filter(lambda day: day < date(2027, 3, 1)),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_adding_twice_is_adding_the_sum(day: date, first: int, second: int) -> None:
    assert MIDDLE.add_school_days(
        MIDDLE.add_school_days(day, first), second
    ) == MIDDLE.add_school_days(day, first + second)


@given(ANY_DAYS, st.sampled_from(ReminderKind))
def test_no_reminder_falls_on_a_closed_day(day: date, kind: ReminderKind) -> None:
    """R-16.2 for every day of a century."""
    calendar = MIDDLE.lenient()
    moved = calendar.reminder_day(day, kind)
    assert calendar.is_school_day(moved)
    assert moved <= day if kind == ReminderKind.DEADLINE else moved >= day


@given(ANY_DAYS, st.integers(0, 40), st.integers(0, 40))
def test_more_holidays_never_bring_a_day_forward(day: date, offset: int, length: int) -> None:
    start = day + timedelta(days=offset)
    holiday = Holiday(
        region=HolidayRegion.MIDDLE,
        start=start,
        end=start + timedelta(days=length),
        kind=HolidayKind.OTHER,
    )
    without, with_holiday = (
        SchoolCalendar((), is_lenient=True),
        SchoolCalendar((holiday,), is_lenient=True),
    )
    assert with_holiday.add_school_days(day, 10) >= without.add_school_days(day, 10)
