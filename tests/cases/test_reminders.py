"""Reminders: which days, out of holidays, to whom, and never of what is done (domain.md 16.1)."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions.agreements import evaluate_agreement
from cases.actions.reminding import remind
from cases.enums import AgreementResult, CaseState, LeadState
from cases.models import Agreement, Case, CaseLead
from cases.notices import Notice
from cases.reminders import TABLE, reschedule
from schools.enums import HolidayKind
from schools.models import HolidayPeriod
from teams.enums import HolidayRegion
from teams.models import Assignment, DueRow, OutboxEntry, User
from tests.cases.ladder import agreement_of, agreements_case
from tests.cases.late_ladder import (
    act,
    ot_case,
    ot_preparing_case,
    running_case,
    vot_requested_case,
)
from tests.world import AMSTERDAM, NOW

DAY = timedelta(days=1)


def at(day: date) -> datetime:
    """Nine in the morning."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=AMSTERDAM)


def due_days(kind: str) -> list[date]:
    return sorted(DueRow.objects.filter(kind=kind, done_at=None).values_list("due_on", flat=True))


def told(kind: str = Notice.REMINDER) -> set[str]:
    people = OutboxEntry.objects.filter(kind=kind).values_list("recipient_id", flat=True)
    return set(User.objects.filter(pk__in=people).values_list("persona", flat=True))


def test_an_evaluation_is_announced_and_then_repeated_out_of_the_holiday(world):
    agreements_case(world)
    evaluate_on = NOW.date() + 28 * DAY
    assert evaluate_on == date(2026, 12, 21), "in the Christmas holiday"
    first_day, last_day = date(2027, 1, 4), date(2026, 12, 18)
    assert due_days("agreement") == [date(2026, 12, 14), last_day, first_day]
    assert due_days("agreement_late") == [date(2027, 1, 15)]
    assert set(DueRow.objects.values_list("about_day", flat=True)) >= {evaluate_on}


def test_s28_an_evaluation_on_the_first_day_of_summer_is_announced_before_it(world):
    spring = at(date(2027, 6, 14))
    agreements_case(world, agreement_of(world, on=date(2027, 7, 17)), now=spring)
    last_school_day = date(2027, 7, 16)
    assert due_days("agreement") == [date(2027, 7, 9), last_school_day, date(2027, 8, 30)]
    remind(now=at(date(2027, 7, 9)))
    assert told() == {"ib-kade"}
    mail = OutboxEntry.objects.get(kind=Notice.REMINDER)
    assert mail.run_at == at(date(2027, 7, 9))


def test_a_reminder_goes_to_doer_and_coordinator_once(world):
    agreements_case(world, agreement_of(world, doer_person=world.people["teacher-kade"]))
    for _ in range(2):
        remind(now=at(date(2026, 12, 14)))
    assert told() == {"ib-kade", "teacher-kade"}
    assert OutboxEntry.objects.filter(kind=Notice.REMINDER).count() == 2


def test_a_deputy_is_told_too(world):
    Assignment.objects.filter(person=world.people["ib-kade"]).update(
        deputy=world.people["teacher-werf"],
        deputy_since=date(2026, 12, 1),
        deputy_until=date(2026, 12, 31),
    )
    agreements_case(world)
    remind(now=at(date(2026, 12, 14)))
    assert told() == {"ib-kade", "teacher-werf"}


def test_a_done_object_reminds_nobody(world):
    case = agreements_case(world)
    assert due_days("agreement")
    agreement = Agreement.unscoped.get()
    given = {"result": AgreementResult.SUFFICIENT, "result_note": "Gaat goed."}
    act(world, "ib-kade", evaluate_agreement, agreement.pk, given=given)
    assert due_days("agreement") == due_days("agreement_late") == []
    assert DueRow.objects.filter(dossier=case.dossier_id).values("kind").distinct().count() <= 1


def test_the_run_asks_the_object_again(world):
    """A row that outlived its object, as after a direct change, sends nothing (R-16.3)."""
    agreements_case(world)
    Agreement.unscoped.update(result=AgreementResult.SUFFICIENT, evaluated_on=NOW.date())
    remind(now=at(date(2026, 12, 14)))
    assert told() == set()
    assert due_days("agreement") == []


def test_missed_days_are_made_up_for_once_and_name_the_true_day(world):
    agreements_case(world)
    remind(now=at(date(2027, 2, 1)))
    rows = DueRow.objects.filter(kind="agreement", done_at__isnull=False)
    assert rows.count() == 3
    mails = OutboxEntry.objects.filter(kind=Notice.REMINDER)
    assert mails.filter(subject_id__in=rows).count() == 1
    sent = DueRow.objects.get(pk=mails.get(subject_id__in=rows).subject_id)
    assert (sent.about_day, sent.due_on) == (date(2026, 12, 21), date(2027, 1, 4))
    assert mails.first().run_at == at(date(2027, 2, 1))
    # From here on weekly, and the head hears after ten school days.
    assert due_days("agreement")[0] == date(2027, 2, 8)
    assert "head-kade" in told()


def test_weekly_until_it_is_done(world):
    agreements_case(world)
    days = [date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]
    for day in days:
        remind(now=at(day))
    sent = DueRow.objects.filter(kind="agreement", done_at__isnull=False)
    assert set(sent.values_list("due_on", flat=True)) >= set(days)
    assert due_days("agreement")[0] == date(2027, 1, 25)


def test_rescheduling_again_changes_nothing(world, django_assert_max_num_queries):
    case = agreements_case(world)
    before = set(DueRow.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(14):
        reschedule(case, now=NOW)
    assert set(DueRow.objects.values_list("pk", flat=True)) == before


def test_a_requested_vot_reminds_the_head(world):
    case = vot_requested_case(world)
    assert due_days("vot_asked") == [date(2026, 11, 25), date(2026, 11, 30)]
    assert told(Notice.VOT_REQUESTED) == {"head-kade"}
    remind(now=at(date(2026, 11, 25)))
    assert told() == {"head-kade"}
    assert case.state == CaseState.VOT_REQUESTED


def test_a_vot_without_ot_reminds_the_head(world):
    case = ot_preparing_case(world)
    assert due_days("vot_asked") == []
    held_on = NOW.date() + 3 * DAY
    rows = DueRow.objects.filter(kind="ot_not_invited", subject_id=case.pk)
    assert set(rows.values_list("about_day", flat=True)) == {held_on}
    assert due_days("ot_not_invited") == [date(2026, 12, 3), date(2026, 12, 10)]


def test_an_ot_reminds_everyone_invited_and_parents_by_mail(world):
    ot_case(world)
    assert due_days("ot_not_invited") == []
    (day,) = due_days("ot_ahead")
    remind(now=at(day))
    assert told() == {"teacher-kade", "ib-kade"}
    assert OutboxEntry.objects.filter(kind=Notice.INVITATION_REMINDER).count() == 2


def test_an_offered_regie_lapses_to_the_head_after_five_working_days(world):
    case = ot_preparing_case(world)
    offer = CaseLead.unscoped.get(case=case, state=LeadState.OFFERED)
    offered = offer.offered_on
    assert offered == date(2026, 11, 26)
    assert due_days("lead_offer") == [date(2026, 12, 1)]
    remind(now=at(date(2026, 12, 1)))
    assert {"head-kade", offer.person.persona} <= told()
    remind(now=at(date(2026, 12, 3)))
    assert told(Notice.LEAD_LAPSED) == {"head-kade", offer.person.persona}
    holder = CaseLead.unscoped.get(case=case, state=LeadState.ACCEPTED)
    assert (holder.person.persona, holder.is_default) == ("head-kade", True)
    assert due_days("lead_offer") == due_days("lead_lapsed") == []


def test_a_running_plan_reminds_the_holder_and_later_everyone(world):
    case = running_case(world)
    evaluate_on = case.plans.model.unscoped.get(case=case).evaluate_on
    assert evaluate_on == date(2027, 1, 10), "a Sunday"
    # Three weeks before falls in the Christmas holiday, one week before on its last day.
    assert due_days("plan_ahead") == [date(2026, 12, 18)]
    assert due_days("plan")[0] == date(2027, 1, 8)
    remind(now=at(due_days("plan_ahead")[0]))
    assert "ib-kade" in told()
    remind(now=at(date(2027, 1, 8)))
    assert {"ib-kade", "teacher-kade"} <= told()


@pytest.mark.parametrize(
    ("born", "due_on"),
    [
        (date(2015, 3, 9), date(2027, 2, 5)),
        (date(2011, 1, 4), date(2026, 12, 4)),
        (date(2008, 1, 4), None),
    ],
)
def test_a_birthday_that_changes_who_decides_is_announced(world, born, due_on):
    student = world.students["noor"]
    student.birth_date = born
    student.save(update_fields=["birth_date"])
    agreements_case(world)
    assert due_days("birthday")[:1] == ([due_on] if due_on else [])


def test_a_holiday_of_the_school_itself_counts(world):
    HolidayPeriod.objects.create(
        school=world.schools["kade"],
        region=HolidayRegion.MIDDLE,
        school_year="2026-2027",
        kind=HolidayKind.OTHER,
        start=date(2026, 11, 25),
        end=date(2026, 11, 25),
    )
    vot_requested_case(world)
    assert due_days("vot_asked") == [date(2026, 11, 26), date(2026, 12, 1)]


def test_no_reminder_of_a_closed_case(world):
    case = agreements_case(world)
    Case.unscoped.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closing_reason="TEVREDEN", closed_on=NOW.date()
    )
    case.refresh_from_db()
    reschedule(case, now=NOW)
    assert not DueRow.objects.filter(dossier=case.dossier_id).exists()


def test_the_table_is_data_with_one_row_a_kind():
    assert len({row.kind for row in TABLE}) == len(TABLE)
    assert all(row.to and row.after for row in TABLE)
