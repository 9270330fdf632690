"""The invitation to an OT: one for professionals, one for parents with words for the pupil."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.documents.paper import (
    Contact,
    Guest,
    at_table,
    contact_at,
    contact_of,
    guest_of,
    guests_of,
)
from cases.documents.words import FAMILY_AGENDA
from cases.enums import InviteeKind, Section
from cases.models import Document, Invitee, Meeting
from teams.enums import Role
from teams.templatetags.ui import hour, long_day

HEAR_FROM_AGE = 12


@dataclass(frozen=True)
class Moment:
    """When and where."""

    day: str
    starts: str
    ends: str
    place: str
    interpreter: str


@dataclass(frozen=True)
class Involved:
    """A professional at the table, and why just this one (R-7.1)."""

    name: str
    role: str
    reason: str


@dataclass(frozen=True)
class ProfessionalInvitation:
    """What an invited professional needs to come prepared."""

    title: str
    lead: str
    student: str
    school: str
    moment: Moment
    message: str
    family: tuple[Guest, ...]
    involved: tuple[Involved, ...]
    agenda: tuple[str, ...]
    chair: Contact | None
    coordinator: Contact | None


@dataclass(frozen=True)
class CarersInvitation:
    """What parents need to come at ease: no reasons, no roles without what they mean."""

    title: str
    lead: str
    dear: str
    student: str
    school: str
    moment: Moment
    message: str
    guests: tuple[Guest, ...]
    agenda: tuple[str, ...]
    student_comes: bool
    student_reads: bool
    student_choice: str
    coordinator: Contact | None
    head_name: str


def for_professionals(document: Document) -> ProfessionalInvitation:
    """Build the invitation of the invited professionals."""
    meeting, case = _meeting(document), document.case
    student = case.student.full_name
    staff = [row for row in _invitees(meeting) if row.kind == InviteeKind.STAFF]
    others = [row for row in _invitees(meeting) if row.kind != InviteeKind.STAFF]
    return ProfessionalInvitation(
        title=f"Uitnodiging ondersteuningsteam over {student}",
        lead="Samen met ouders bepalen we wat nodig is en wie wat doet.",
        student=student,
        school=case.school.name,
        moment=_moment(meeting),
        message=meeting.message,
        family=tuple(guests_of(others, student=student, in_family_words=False)),
        involved=tuple(
            Involved(str(row.person or row.name), row.get_role_display(), row.reason)
            for row in staff
        ),
        agenda=tuple(section.label for section in Section),
        chair=contact_of(meeting.convened_by, Role.HEAD) if meeting.convened_by else None,
        coordinator=_coordinator(document),
    )


def for_carers(document: Document) -> CarersInvitation:
    """Build the letter to parents, at B1, with words for the pupil."""
    meeting, case = _meeting(document), document.case
    name, invitees = case.student.first_name, _invitees(meeting)
    carers = [row for row in invitees if row.kind == InviteeKind.CARER]
    age = case.student.age_on(meeting.session.on)
    is_invited = any(row.kind == InviteeKind.STUDENT for row in invitees)
    return CarersInvitation(
        title=f"Praat u mee over {name}?",
        lead=f"Een uitnodiging van {case.school.name}",
        dear=_dear(carers),
        student=name,
        school=case.school.name,
        moment=_moment(meeting),
        message=meeting.message,
        guests=tuple(
            guest_of(row, student=name, in_family_words=True)
            for row in invitees
            if row.kind in {InviteeKind.STAFF, InviteeKind.GUEST}
        ),
        agenda=tuple(line.format(name=name) for line in FAMILY_AGENDA),
        student_comes=is_invited,
        student_reads=is_invited or (age or 0) >= HEAR_FROM_AGE,
        student_choice=meeting.student_choice,
        coordinator=_coordinator(document),
        head_name=str(meeting.convened_by or ""),
    )


def _meeting(document: Document) -> Meeting:
    rows = Meeting.unscoped.select_related("session", "convened_by")
    return rows.prefetch_related("invitees__person", "invitees__carer").get(pk=document.meeting_id)


def _invitees(meeting: Meeting) -> list[Invitee]:
    return at_table(meeting.invitees.all())


def _moment(meeting: Meeting) -> Moment:
    starts = datetime.combine(meeting.session.on, meeting.starts_at)
    return Moment(
        day=long_day(meeting.session.on),
        starts=hour(starts),
        ends=hour(starts + timedelta(minutes=meeting.minutes)),
        place=meeting.session.place,
        interpreter=meeting.interpreter,
    )


def _coordinator(document: Document) -> Contact | None:
    return contact_at(
        document.case.school.organization_id,
        Role.SUPPORT_COORDINATOR,
        day=document.created_at.date(),
    )


def _dear(carers: list[Invitee]) -> str:
    names = [str(row.carer) for row in carers if row.carer]
    return "Beste " + (" en ".join(names) or "ouders of verzorgers")
