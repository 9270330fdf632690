"""From a notice to a mail: at once, or with all other lines of its reader in one daily mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse

from cases.calendar_file import calendar_file
from cases.enums import ConsentPurpose
from cases.letters import Letter, letter_for
from cases.models import Case, Meeting
from cases.notices import AT_ONCE, Notice
from cases.queries.facts import CaseFacts
from schools.models import CarerContact
from teams.enums import Compartment, Relation
from teams.models import OutboxEntry, User
from teams.outbox import handles
from teams.postbox import headers, send
from teams.queries.readers import may_read

WITH_CALENDAR_FILE = frozenset(
    {Notice.INVITATION, Notice.INVITATION_CHANGED, Notice.INVITATION_WITHDRAWN}
)
# Who is offered the regie, or lost the place at the table, need not (or no longer) have a seat.
WITHOUT_SEAT = frozenset({Notice.LEAD_OFFER, Notice.LEAD_LAPSED, Notice.INVITATION_WITHDRAWN})
WORKING = frozenset(Relation) - {Relation.ASKED}
DISCUSS_NAMED, HEADING = ConsentPurpose.DISCUSS_NAMED, Compartment.HEADING
_WITHOUT_ACCOUNT = "cases/mail/without_account.txt"
_WITHOUT_LINK = {Notice.CONSENT_REMINDER: "cases/mail/consent_reminder.txt"}
GATHERED = frozenset(Notice) - AT_ONCE - {Notice.INVITATION_REMINDER}


@dataclass(frozen=True)
class Reader:
    """Who gets the mail; parents and contacts have no account, so they get no link."""

    email: str
    person: User | None = None

    @property
    def has_account(self) -> bool:
        """Someone who can sign in and read more."""
        return self.person is not None and not self.person.is_contact_only


def deliver(entry: OutboxEntry, now: datetime) -> None:
    """Send one notice, or the whole daily mail of its reader; nothing when it no longer holds.

    Errors: TryLater, GiveUp as the mail server says.
    """
    reader = _reader(entry)
    if reader is None:
        return
    person = reader.person
    if person and person.wants_digest and entry.kind in GATHERED:
        _send_digest(entry, person, now)
    elif letter := _letter(entry, reader, now):
        _send_letter(entry, letter, reader, now)


for notice in Notice:
    handles(notice)(deliver)


def _reader(entry: OutboxEntry) -> Reader | None:
    person = User.objects.filter(pk=entry.recipient_id).first()
    if person:
        return Reader(person.email, person) if person.is_active else None
    contact = CarerContact.unscoped.filter(carer=entry.recipient_id).exclude(email="").first()
    return Reader(contact.email) if contact else None


def _letter(entry: OutboxEntry, reader: Reader, now: datetime) -> Letter | None:
    letter = letter_for(entry, now)
    if letter is None or not _may_be_told(entry, reader, letter, now):
        return None
    return letter


def _may_be_told(entry: OutboxEntry, reader: Reader, letter: Letter, now: datetime) -> bool:
    """A mail follows the screens: who may not read the case any more hears nothing of it."""
    person, case = reader.person, letter.case
    if person is None or entry.kind in WITHOUT_SEAT:
        return True
    _hold(case)
    if person.is_contact_only:
        facts = CaseFacts(case, now.date())
        return facts.covering(DISCUSS_NAMED, person.employer_id, HEADING) is not None
    # Being asked without a name opens one question, and nothing else of the case (AR-14).
    relations = set(Relation) if entry.kind == Notice.CONSULT_QUESTION else WORKING
    return may_read(person, case.dossier_id, day=now.date(), relations=relations)


def _hold(case: Case) -> None:
    """Until this mail is gone, nobody takes back what it rests on (A-60)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM cases_case WHERE id = %s FOR SHARE", [case.pk])


def _send_letter(entry: OutboxEntry, letter: Letter, reader: Reader, now: datetime) -> None:
    url = settings.SITE_ADDRESS + letter.path if reader.has_account else ""
    context = {
        "line": letter.sentence,
        "bare": letter.line,
        "number": letter.number,
        "url": url,
    }
    kind = Notice(entry.kind)
    template = "components/mail.txt" if url else _WITHOUT_LINK.get(kind, _WITHOUT_ACCOUNT)
    subject = SUBJECTS.get(kind, "Bericht over casus {}" if letter.number else "Een vraag aan u")
    mail = EmailMessage(
        subject=subject.format(letter.number),
        body=render_to_string(template, context),
        to=[reader.email],
        headers=headers(entry.pk, now),
    )
    if entry.kind in WITH_CALENDAR_FILE:
        mail.attach(_calendar_part(entry, reader, url))
    send(mail)


def _send_digest(entry: OutboxEntry, person: User, now: datetime) -> None:
    waiting = OutboxEntry.objects.select_for_update().filter(
        recipient_id=person.pk,
        kind__in=GATHERED,
        run_at__lte=now,
        done_at__isnull=True,
        dead_at__isnull=True,
    )
    rows = list(waiting.order_by("run_at", "created_at"))
    reader = Reader(person.email, person)
    letters = [letter for row in rows if (letter := _letter(row, reader, now))]
    if letters:
        send(_digest(letters, reader, headers(rows[0].pk, now)))
    OutboxEntry.objects.filter(pk__in=[row.pk for row in rows]).update(done_at=now)


def _digest(letters: Sequence[Letter], reader: Reader, headers: dict[str, str]) -> EmailMessage:
    lines = {letter.sentence: settings.SITE_ADDRESS + letter.path for letter in letters}
    context = {
        "lines": [{"text": text, "url": url} for text, url in lines.items()],
        "url": settings.SITE_ADDRESS + reverse("today"),
    }
    count = len(lines)
    return EmailMessage(
        subject="Er wacht iets op u" if count == 1 else f"Er wachten {count} dingen op u",
        body=render_to_string("cases/mail/digest.txt", context),
        to=[reader.email],
        headers=headers,
    )


def _calendar_part(entry: OutboxEntry, reader: Reader, url: str) -> MIMEText:
    is_canceled = entry.kind == Notice.INVITATION_WITHDRAWN
    content = calendar_file(
        Meeting.unscoped.select_related("case", "session").get(pk=entry.subject_id),
        to=reader.email,
        sender=settings.DEFAULT_FROM_EMAIL,
        url=url,
        sent_at=entry.created_at,
        is_canceled=is_canceled,
    )
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", "CANCEL" if is_canceled else "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="overleg.ics")
    return part


SUBJECTS = {
    Notice.INVITATION: "Uitnodiging voor een overleg, casus {}",
    Notice.INVITATION_CHANGED: "Overleg gewijzigd, casus {}",
    Notice.INVITATION_WITHDRAWN: "Overleg gaat niet door, casus {}",
    Notice.INVITATION_REMINDER: "Herinnering aan een overleg, casus {}",
    Notice.CONSENT_REMINDER: "Een vraag van school",
}
