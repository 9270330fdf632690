"""During and after a meeting: who was there, minutes, agreements, the final report (R-7.6, R-7.7)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.actions.documents import ask_ot_report
from cases.actions.measures import write_meeting_agreements
from cases.actions.places import add_invitee
from cases.enums import Attendance, Conclusion, InviteeKind, MeetingKind, MeetingState
from cases.models import Contribution, Invitee, Meeting, MeetingLine
from cases.notices import tell_head_report_is_written
from cases.queries.minutes import line_key, parse_key, saved_lines
from cases.workflow.amend import amending, stamp
from cases.workflow.guards.late import carers_were_present
from cases.workflow.steps import Step, Who
from cases.workflow.table import HEAD, IB, PEDAGOGICAL, TEACHER
from teams.access.actor import Actor
from teams.access.errors import Blocked, Conflict, Reason
from teams.access.fence import after_rules
from teams.audit import Verb
from teams.enums import Relation
from teams.models import AuditEntry

WRITABLE = (MeetingState.CONVENED, MeetingState.HELD)


@after_rules
def record_held(
    meeting_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Meeting:
    """Record that a meeting took place and who was there; attendance may be corrected later.

    Shape:  given: `held_on`; `attendance` from invitee id to Attendance; optional `guests`,
            names of who came along. An OT without parents, after two invitations, is held
            onder voorbehoud (R-7.5).
    Errors: NotVisible, NotAllowed, Blocked when it was not convened or lies ahead.
    """
    with _writing(meeting_id, Verb.MEETING_HELD, actor=actor, now=now) as (step, meeting):
        day = given.get("held_on") or meeting.session.on
        if day > step.day:
            text = "Dit overleg is nog niet geweest."
            raise Blocked([Reason(text, "Leg dit vast op de dag zelf of erna.", "day_has_come")])
        seen = given.get("attendance", {})
        for row in meeting.invitees.all():
            row.attendance = seen.get(row.pk, row.attendance)
            row.save(update_fields=["attendance"])
        _write_guests(meeting, given.get("guests", ()), actor=actor, now=now)
        meeting.state, meeting.held_on = MeetingState.HELD, day
        is_family_absent = meeting.kind == MeetingKind.OT and not carers_were_present(meeting)
        meeting.is_provisional = is_family_absent
        meeting.save(update_fields=["state", "held_on", "is_provisional"])
    return meeting


@after_rules
def save_minutes(
    meeting_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Meeting:
    """Save the report of an item: its lines, conclusion and agreements.

    Shape:  given: `version`, the one the page was opened on; `lines` from line key
            (`cases.queries.minutes.line_key`) to text; optional `conclusion`,
            `conclusion_reason`, and `agreements`: rows as in `write_meeting_agreements`;
            `is_ready` tells the head that the report waits to be made final.
    Errors: NotVisible, NotAllowed; Blocked when the report is final; Conflict when somebody
            saved another text in between: then nothing was written (S-27).
    """
    with _writing(meeting_id, Verb.MINUTES_SAVED, actor=actor, now=now) as (step, meeting):
        _check_version(meeting, given)
        _write_lines(meeting, given.get("lines", {}), actor=actor, now=now)
        write_meeting_agreements(step, meeting, given.get("agreements", ()))
        for name in ("conclusion", "conclusion_reason"):
            setattr(meeting, name, given.get(name, getattr(meeting, name)))
        meeting.report_version += 1
        meeting.save(update_fields=["conclusion", "conclusion_reason", "report_version"])
        if given.get("is_ready"):
            tell_head_report_is_written(meeting, now=now)
    return meeting


@after_rules
def finalize_report(meeting_id: UUID, *, actor: Actor, now: datetime) -> Meeting:
    """Make the report final; from here on it is what it is (R-7.6, the head alone).

    Errors: NotVisible, NotAllowed; Blocked with what is missing.
    """
    with _writing(meeting_id, Verb.REPORT_FINALIZED, actor=actor, now=now, who=(HEAD,)) as (
        _,
        meeting,
    ):
        if reasons := reasons_against_finalizing(meeting, actor=actor):
            raise Blocked(reasons)
        meeting.state = MeetingState.FINAL
        meeting.finalized_by_id, meeting.finalized_at = actor.person_id, now
        meeting.save(update_fields=["state", "finalized_by", "finalized_at"])
        if meeting.kind == MeetingKind.OT:
            ask_ot_report(meeting, actor=actor, now=now)
    return meeting


@after_rules
def reasons_against_finalizing(meeting: Meeting, *, actor: Actor) -> list[Reason]:
    """What a report still lacks before the head can make it final; empty when nothing."""
    who = "De intern begeleider kan dat vastleggen."
    reasons = []
    if meeting.state != MeetingState.HELD:
        text = "Er is nog niet vastgelegd wie er bij het overleg was."
        reasons.append(Reason(text, who, "item_is_held"))
    if not any(line.text.strip() for line in saved_lines(meeting)):
        reasons.append(Reason("Het verslag is nog leeg.", who, "report_is_written"))
    if meeting.kind == MeetingKind.OT and not meeting.conclusion:
        reasons.append(Reason("Het OT heeft nog geen conclusie.", who, "ot_concludes"))
    if meeting.conclusion == Conclusion.ADDITIONAL and not meeting.conclusion_reason.strip():
        text = "Er staat nog niet waarom de ondersteuning van school niet volstaat."
        reasons.append(Reason(text, who, "more_support_is_needed"))
    if not actor.has_mandate:
        text = "U vervangt de directeur zonder vastgelegd mandaat."
        who = "De directeur kan het mandaat laten vastleggen."
        reasons.append(Reason(text, who, "mandate_is_recorded"))
    return reasons


@after_rules
def enter_contribution(
    meeting_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Contribution:
    """Enter what parents or pupil bring in, or add to the final report, in their words (R-7.4).

    Shape:  given: `carer`, or `is_from_student`; `text`; `is_comment` after the report.
    Errors: NotVisible, NotAllowed; Blocked without a voice or for a meeting called off.
    """
    meeting = Meeting.unscoped.get(pk=meeting_id)
    who = (IB, HEAD, TEACHER, PEDAGOGICAL, Who(Relation.PARTICIPANT))
    with amending(
        meeting.case_id, Verb.CONTRIBUTION_ENTERED, who=who, actor=actor, now=now
    ) as step:
        if meeting.state == MeetingState.CANCELED:
            text = "Dit overleg is afgezegd."
            raise Blocked([Reason(text, "Bewaar de inbreng bij het nieuwe OT.", "item_is_on")])
        if not (given.get("carer") or given.get("is_from_student")):
            raise Blocked([Reason("Kies van wie de inbreng is.", "", "voice_is_known")])
        contribution = Contribution.unscoped.create(
            meeting=meeting,
            carer=given.get("carer"),
            is_from_student=bool(given.get("is_from_student")),
            is_comment=bool(given.get("is_comment")),
            text=given["text"],
            compartment=meeting.compartment,
            audience=meeting.audience,
            **stamp(step.case, actor=actor, now=now),
        )
        # A comment is annexed to the report: a new version, which names the one before.
        is_final_ot = meeting.kind == MeetingKind.OT and meeting.state == MeetingState.FINAL
        if contribution.is_comment and is_final_ot:
            ask_ot_report(meeting, actor=actor, now=now)
    return contribution


@contextmanager
def _writing(
    meeting_id: UUID,
    verb: Verb,
    *,
    actor: Actor,
    now: datetime,
    who: tuple[Who, ...] = (IB, HEAD),
) -> Iterator[tuple[Step, Meeting]]:
    """Hold the case while its report is written. Errors: Blocked when it is final or called off."""
    case_id = Meeting.unscoped.values_list("case_id", flat=True).get(pk=meeting_id)
    with amending(case_id, verb, who=who, actor=actor, now=now) as step:
        meeting = next(row for row in step.facts.meetings if row.pk == meeting_id)
        if meeting.state not in WRITABLE:
            text = "Het verslag is definitief, of het overleg gaat niet door."
            raise Blocked([Reason(text, "Bekijk de casus.", "report_is_open")])
        yield step, meeting


def _check_version(meeting: Meeting, given: Mapping[str, Any]) -> None:
    seen = given.get("version")
    if seen is None or seen == meeting.report_version:
        return
    standing = {line.key: line.text for line in saved_lines(meeting)}
    # A line that the second writer left empty is the first one's: nothing is lost by choosing.
    mine = {
        key: text if text.strip() else standing.get(key, "")
        for key, text in given.get("lines", {}).items()
        if text.strip() != standing.get(key, "").strip()
    }
    theirs = {key: standing.get(key, "") for key in mine}
    last = AuditEntry.objects.filter(verb=Verb.MINUTES_SAVED, dossier_id=meeting.dossier_id)
    newest = last.order_by("-at").first()
    raise Conflict(
        theirs={**theirs, "version": meeting.report_version},
        mine=mine,
        by=newest.actor_name if newest else "Iemand anders",
    )


def _write_lines(
    meeting: Meeting, lines: Mapping[str, str], *, actor: Actor, now: datetime
) -> None:
    standing = {
        line_key(row.section, row.source_kind, row.source_id): row
        for row in MeetingLine.unscoped.filter(meeting=meeting)
    }
    for position, (key, text) in enumerate(lines.items()):
        row = standing.get(key)
        if row is None:
            section, source_kind, source_id = parse_key(key)
            MeetingLine.unscoped.create(
                meeting=meeting,
                section=section,
                position=position,
                text=text,
                source_kind=source_kind,
                source_id=source_id,
                compartment=meeting.compartment,
                audience=meeting.audience,
                **stamp(meeting.case, actor=actor, now=now),
            )
        elif row.text != text:
            row.text = text
            row.save(update_fields=["text"])


def _write_guests(meeting: Meeting, names: Iterable[str], *, actor: Actor, now: datetime) -> None:
    known = set(Invitee.unscoped.filter(meeting=meeting).values_list("name", flat=True))
    for name in {name.strip() for name in names} - known - {""}:
        row = {"kind": InviteeKind.GUEST, "name": name, "attendance": Attendance.PRESENT}
        add_invitee(meeting, row, actor=actor, now=now)
