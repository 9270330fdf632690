"""The calendar of a school, from the editable table of holidays."""

from django.db.models import Q

from schools.calendar import Holiday, SchoolCalendar, calendar_for
from schools.enums import HolidayKind
from schools.models import HolidayPeriod, School


def calendar_of(school: School) -> SchoolCalendar:
    """Read the school days of one school; its own holidays replace those of the region.

    Shape:  a lenient calendar: Monday to Friday where holidays are not known yet; pages
            warn with `missing_kinds()` (standards.md 4.8).
    """
    rows = HolidayPeriod.objects.filter(
        Q(school=school) | Q(school__isnull=True, region=school.holiday_region)
    )
    region = school.holiday_region
    holidays = [
        Holiday(
            region=region,
            start=row.start,
            end=row.end,
            kind=HolidayKind(row.kind),
            school=str(row.school_id or ""),
        )
        for row in rows
    ]
    return calendar_for(holidays, region=region, school=str(school.pk)).lenient()
