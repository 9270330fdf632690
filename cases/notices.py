"""Who is told what, and when: actions call these in their own transaction.

A notice is a row of the outbox that names ids only; `mails.py` turns it into a mail without
names when its time has come. Told twice is told once: every row has a key of its own.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from cases.enums import Delivery
from cases.models import Case, CaseLead, Consent, Consult, Invitee, Meeting
from schools.calendar import SchoolCalendar
from schools.models import Carer, CarerContact
from schools.queries.calendar import calendar_of
from teams.access.actor import Actor
from teams.enums import Role
from teams.models import DueRow, User
from teams.outbox import enqueue
from teams.queries.posts import holders

DIGEST_AT = time(6, 30)


class Notice(StrEnum):
    """Kinds of notice; the outbox row of each names the subject in brackets."""

    SIGNAL = "signal_noted"  # [case]
    CONSULT_ANSWERED = "consult_answered"  # [case]
    CONSULT_QUESTION = "consult_question"  # [consult]
    VOT_REQUESTED = "vot_requested"  # [case]
    OT_REQUESTED = "ot_requested"  # [case]
    TABLE_LAID = "table_laid"  # [meeting]
    REPORT_WRITTEN = "report_written"  # [meeting]
    LEAD_OFFER = "lead_offer"  # [lead]
    LEAD_ANSWERED = "lead_answered"  # [lead]
    LEAD_LAPSED = "lead_lapsed"  # [lead]
    REMINDER = "reminder"  # [due row]
    INVITATION = "invitation"  # [meeting]
    INVITATION_CHANGED = "invitation_changed"  # [meeting]
    INVITATION_WITHDRAWN = "invitation_withdrawn"  # [meeting]
    INVITATION_REMINDER = "invitation_reminder"  # [meeting], to who has no account
    CONSENT_REMINDER = "consent_reminder"  # [consent], to a carer who did not answer


# What someone must do today, and what stands in an agenda; the rest waits for the daily mail.
AT_ONCE = frozenset(
    {
        Notice.VOT_REQUESTED,
        Notice.TABLE_LAID,
        Notice.INVITATION,
        Notice.INVITATION_CHANGED,
        Notice.INVITATION_WITHDRAWN,
    }
)


class Occasion:
    """The case in which something happened, and when."""

    def __init__(self, case: Case, now: datetime) -> None:
        self.case = case
        self.now = now

    def tell(self, notice: Notice, subject_id: UUID, people: Iterable[User], *, mark: str) -> None:
        """Write one row for each person; the same `mark` on the same subject is told once."""
        for person in people:
            waits = person.wants_digest and notice not in AT_ONCE
            self._write(notice, subject_id, person, mark, self.next_digest if waits else self.now)

    def remind(self, row: DueRow, people: Iterable[User]) -> None:
        """Write one reminder for each person: for the mail of its own morning, or at once when late."""
        morning = datetime.combine(row.due_on, DIGEST_AT, tzinfo=self.now.tzinfo)
        for person in people:
            self._write(Notice.REMINDER, row.pk, person, "", max(morning, self.now))

    def _write(
        self, notice: Notice, subject_id: UUID, person: User, mark: str, run_at: datetime
    ) -> None:
        enqueue(
            notice,
            subject_id,
            now=self.now,
            recipient_id=person.pk,
            key=f"{notice}:{subject_id}:{person.pk}:{mark}",
            run_at=run_at,
        )

    @cached_property
    def next_digest(self) -> datetime:
        """When the next daily mail goes at the case's school."""
        return digest_moment(self.now, calendar_of(self.case.school))

    def tell_post(self, notice: Notice, role: Role, subject_id: UUID, *, mark: str) -> None:
        """Tell everyone who holds this post at the case's school today."""
        people = holders(role, self.case.school.organization_id, day=self.now.date())
        self.tell(notice, subject_id, people, mark=mark)


def digest_moment(now: datetime, calendar: SchoolCalendar) -> datetime:
    """When the next daily mail goes: in the morning of a school day.

    Source: domain.md 16.1, ui.md 6 (daily digest by default).
    """
    day = now.date() if now.timetz().replace(tzinfo=None) < DIGEST_AT else now.date() + timedelta(1)
    return datetime.combine(calendar.on_or_after(day), DIGEST_AT, tzinfo=now.tzinfo)


def tell_coordinator_signal(case: Case, *, now: datetime) -> None:
    """Tell the intern begeleider that a signal was noted in this case (T-01); once a day."""
    Occasion(case, now).tell_post(
        Notice.SIGNAL, Role.SUPPORT_COORDINATOR, case.pk, mark=now.date().isoformat()
    )


def tell_coordinator_consult_answered(consult: Consult, *, now: datetime) -> None:
    """Tell the intern begeleider that someone answered the consult (O6); once a day."""
    Occasion(consult.case, now).tell_post(
        Notice.CONSULT_ANSWERED,
        Role.SUPPORT_COORDINATOR,
        consult.case_id,
        mark=now.date().isoformat(),
    )


def ask_consult(consult: Consult, *, now: datetime) -> None:
    """Tell those asked in a consult, who did not answer yet, that a question waits (T-04)."""
    waiting = consult.asked.model.unscoped.filter(consult=consult, answered_at__isnull=True)
    people = [row.person for row in waiting.select_related("person")]
    Occasion(consult.case, now).tell(Notice.CONSULT_QUESTION, consult.pk, people, mark="")


def tell_head_vot_requested(case: Case, *, now: datetime) -> None:
    """Tell the directeur at once that a VOT is asked (T-07, T-09, T-10)."""
    Occasion(case, now).tell_post(Notice.VOT_REQUESTED, Role.HEAD, case.pk, mark=str(case.version))


def tell_school_ot_requested(case: Case, *, actor: Actor, now: datetime) -> None:
    """Tell who lays and who convenes that an OT is to come (T-13, T-17, T-23, T-26).

    Whoever took the step knows already.
    """
    occasion = Occasion(case, now)
    for role in (Role.SUPPORT_COORDINATOR, Role.HEAD):
        people = holders(role, case.school.organization_id, day=now.date())
        others = (person for person in people if person.pk != actor.person_id)
        occasion.tell(Notice.OT_REQUESTED, case.pk, others, mark=str(case.version))


def tell_head_table_is_laid(meeting: Meeting, *, now: datetime) -> None:
    """Tell the directeur at once that the table lies ready to be convened (T-11, T-15)."""
    Occasion(meeting.case, now).tell_post(Notice.TABLE_LAID, Role.HEAD, meeting.pk, mark="")


def tell_head_report_is_written(meeting: Meeting, *, now: datetime) -> None:
    """Tell the directeur that a report waits to be made final (R-7.6)."""
    Occasion(meeting.case, now).tell_post(Notice.REPORT_WRITTEN, Role.HEAD, meeting.pk, mark="")


def offer_regie(lead: CaseLead, *, now: datetime) -> None:
    """Tell the candidate that the regie is offered (R-8.3)."""
    Occasion(lead.case, now).tell(Notice.LEAD_OFFER, lead.pk, [lead.person], mark="")


def tell_head_regie_is_answered(lead: CaseLead, *, now: datetime) -> None:
    """Tell the directeur that the regie was accepted or declined: the sender hears of it."""
    Occasion(lead.case, now).tell_post(Notice.LEAD_ANSWERED, Role.HEAD, lead.pk, mark=lead.state)


def send_invitations(meeting: Meeting, *, now: datetime) -> None:
    """Invite everyone at the table who was not invited yet (T-11, T-15).

    Who has no address of e-mail gets the letter on paper; the invitee's `delivery` says which.
    """
    for invitee in Invitee.unscoped.filter(meeting=meeting, delivery=""):
        send_invitation(invitee, now=now)


def send_invitation(invitee: Invitee, *, now: datetime) -> None:
    """Invite one person; see `send_invitations`."""
    invitee.delivery = _delivery(invitee)
    invitee.save(update_fields=["delivery"])
    if invitee.delivery == Delivery.MAIL:
        _invite(Notice.INVITATION, invitee, now=now, mark=invitee.pk.hex)


def remind_carers(meeting_id: UUID, *, due_on: date, now: datetime) -> None:
    """Remind parents who were invited by mail of an OT that is near."""
    rows = Invitee.unscoped.filter(meeting=meeting_id, delivery=Delivery.MAIL)
    for invitee in rows.filter(carer__isnull=False):
        _invite(Notice.INVITATION_REMINDER, invitee, now=now, mark=due_on.isoformat())


def remind_giver(consent: Consent, carer: Carer, *, now: datetime) -> None:
    """Remind a carer that the school asked something (domain.md 16.1)."""
    key = f"{Notice.CONSENT_REMINDER}:{consent.pk}:{carer.pk}:{now.isoformat()}"
    enqueue(Notice.CONSENT_REMINDER, consent.pk, now=now, recipient_id=carer.pk, key=key)


def change_invitations(meeting: Meeting, *, now: datetime) -> None:
    """Tell everyone invited by mail that day, time or place changed."""
    for invitee in Invitee.unscoped.filter(meeting=meeting, delivery=Delivery.MAIL):
        _invite(Notice.INVITATION_CHANGED, invitee, now=now, mark=now.isoformat())


def withdraw_invitation(invitee: Invitee, *, now: datetime) -> None:
    """Tell one person, invited by mail, that they are not expected any more; the row may go."""
    if invitee.delivery == Delivery.MAIL:
        _invite(Notice.INVITATION_WITHDRAWN, invitee, now=now, mark=now.isoformat())


def withdraw_invitations(meeting: Meeting, *, now: datetime) -> None:
    """Tell everyone invited by mail that this item was called off."""
    for invitee in Invitee.unscoped.filter(meeting=meeting):
        withdraw_invitation(invitee, now=now)


def _delivery(invitee: Invitee) -> str:
    if invitee.person_id:
        return Delivery.MAIL
    contacts = CarerContact.unscoped.filter(carer=invitee.carer_id).exclude(email="")
    has_address = invitee.carer_id is not None and contacts.exists()
    return Delivery.MAIL if has_address else Delivery.PAPER


def _invite(notice: Notice, invitee: Invitee, *, now: datetime, mark: str) -> None:
    recipient_id = invitee.person_id or invitee.carer_id
    enqueue(
        notice,
        invitee.meeting_id,
        now=now,
        recipient_id=recipient_id,
        key=f"{notice}:{invitee.meeting_id}:{recipient_id}:{mark}",
    )
