"""Mails: to whom, when, how many, and never a name (R-16.1, I22)."""

import re
import smtplib
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from threading import Thread

import pytest
from django.core import mail
from django.db import connection
from icalendar import Calendar

from cases import notices
from cases.actions.consults import answer_consult
from cases.actions.leads import accept_lead
from cases.actions.reminding import remind
from cases.enums import Delivery, MeetingKind, MeetingState
from cases.models import Invitee, Meeting
from cases.notices import Notice, digest_moment
from schools.models import CarerContact, Student
from schools.queries.calendar import calendar_of
from teams import clock, outbox
from teams.models import Assignment, ClockOffset, OutboxEntry, User
from teams.queries.ledger import dead_letters
from tests.cases.ladder import agreements_case, consulting_case, open_consult, signaling_case
from tests.cases.late_ladder import (
    act,
    current,
    lay,
    ot_case,
    ot_preparing_case,
    running_case,
    school_table,
    vot_case,
    vot_requested_case,
)
from tests.world import AMSTERDAM, NOW, build_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=AMSTERDAM)


@pytest.fixture
def sweep(settings):
    """Run everything that is due at a moment; gives the mails sent since the last time."""
    settings.DEMO = True
    settings.SITE_ADDRESS = "https://route.example"

    def run(moment: datetime) -> list[mail.EmailMessage]:
        offset = moment - (clock.now() - ClockOffset.current())
        ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
        clock.forget()
        before = len(mail.outbox)
        while outbox.sweep():
            pass
        return mail.outbox[before:]

    yield run
    clock.forget()


def to(mails: list[mail.EmailMessage], world, key: str) -> list[mail.EmailMessage]:
    return [each for each in mails if each.to == [world.people[key].email]]


def calendar_in(each: mail.EmailMessage) -> Calendar:
    parts = message_from_bytes(each.message().as_bytes()).walk()
    (part,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == Calendar.from_ical(part.get_payload(decode=True))["METHOD"]
    return Calendar.from_ical(part.get_payload(decode=True))


def test_the_head_hears_of_a_vot_at_once_and_lands_where_it_is_convened(world, sweep):
    case = vot_requested_case(world)
    (sent,) = to(sweep(NOW), world, "head-kade")
    assert f"https://route.example/casussen/{case.pk}/stap/T-11/" in sent.body
    assert case.number in sent.body


def test_the_rest_waits_for_one_mail_a_day(world, sweep):
    case = consulting_case(world)
    assert sweep(NOW + timedelta(hours=3)) == []
    mails = sweep(MORNING)
    (sent,) = to(mails, world, "education-omar")
    consult = open_consult(case)
    assert f"https://route.example/consulten/{consult.pk}/" in sent.body
    assert sent.subject == "Er wacht iets op u"


def test_one_daily_mail_gathers_all_lines_of_its_reader(world, sweep):
    consulting_case(world)
    second = signaling_case(world, student="daan")
    actor_mails = sweep(MORNING)
    assert to(actor_mails, world, "ib-kade")[0].body.count("https://") == 2
    assert second.number in to(actor_mails, world, "ib-kade")[0].body
    assert len(to(actor_mails, world, "ib-kade")) == 1
    assert sweep(MORNING + timedelta(hours=1)) == []


def test_four_workers_send_one_daily_mail(transactional_db, sweep):
    world = build_world()
    for student in ("noor", "daan"):
        signaling_case(world, student=student)
    sweep(MORNING - timedelta(hours=1))
    before = len(mail.outbox)

    def work() -> None:
        outbox.sweep()
        connection.close()

    ClockOffset.objects.update(offset=ClockOffset.current() + timedelta(hours=2))
    clock.forget()
    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    sent = to(mail.outbox[before:], world, "ib-kade")
    assert len(sent) == 1
    assert sent[0].body.count("https://") == 3


def test_who_wants_no_daily_mail_gets_each_at_once(world, sweep):
    User.objects.filter(persona="education-omar").update(wants_digest=False)
    world.people["education-omar"].refresh_from_db()
    consulting_case(world)
    assert len(to(sweep(NOW), world, "education-omar")) == 1


def test_the_daily_mail_goes_in_the_morning_of_a_school_day(world):
    calendar = calendar_of(world.schools["kade"])
    friday = datetime(2026, 12, 18, 15, 0, tzinfo=AMSTERDAM)
    after_holiday = datetime(2027, 1, 4, 6, 30, tzinfo=AMSTERDAM)
    assert digest_moment(friday, calendar) == after_holiday
    early = datetime(2026, 11, 24, 5, 0, tzinfo=AMSTERDAM)
    assert digest_moment(early, calendar) == MORNING


def test_an_answered_question_is_not_mailed_any_more(world, sweep):
    case = consulting_case(world)
    consult = open_consult(case)
    act(world, "education-omar", answer_consult, consult.pk, given={"advice": "Begin klein."})
    assert to(sweep(MORNING), world, "education-omar") == []
    row = OutboxEntry.objects.get(kind=Notice.CONSULT_QUESTION)
    assert row.done_at is not None


def test_invitations_carry_a_calendar_file_and_a_link(world, sweep):
    case = vot_case(world)
    sent = to(sweep(NOW), world, "teacher-kade")
    (invitation,) = [each for each in sent if "Uitnodiging" in each.subject]
    meeting = current(case, MeetingKind.VOT)
    assert f"/overleg/{meeting.session_id}/casus/{meeting.pk}/" in invitation.body
    calendar = calendar_in(invitation)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{meeting.pk}@ondersteuningsroute"
    starts = datetime.combine(meeting.session.on, meeting.starts_at, tzinfo=AMSTERDAM)
    assert event.decoded("DTSTART") == starts
    assert event.decoded("DTEND") == starts + timedelta(minutes=meeting.minutes)


def test_a_change_keeps_the_entry_and_a_withdrawal_removes_it(world, sweep):
    case = vot_case(world)
    first = calendar_in(to(sweep(NOW), world, "teacher-kade")[-1])
    meeting = current(case, MeetingKind.VOT)
    Meeting.unscoped.filter(pk=meeting.pk).update(starts_at=time(11, 0))
    later = NOW + timedelta(hours=1)
    notices.change_invitations(meeting, now=later)
    second = calendar_in(to(sweep(later), world, "teacher-kade")[0])
    Meeting.unscoped.filter(pk=meeting.pk).update(state=MeetingState.CANCELED)
    later += timedelta(hours=1)
    notices.withdraw_invitations(meeting, now=later)
    third = calendar_in(to(sweep(later), world, "teacher-kade")[0])
    events = [calendar.walk("VEVENT")[0] for calendar in (first, second, third)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == sorted({e["SEQUENCE"] for e in events})
    assert [str(calendar["METHOD"]) for calendar in (first, second, third)] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
    ]
    assert events[1].decoded("DTSTART").astimezone(AMSTERDAM).hour == 11


def test_parents_get_a_plain_line_or_a_letter_on_paper(world, sweep):
    mother, father = world.carers["noor"]
    CarerContact.unscoped.filter(carer=father).update(email="")
    case = ot_case(world)
    rows = Invitee.unscoped.filter(meeting=current(case, MeetingKind.OT))
    assert rows.get(carer=mother).delivery == Delivery.MAIL
    assert rows.get(carer=father).delivery == Delivery.PAPER
    address = CarerContact.unscoped.get(carer=mother).email
    (sent,) = [each for each in sweep(NOW + timedelta(days=6)) if each.to == [address]]
    assert "http" not in sent.body
    assert "brief" in sent.body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert "URL" not in event


def test_a_late_invitation_is_not_sent(world, sweep):
    vot_case(world)
    assert not [each for each in sweep(NOW + timedelta(days=9)) if "Uitnodiging" in each.subject]


def test_nothing_goes_to_someone_who_may_not_look_any_more(world, sweep):
    vot_case(world)
    Assignment.objects.filter(person=world.people["teacher-kade"]).update(until=date(2026, 11, 2))
    assert to(sweep(NOW), world, "teacher-kade") == []
    assert not dead_letters().exists()


def test_the_candidate_and_then_the_head_hear_of_the_regie(world, sweep):
    case = ot_preparing_case(world)
    offer = case.leads.model.unscoped.get(case=case)
    candidate = offer.person.persona
    mails = sweep(NOW + timedelta(days=4))
    assert any(f"/casussen/{case.pk}/regie/" in each.body for each in to(mails, world, candidate))
    act(world, candidate, accept_lead, case.pk, now=NOW + timedelta(days=4))
    mails = sweep(NOW + timedelta(days=7))
    assert any("antwoord op het aanbod" in each.body for each in to(mails, world, "head-kade"))


def test_a_laid_table_is_told_to_the_head_until_it_is_convened(world, sweep):
    case = vot_requested_case(world)
    sweep(NOW)
    lay(world, case, MeetingKind.VOT, school_table(world))
    meeting = current(case, MeetingKind.VOT)
    notices.tell_head_table_is_laid(meeting, now=NOW)
    assert len(to(sweep(NOW), world, "head-kade")) == 1


@pytest.mark.parametrize(
    ("climb", "pages"),
    [
        (consulting_case, {"", "consulten"}),
        (agreements_case, {"", "casussen"}),
        (vot_requested_case, {"", "casussen"}),
        (vot_case, {"overleg"}),
        (ot_case, {"", "casussen", "overleg"}),
        (running_case, {"", "casussen"}),
    ],
)
def test_every_link_opens_for_its_reader(world, sweep, client, climb, pages):
    """A mail never points at what its reader may not see."""
    climb(world)
    readers = {person.email: person for person in world.people.values()}
    links = set()
    for day in (0, 1, 4, 7, 28):
        moment = NOW + timedelta(days=day)
        remind(now=moment)
        for each in sweep(moment):
            for link in re.findall(r"https://route.example(\S+)", each.body):
                if (each.to[0], link) not in links:
                    client.force_login(readers[each.to[0]], backend=BACKEND)
                    assert client.get(link).status_code == 200, (link, each.body)
                    links.add((each.to[0], link))
    assert {link.split("/")[1] for _, link in links} == pages


def test_the_head_convenes_in_two_taps_from_the_mail(world, sweep, client):
    case = vot_requested_case(world)
    lay(world, case, MeetingKind.VOT, school_table(world))
    mails = to(sweep(NOW), world, "head-kade")
    link = re.findall(r"https://route.example(\S+)", mails[-1].body)[0]
    client.force_login(world.people["head-kade"], backend=BACKEND)
    page = client.get(link)
    assert page.status_code == 200
    answer = client.post(link, {"version": page.context["case"].version}, follow=True)
    assert answer.status_code == 200
    assert current(case, MeetingKind.VOT).state == MeetingState.CONVENED


def test_no_mail_and_no_calendar_file_names_anybody(world, sweep):
    ot_case(world)
    for day in range(0, 40, 2):
        moment = NOW + timedelta(days=day)
        remind(now=moment)
        sweep(moment)
    assert len(mail.outbox) > 8
    names = {"De Kade", "5A", "lokaal 2", "Veen"} | {
        word
        for row in (*world.people.values(), *Student.unscoped.all())
        for word in (row.first_name, row.last_name)
    }
    names |= {carer.first_name for rows in world.carers.values() for carer in rows}
    for each in mail.outbox:
        raw = each.message().as_bytes()
        parts = [part for part in message_from_bytes(raw).walk() if not part.is_multipart()]
        text = each.subject + "".join(part.get_payload(decode=True).decode() for part in parts)
        text = text.replace(each.to[0], "")
        assert not [name for name in names if name in text], text
        assert len(each.to) == 1
        assert not (each.cc or each.bcc)


def test_a_resend_has_the_same_message_id(world, sweep, monkeypatch):
    vot_requested_case(world)
    sent = []
    real = mail.EmailMessage.send

    def accepted_and_then_lost(each, *args, **kwargs):
        sent.append(each.extra_headers["Message-ID"])
        if len(sent) == 1:
            raise smtplib.SMTPServerDisconnected
        return real(each, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", accepted_and_then_lost)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=1))
    entry = OutboxEntry.objects.get(kind=Notice.VOT_REQUESTED)
    assert sent == [f"<{entry.pk}@route.example>"] * 2
    assert entry.done_at is not None


@pytest.mark.parametrize(
    ("refusal", "is_dead"),
    [
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPDataError(550, b"never"), True),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"unknown")}), True),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"greylisted")}), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_what_the_mail_server_says_is_heard(world, sweep, monkeypatch, refusal, is_dead):
    vot_requested_case(world)

    def refuse(*_args, **_kwargs):
        raise refusal

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    sweep(NOW)
    assert dead_letters().exists() is is_dead


def test_every_kind_of_notice_has_a_line_and_a_handler():
    assert frozenset(Notice) <= outbox.kinds()
