"""What must happen on a date: trigger, when, to whom; a table (domain.md 16.1).

`reschedule` keeps the due rows of a case equal to what the table says of its objects now;
`tasks.send_due` asks it again before anything is sent (R-16.3).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from uuid import UUID

from cases.enums import CaseState, ConsentState, MeetingKind, MeetingState, PlanState
from cases.models import Case
from cases.queries.consent import birthday_on, reading_until, state_of
from cases.queries.facts import CaseFacts
from schools.calendar import ReminderKind, SchoolCalendar
from teams.models import DueRow

REPEAT = timedelta(weeks=1)
# A change of who decides, each confirmed anew.
AGES_OF_CHANGE = (12, 16, 18)
# Working days: weekends and public holidays only; school holidays do count.
WORKING_DAYS = SchoolCalendar((), is_lenient=True)


class To(StrEnum):
    """Who is reminded; `recipients.py` finds the persons when it is sent."""

    DOER = "doer"
    COORDINATOR = "coordinator"
    HEAD = "head"
    INVITEES = "invitees"
    ASKER = "asker"
    CANDIDATE = "candidate"
    LEAD = "lead"
    PARTICIPANTS = "participants"


class Count(StrEnum):
    """In what days are counted."""

    DAYS = "days"
    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"


@dataclass(frozen=True)
class Matter:
    """An object that still asks for something, and the day from which is counted."""

    subject_id: UUID
    day: date


@dataclass(frozen=True)
class Reminder:
    """One row of the table: `after` are counted from the matter's day, negative before it.

    `repeats`: from the last of `after` on once a week, until the object is done.
    """

    kind: str
    about: Callable[[CaseFacts], Iterable[Matter]]
    after: tuple[int, ...]
    to: tuple[To, ...]
    counted_in: Count = Count.DAYS
    repeats: bool = False


def _agreements(facts: CaseFacts) -> Iterator[Matter]:
    # Measures of a plan are evaluated with their goal.
    for row in facts.agreements:
        if not row.result and row.goal_id is None:
            yield Matter(row.pk, row.evaluate_on)


def _vot_asked(facts: CaseFacts) -> Iterator[Matter]:
    if facts.case.state == CaseState.VOT_REQUESTED:
        yield Matter(facts.case.pk, facts.case.state_since)


def _ot_not_invited(facts: CaseFacts) -> Iterator[Matter]:
    case = facts.case
    if case.state not in {CaseState.VOT, CaseState.OT_PREPARING}:
        return
    vot = facts.meeting(MeetingKind.VOT)
    if case.state == CaseState.OT_PREPARING and case.previous_state != CaseState.VOT:
        yield Matter(case.pk, case.state_since)
    elif vot and vot.held_on:
        yield Matter(case.pk, vot.held_on)


def _ot_ahead(facts: CaseFacts) -> Iterator[Matter]:
    meeting = facts.meeting(MeetingKind.OT)
    if meeting and meeting.state == MeetingState.CONVENED:
        yield Matter(meeting.pk, meeting.session.on)


def _report_not_final(facts: CaseFacts) -> Iterator[Matter]:
    meeting = facts.meeting(MeetingKind.OT)
    if meeting and meeting.state == MeetingState.HELD and meeting.held_on:
        yield Matter(meeting.pk, meeting.held_on)


def _consents_unanswered(facts: CaseFacts) -> Iterator[Matter]:
    for row in facts.consents:
        if row.asked_on and state_of(row, facts.family) == ConsentState.ASKED:
            yield Matter(row.pk, row.asked_on)


def _consents_end(facts: CaseFacts) -> Iterator[Matter]:
    for row in facts.consents:
        if state_of(row, facts.family) in {ConsentState.GIVEN, ConsentState.RECONFIRM}:
            yield Matter(row.pk, reading_until(row, facts.family) or row.ends_on)


def _consents_anew(facts: CaseFacts) -> Iterator[Matter]:
    change = facts.family.last_change(facts.day)
    for row in facts.consents:
        if change and state_of(row, facts.family) == ConsentState.RECONFIRM:
            yield Matter(row.pk, change)


def _lead_offered(facts: CaseFacts) -> Iterator[Matter]:
    if facts.offered_lead:
        yield Matter(facts.offered_lead.pk, facts.offered_lead.offered_on)


def _plan(facts: CaseFacts) -> Iterator[Matter]:
    plan = facts.plan if facts.case.state == CaseState.RUNNING else None
    if plan and plan.state == PlanState.ACTIVE and plan.evaluate_on:
        yield Matter(plan.pk, plan.evaluate_on)


def _birthday(facts: CaseFacts) -> Iterator[Matter]:
    born = facts.case.student.birth_date
    if born:
        days = (birthday_on(born, age) for age in AGES_OF_CHANGE)
        yield from (Matter(facts.case.pk, day) for day in days if day >= facts.day)


TABLE = (
    Reminder("agreement", _agreements, (-7, -1, 0), (To.DOER, To.COORDINATOR), repeats=True),
    Reminder("agreement_late", _agreements, (10,), (To.HEAD,), Count.SCHOOL_DAYS),
    Reminder("vot_asked", _vot_asked, (2, 5), (To.HEAD,), Count.SCHOOL_DAYS),
    Reminder("ot_not_invited", _ot_not_invited, (5, 10), (To.HEAD,), Count.SCHOOL_DAYS),
    Reminder("ot_ahead", _ot_ahead, (-10, -2), (To.INVITEES,)),
    Reminder("report", _report_not_final, (5, 10), (To.COORDINATOR, To.HEAD), Count.SCHOOL_DAYS),
    Reminder("consent", _consents_unanswered, (5, 10), (To.ASKER,)),
    Reminder("consent_ends", _consents_end, (-30, -7), (To.ASKER, To.LEAD)),
    Reminder("consent_anew", _consents_anew, (7, 14), (To.ASKER, To.LEAD)),
    Reminder("lead_offer", _lead_offered, (3,), (To.CANDIDATE, To.HEAD), Count.WORKING_DAYS),
    Reminder("lead_lapsed", _lead_offered, (5,), (To.CANDIDATE, To.HEAD), Count.WORKING_DAYS),
    Reminder("plan_ahead", _plan, (-21, -7), (To.LEAD,)),
    Reminder("plan", _plan, (0,), (To.LEAD, To.PARTICIPANTS), repeats=True),
    Reminder("birthday", _birthday, (-30,), (To.LEAD,)),
)
BY_KIND = {row.kind: row for row in TABLE}


@dataclass(frozen=True)
class Due:
    """What one due row must say."""

    kind: str
    subject_id: UUID
    about_day: date
    due_on: date

    @property
    def matter(self) -> tuple[str, UUID, date]:
        """About what it reminds, whenever it does."""
        return self.kind, self.subject_id, self.about_day


def due_of(facts: CaseFacts) -> frozenset[Due]:
    """Compute every reminder of a case as its objects stand, past ones included.

    Shape:  empty for a closed case; days never in a school holiday; a repeating one until
            two weeks ahead, the run asks again.
    Source: R-16.2: a deadline moves to the last school day before, overdue to the first after.
    """
    if not facts.case.is_open:
        return frozenset()
    return frozenset(
        Due(row.kind, matter.subject_id, matter.day, _out_of_holiday(matter.day, day, facts))
        for row in TABLE
        for matter in row.about(facts)
        for day in _days(row, matter.day, facts)
    )


def _days(row: Reminder, start: date, facts: CaseFacts) -> Iterator[date]:
    calendar = {Count.WORKING_DAYS: lambda: WORKING_DAYS, Count.SCHOOL_DAYS: lambda: facts.calendar}
    for number in row.after:
        if row.counted_in == Count.DAYS:
            yield start + timedelta(days=number)
        else:
            yield calendar[row.counted_in]().add_school_days(start, number)
    if row.repeats:
        for week in count(1):
            yield start + week * REPEAT
            if start + (week - 1) * REPEAT > facts.day:
                return


def _out_of_holiday(deadline: date, day: date, facts: CaseFacts) -> date:
    kind = ReminderKind.DEADLINE if day <= deadline else ReminderKind.OVERDUE
    return facts.calendar.reminder_day(day, kind)


def reschedule(case: Case, *, now: datetime, facts: CaseFacts | None = None) -> None:
    """Make the open due rows of a case say what its objects ask for now (R-16.1 to R-16.3).

    Rows of what is done or moved go; rows already sent stay, so nothing is sent twice; only
    days after today are added, for whoever just set a date needs no reminder of it.
    """
    facts = facts or CaseFacts(case, now.date())
    wanted = due_of(facts)
    standing = {due_row(row): row for row in DueRow.objects.filter(dossier=case.dossier_id)}
    # A row that fell due stays while its matter stands, also when a holiday was entered since.
    matters = {due.matter for due in wanted}
    gone = [
        row.pk
        for due, row in standing.items()
        if not row.done_at
        and due not in wanted
        and (due.due_on > now.date() or due.matter not in matters)
    ]
    if gone:
        DueRow.objects.filter(pk__in=gone).delete()
    new = [
        DueRow(dossier_id=case.dossier_id, **due.__dict__)
        for due in wanted - standing.keys()
        if due.due_on > now.date()
    ]
    # Another action on the same case may have added the same row.
    DueRow.objects.bulk_create(new, ignore_conflicts=True)


def due_row(row: DueRow) -> Due:
    """What a row says, to compare with what the table says."""
    return Due(row.kind, row.subject_id, row.about_day, row.due_on)
