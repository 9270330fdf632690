"""S-28: an evaluation due on the first day of the summer holiday is reminded of before it begins."""

from datetime import date, timedelta

from tests.scenarios.ways import agreement, consulted

# Region Midden: the last school day is Friday 16 July, school starts again on Monday 30 August.
HOLIDAY = (date(2027, 7, 17), date(2027, 8, 29))
LAST_SCHOOL_DAY = date(2027, 7, 16)


def _told(route, *, until):
    """The days on which the coordinator had a mail that names the case, day after day."""
    days = []
    while route.today < until:
        route.later(1)
        if any(mail.to == [route.ib.user.email] for mail in route.mails()):
            days.append(route.today)
    return days


def test_the_reminder_comes_before_the_last_school_day_is_over(route):
    route.move_to(date(2027, 6, 7))
    case = consulted(route)
    page = route.ib.step(case, "T-06", **agreement(route, evaluate_on=HOLIDAY[0].isoformat()))
    assert page.here == "Afspraken", page
    route.mails()
    days = _told(route, until=date(2027, 9, 10))
    before = [day for day in days if day < HOLIDAY[0]]
    assert before[-1] == LAST_SCHOOL_DAY
    assert not [day for day in days if HOLIDAY[0] <= day <= HOLIDAY[1]]
    assert all(day.weekday() < 5 for day in days)
    # Still not evaluated: told again on the first school day, and weekly after it.
    assert HOLIDAY[1] + timedelta(days=1) in days


def test_what_was_evaluated_in_time_is_not_reminded_of(route):
    route.move_to(date(2027, 6, 7))
    case = consulted(route)
    route.ib.step(case, "T-06", **agreement(route, evaluate_on=HOLIDAY[0].isoformat()))
    route.move_to(date(2027, 7, 8))
    link = route.ib.get(case).link("/evalueren/")
    assert route.ib.post(
        link, result="VOLDOENDE", result_note="Zij loopt zelf naar binnen."
    ).is_done
    route.mails()
    assert _told(route, until=date(2027, 7, 25)) == []
