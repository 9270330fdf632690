"""What a notice says: one line and a link, and nothing once its object no longer asks for it.

R-16.1, I22: a case number and a link; no name, no category, no school, no words of anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from cases.enums import CaseState, ConsentPurpose, LeadState, MeetingKind, MeetingState
from cases.models import Case, CaseLead, Consent, Consult, Invitee, Meeting
from cases.notices import Notice
from cases.queries.consent import WAITING, state_of, waiting_for
from cases.queries.facts import CaseFacts
from cases.reminders import due_of, due_row
from teams.enums import SCHOOL_ROLES, Compartment, Role
from teams.models import DueRow, OutboxEntry


@dataclass(frozen=True)
class Letter:
    """One line about one case and the page it is about; a reader without account gets no link."""

    case: Case
    line: str
    path: str
    # AR-14: a question without a name does not even tell on whose case it lies.
    has_number: bool = True

    @property
    def number(self) -> str:
        """The number of the case, where it may be told."""
        return self.case.number if self.has_number else ""

    @property
    def sentence(self) -> str:
        """The line as it stands in a mail."""
        return f"Casus {self.number}: {self.line}." if self.number else f"{capfirst(self.line)}."


Reader = Callable[[OutboxEntry, datetime], Letter | None]


def letter_for(entry: OutboxEntry, now: datetime) -> Letter | None:
    """Write what a notice says now.

    Shape:  None once it is no longer needed: answered, convened, withdrawn (R-16.3).
    """
    return READERS[Notice(entry.kind)](entry, now)


def _page(case: Case) -> str:
    return reverse("case", args=[case.pk])


def _step(case: Case, code: str) -> str:
    return reverse("case-step", args=[case.pk, code])


def _regie(case: Case) -> str:
    return reverse("lead", args=[case.pk])


def _consents(case: Case) -> str:
    return reverse("consent", args=[case.pk])


def _item(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.session_id, meeting.pk])


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def about_case(line: str, states: frozenset[CaseState], path: Callable[[Case], str]) -> Reader:
    """A notice about a case, for as long as it stands in one of these states."""

    def read(entry: OutboxEntry, now: datetime) -> Letter | None:
        case = _case(pk=entry.subject_id)
        return Letter(case, line, path(case)) if case.state in states else None

    return read


def about_meeting(
    line: str, states: frozenset[MeetingState], path: Callable[[Meeting], str]
) -> Reader:
    """A notice about an item of a session, for as long as it stands in one of these states."""

    def read(entry: OutboxEntry, now: datetime) -> Letter | None:
        meeting = _meeting(entry)
        if meeting is None or meeting.state not in states:
            return None
        return Letter(meeting.case, line, path(meeting))

    return read


def about_lead(line: str, *, only_while_offered: bool = False) -> Reader:
    """A notice about an offer of regie."""

    def read(entry: OutboxEntry, now: datetime) -> Letter | None:
        lead = CaseLead.unscoped.select_related("case", "person").get(pk=entry.subject_id)
        if only_while_offered and lead.state != LeadState.OFFERED:
            return None
        is_own = entry.recipient_id != lead.person_id or lead.role in SCHOOL_ROLES
        if not is_own and not _is_covered(lead, now):
            return None
        return Letter(lead.case, line, _regie(lead.case))

    return read


def _is_covered(lead: CaseLead, now: datetime) -> bool:
    facts = CaseFacts(_case(pk=lead.case_id), now.date())
    purpose, heading = ConsentPurpose.DISCUSS_NAMED, Compartment.HEADING
    return facts.covering(purpose, lead.person.employer_id, heading) is not None


def _consult_question(entry: OutboxEntry, now: datetime) -> Letter | None:
    consult = Consult.unscoped.select_related("case").get(pk=entry.subject_id)
    asked = consult.asked.model.unscoped.filter(consult=consult, person=entry.recipient_id)
    if consult.outcome or not asked.filter(answered_at__isnull=True).exists():
        return None
    path = reverse("consult", args=[consult.pk])
    line = "er is een collegiaal consult aan u gevraagd"
    return Letter(consult.case, line, path, has_number=False)


def _invitation(line: str) -> Reader:
    def read(entry: OutboxEntry, now: datetime) -> Letter | None:
        meeting = _meeting(entry)
        is_ahead = meeting is not None and meeting.session.on >= now.date()
        if meeting is None or not is_ahead or meeting.state != MeetingState.CONVENED:
            return None
        rows = Invitee.unscoped.filter(meeting=meeting)
        seat = rows.filter(person=entry.recipient_id) | rows.filter(carer=entry.recipient_id)
        place = seat.first()
        if place is None:
            return None
        # The attendance officer reads the invitation beside the absence, and no more.
        is_officer = place.role == Role.ATTENDANCE_OFFICER
        path = reverse("absences") if is_officer else _item(meeting)
        return Letter(meeting.case, _at(line, meeting), path)

    return read


def _consent_waits(entry: OutboxEntry, now: datetime) -> Letter | None:
    consent = Consent.unscoped.filter(pk=entry.subject_id).first()
    if consent is None:
        return None
    facts = CaseFacts(_case(pk=consent.case_id), now.date())
    standing = next(row for row in facts.consents if row.pk == consent.pk)
    is_waiting = state_of(standing, facts.family) in WAITING
    if not is_waiting or str(entry.recipient_id) not in waiting_for(standing, facts.family):
        return None
    return Letter(facts.case, "school wacht op uw antwoord op een vraag", reverse("today"))


def _withdrawn(entry: OutboxEntry, now: datetime) -> Letter | None:
    meeting = _meeting(entry)
    if meeting is None or meeting.session.on < now.date():
        return None
    line = _at("het overleg op {when} gaat voor u niet door", meeting)
    return Letter(meeting.case, line, reverse("today"))


def _at(line: str, meeting: Meeting) -> str:
    when = f"{_day(meeting.session.on)} om {meeting.starts_at:%H.%M} uur"
    return line.format(when=when)


def _reminder(entry: OutboxEntry, now: datetime) -> Letter | None:
    row = DueRow.objects.filter(pk=entry.subject_id).first()
    if row is None:
        return None
    case = _case(dossier=row.dossier_id)
    standing = {due.matter for due in due_of(CaseFacts(case, now.date()))}
    if due_row(row).matter not in standing:
        return None
    line, path = REMINDING[row.kind]
    return Letter(case, line.format(day=_day(row.about_day)), path(case))


def _case(**which: object) -> Case:
    return Case.unscoped.select_related("student", "school__organization").get(**which)


def _meeting(entry: OutboxEntry) -> Meeting | None:
    rows = Meeting.unscoped.select_related("case", "session")
    return rows.filter(pk=entry.subject_id).first()


def _convene(meeting: Meeting) -> str:
    return _step(meeting.case, "T-11" if meeting.kind == MeetingKind.VOT else "T-15")


_S, _M = CaseState, MeetingState

READERS: dict[Notice, Reader] = {
    Notice.SIGNAL: about_case("er is een signaal genoteerd", frozenset({_S.SIGNALING}), _page),
    Notice.CONSULT_ANSWERED: about_case(
        "een consultvraag is beantwoord", frozenset({_S.CONSULTING}), _page
    ),
    Notice.CONSULT_QUESTION: _consult_question,
    Notice.VOT_REQUESTED: about_case(
        "er is een VOT gevraagd; u kunt het bijeenroepen",
        frozenset({_S.VOT_REQUESTED}),
        lambda case: _step(case, "T-11"),
    ),
    Notice.OT_REQUESTED: about_case(
        "er is een OT nodig; de tafel kan worden gelegd", frozenset({_S.OT_PREPARING}), _page
    ),
    Notice.TABLE_LAID: about_meeting(
        "de tafel ligt klaar; u kunt het overleg bijeenroepen", frozenset({_M.DRAFT}), _convene
    ),
    Notice.REPORT_WRITTEN: about_meeting(
        "een verslag wacht tot u het definitief maakt", frozenset({_M.HELD}), _item
    ),
    Notice.LEAD_OFFER: about_lead("de regie is u aangeboden", only_while_offered=True),
    Notice.LEAD_ANSWERED: about_lead("er is antwoord op het aanbod van de regie"),
    Notice.LEAD_LAPSED: about_lead(
        "de regie is niet op tijd aangenomen; de directeur zorgt dat iemand haar heeft"
    ),
    Notice.REMINDER: _reminder,
    Notice.INVITATION: _invitation("u bent uitgenodigd voor een overleg op {when}"),
    Notice.INVITATION_CHANGED: _invitation("het overleg is gewijzigd; het is nu op {when}"),
    Notice.INVITATION_REMINDER: _invitation("u bent uitgenodigd voor een overleg op {when}"),
    Notice.INVITATION_WITHDRAWN: _withdrawn,
    Notice.CONSENT_REMINDER: _consent_waits,
}

# A birthday is personal: its line names no day.
REMINDING: dict[str, tuple[str, Callable[[Case], str]]] = {
    "agreement": ("de evaluatie van een afspraak is op {day}", _page),
    "agreement_late": ("een afspraak is sinds {day} niet geëvalueerd", _page),
    "vot_asked": (
        "sinds {day} wacht een gevraagd VOT tot u het bijeenroept",
        lambda case: _step(case, "T-11"),
    ),
    "ot_not_invited": ("sinds {day} is nog niemand voor het OT uitgenodigd", _page),
    "ot_ahead": ("u bent uitgenodigd voor het OT op {day}", _page),
    "report": ("het verslag van het OT van {day} is nog niet definitief", _page),
    "consent": (
        "op {day} is toestemming gevraagd; nog niet iedereen gaf antwoord",
        _consents,
    ),
    "consent_ends": ("op {day} eindigt een toestemming", _consents),
    "consent_anew": ("een toestemming vraagt om een nieuw antwoord", _consents),
    "lead_offer": (
        "de regie is op {day} aangeboden en nog niet aangenomen",
        _regie,
    ),
    "plan_ahead": ("de evaluatie van het plan is op {day}", _page),
    "plan": ("de evaluatie van het plan is op {day}", _page),
    "birthday": ("kijk opnieuw wie over toestemming beslist", _page),
}
