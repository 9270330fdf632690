"""One item of a session: before, during and after, for who was invited."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from cases.actions.minutes import reasons_against_finalizing
from cases.enums import MeetingKind, MeetingState
from cases.models import Agreement, Contribution, Meeting, MeetingLine
from cases.pages.agreed import agreement_row
from cases.pages.places import faces_of_invitees
from cases.pages.session_page import convene_action, span, state_badge
from cases.queries.loaded import load_facts
from cases.queries.minutes import AGENDA, SOURCE_LABELS
from cases.workflow.steps import Step
from teams.access.actor import Actor
from teams.components import Action, Badge, BadgeKind, Face, Fact, Row
from teams.enums import SCHOOL_ROLES, Role

LEADS = frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD})
OPEN = (MeetingState.CONVENED, MeetingState.HELD)


@dataclass(frozen=True)
class Said:
    """Words of the family: whose, and what."""

    voice: str
    text: str


@dataclass(frozen=True)
class Told:
    """One point of the report: its label and lines, each with where it came from."""

    label: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeetingPage:
    """What this reader sees of one item."""

    meeting: Meeting
    title: str
    when: str
    badges: tuple[Badge, ...]
    faces: tuple[Face, ...]
    facts: tuple[Fact, ...]
    todo: tuple[Row, ...]
    agenda: tuple[str, ...]
    said: tuple[Said, ...]
    comments: tuple[Said, ...]
    report: tuple[Told, ...]
    agreements: tuple[Row, ...]
    conclusion: str
    contribution_url: str
    is_report_open: bool

    @property
    def is_final(self) -> bool:
        """The report does not change any more."""
        return self.meeting.state == MeetingState.FINAL


def find_item(session_id: UUID, meeting_id: UUID) -> Meeting:
    """Read one item with its people. Errors: Meeting.DoesNotExist when the reader is not invited."""
    rows = Meeting.objects.select_related(
        "session__school__organization", "case__student", "case__school__organization"
    ).prefetch_related("invitees__person", "invitees__carer")
    meeting = rows.get(pk=meeting_id, session_id=session_id)
    for row in meeting.invitees.all():
        row.meeting = meeting
    return meeting


def meeting_page(meeting: Meeting, *, actor: Actor, now: datetime) -> MeetingPage:
    """Build the page of one item."""
    step = Step(meeting.case, actor, now, load_facts(meeting.case, now.date()))
    is_lead = actor.role in LEADS
    is_final = meeting.state == MeetingState.FINAL
    said = list(Contribution.objects.filter(meeting=meeting).select_related("carer"))
    # A report on its way is for those who write it; who was invited reads it when it is final.
    report = _report(meeting) if is_lead or is_final else ()
    agreed = Agreement.objects.filter(meeting=meeting).select_related("doer_person", "doer_carer")
    return MeetingPage(
        meeting=meeting,
        title=f"{meeting.kind} over {meeting.case.student.full_name}",
        when=span(meeting),
        badges=_badges(meeting),
        faces=faces_of_invitees(meeting.invitees.all()),
        facts=tuple(_facts(meeting)),
        todo=tuple(_todo(meeting, actor=actor, now=now)),
        agenda=tuple(AGENDA[meeting.kind].values()),
        said=tuple(_said(meeting, said, is_comment=False)),
        comments=tuple(_said(meeting, said, is_comment=True)),
        report=report,
        agreements=tuple(agreement_row(step, row) for row in agreed),
        conclusion=meeting.get_conclusion_display() if report else "",
        contribution_url=_contribution_url(meeting, actor),
        is_report_open=is_lead and not is_final,
    )


def address(name: str, meeting: Meeting) -> str:
    """Address of a part of an item."""
    where = {"session_id": meeting.session_id, "meeting_id": meeting.pk}
    return reverse(name, kwargs=where)


def _badges(meeting: Meeting) -> tuple[Badge, ...]:
    found = [state_badge(meeting)]
    if meeting.is_provisional:
        found.append(Badge("onder voorbehoud", BadgeKind.ATTENTION))
    return tuple(found)


def _facts(meeting: Meeting) -> list[Fact]:
    is_ot = meeting.kind == MeetingKind.OT
    pairs = (
        ("Plaats", meeting.session.place),
        ("Tolk", meeting.interpreter),
        (f"Wat wil {meeting.case.student.first_name}", meeting.student_choice if is_ot else ""),
        ("Waarom een grotere tafel", meeting.size_reason),
    )
    return [Fact(term, value) for term, value in pairs if value]


def _said(meeting: Meeting, rows: list[Contribution], *, is_comment: bool) -> list[Said]:
    student = meeting.case.student.first_name
    return [
        Said(student if row.is_from_student else str(row.carer), row.text)
        for row in rows
        if row.is_comment == is_comment
    ]


def _report(meeting: Meeting) -> tuple[Told, ...]:
    rows = list(MeetingLine.objects.filter(meeting=meeting).exclude(text=""))
    found = []
    for section, label in AGENDA[meeting.kind].items():
        lines = [
            (row.text, SOURCE_LABELS.get(row.source_kind, ""))
            for row in rows
            if row.section == section
        ]
        if lines:
            found.append(Told(label, tuple(lines)))
    return tuple(found)


def _todo(meeting: Meeting, *, actor: Actor, now: datetime) -> list[Row]:
    if actor.role not in LEADS:
        return []
    rows = []
    if action := convene_action(meeting, actor=actor, now=now):
        why = "Met één tik gaan de uitnodigingen weg."
        rows.append(Row("Roep dit overleg bijeen", why=why, action=action))
    may_lay = meeting.state == MeetingState.DRAFT or (
        meeting.state == MeetingState.CONVENED and actor.role == Role.HEAD
    )
    if may_lay:
        where = {"case_id": meeting.case_id, "kind": meeting.kind}
        table = Action("Tafel aanpassen", reverse("table", kwargs=where), is_quiet=True)
        rows.append(Row("Datum, genodigden en tekst", action=table))
    if meeting.state in OPEN:
        rows += _report_rows(meeting, actor=actor, now=now)
    return rows


def _report_rows(meeting: Meeting, *, actor: Actor, now: datetime) -> list[Row]:
    is_held = meeting.state == MeetingState.HELD
    has_come = meeting.session.on <= now.date()
    rows = []
    if has_come or is_held:
        label = "Aanpassen" if is_held else "Vastleggen"
        held = Action(label, address("meeting-held", meeting), is_quiet=is_held)
        rows.append(Row("Wie was erbij", action=held))
    is_writers = is_held and actor.role != Role.HEAD
    where = address("meeting-minutes", meeting)
    write = Action("Verslag schrijven", where, is_quiet=not is_writers)
    why = "De agenda staat klaar, met wat er al bekend is."
    rows.append(Row("Agenda en verslag", why=why, action=write))
    if actor.role == Role.HEAD and is_held:
        final = Action(
            "Definitief maken",
            address("meeting-final", meeting),
            is_post=True,
            reasons=tuple(reasons_against_finalizing(meeting, actor=actor)),
        )
        why = "Daarna verandert het verslag niet meer."
        rows.append(Row("Verslag definitief maken", why=why, action=final))
    return rows


def _contribution_url(meeting: Meeting, actor: Actor) -> str:
    is_ot = meeting.kind == MeetingKind.OT and meeting.state != MeetingState.CANCELED
    if not is_ot or actor.role not in SCHOOL_ROLES:
        return ""
    return address("meeting-contribution", meeting)
