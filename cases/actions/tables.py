"""Laying the table of a VOT or OT as a draft, and changing it after it was convened (R-7.1)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cases.actions.documents import ask_ot_invitations
from cases.actions.places import add_invitee, dismiss, invite, key_of
from cases.actions.sessions import plan_session
from cases.enums import CaseState, MeetingKind, MeetingState
from cases.models import Case, Invitee, Meeting, Session
from cases.notices import change_invitations, send_invitations, tell_head_table_is_laid
from cases.queries.facts import CaseFacts
from cases.workflow.amend import amending, stamp
from cases.workflow.guards import table as guards
from cases.workflow.steps import Step
from cases.workflow.table import HEAD, IB
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.access.rules import meeting_audience
from teams.audit import Verb
from teams.enums import Compartment, Role

LAID_FROM = {MeetingKind.VOT: CaseState.VOT_REQUESTED, MeetingKind.OT: CaseState.OT_PREPARING}
COMPARTMENTS = {
    MeetingKind.VOT: Compartment.SCHOOL_FILE,
    MeetingKind.OT: Compartment.SHARED_PLAN,
}
TEXTS = ("message", "interpreter", "student_choice")
CHANGING = (
    guards.mandate_is_recorded,
    guards.table_is_laid,
    guards.date_lies_ahead,
    guards.each_professional_has_a_reason,
    guards.attendance_officer_has_a_ground,
    guards.outsiders_are_covered,
    guards.table_is_small_or_explained,
)
FAMILY_CHANGING = (guards.parents_are_invited, guards.student_is_invited_or_chose)


@after_rules
def lay_table(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Meeting:
    """Lay the table as a draft: date, time, who and why, and the words that go with it.

    Shape:  given: `kind`; `session`, or `on` (with `session_starts_at`, `place`,
            `is_urgent`); optional `starts_at`, `minutes`, `message`, `interpreter`,
            `student_choice`, `size_reason` (of the head alone), and `invitees`: rows with
            `kind`, `person` and `role`, or `carer`, or `name`, and `reason`. May be incomplete;
            `is_ready` tells the head.
    Errors: NotVisible, NotAllowed, Blocked when the case is not at this point.
    """
    kind = MeetingKind(given["kind"])
    with amending(case_id, Verb.TABLE_LAID, who=(IB, HEAD), actor=actor, now=now) as step:
        if reasons := _against_laying(step, kind):
            raise Blocked(reasons)
        session = _session(step, kind, given)
        meeting = step.facts.draft_table(kind) or _new(step, kind, session)
        _write_words(meeting, session, given, actor=actor)
        _, dropped = _seat(meeting, given.get("invitees", ()), actor=actor, now=now)
        for row in dropped:
            row.delete()
        if given.get("is_ready"):
            tell_head_table_is_laid(meeting, now=now)
    return meeting


@after_rules
def change_table(
    meeting_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Meeting:
    """Change a table that was convened; whoever is added, removed or moved is told.

    Shape:  given as for `lay_table`; what is not named stays as it is.
    Errors: NotVisible, NotAllowed (the head alone), Blocked by the guards of convening.
    Source: R-7.1, issue 2 chapter 4: convened or changed in one act.
    """
    found = Meeting.unscoped.get(pk=meeting_id)
    with amending(
        found.case_id, Verb.INVITATION_CHANGED, who=(HEAD,), actor=actor, now=now
    ) as step:
        meeting = next(row for row in step.facts.meetings if row.pk == meeting_id)
        if meeting.state != MeetingState.CONVENED:
            text = "Dit overleg is niet bijeengeroepen, of al gehouden."
            raise Blocked([Reason(text, "Bekijk de casus.", "item_is_convened")])
        before = (meeting.session_id, meeting.starts_at)
        session = _session(step, MeetingKind(meeting.kind), given) if _moves(given) else None
        _write_words(meeting, session or meeting.session, given, actor=actor)
        _reseat(meeting, given, actor=actor, now=now)
        _check_changed(meeting.pk, step)
        if (meeting.session_id, meeting.starts_at) != before:
            change_invitations(meeting, now=now)
        send_invitations(meeting, now=now)
        if meeting.kind == MeetingKind.OT:
            ask_ot_invitations(meeting, actor=actor, now=now)
    return meeting


def _against_laying(step: Step, kind: MeetingKind) -> list[Reason]:
    wanted = LAID_FROM[kind]
    if step.case.state != wanted:
        text = f"De tafel voor het {kind} kan nu niet worden gelegd."
        who = f"Dat kan zodra de casus bij “{wanted.label}” staat."
        return [Reason(text, who, "state")]
    unfinished = step.facts.meeting(kind)
    if unfinished and unfinished.state != MeetingState.FINAL:
        text = f"Het verslag van het vorige {kind} is nog niet definitief."
        where = f"/overleg/{unfinished.session_id}/casus/{unfinished.pk}/"
        return [Reason(text, "De directeur maakt het definitief.", "report_is_final", where)]
    return []


def _moves(given: Mapping[str, Any]) -> bool:
    return bool(given.get("session") or given.get("on"))


def _session(step: Step, kind: MeetingKind, given: Mapping[str, Any]) -> Session:
    session = given.get("session")
    if session is None:
        asked = {
            "kind": kind,
            "on": given["on"],
            "starts_at": given.get("session_starts_at") or given.get("starts_at"),
            "place": given.get("place", ""),
            "is_urgent": given.get("is_urgent") or step.case.is_urgent,
        }
        session = plan_session(step.case.school, given=asked, actor=step.actor, now=step.now)
    if session.school_id != step.case.school_id or session.kind != kind:
        text = f"Dit is geen {kind} van deze school."
        raise Blocked([Reason(text, "Kies een andere datum.", "session_is_ours")])
    return session


def _new(step: Step, kind: MeetingKind, session: Session) -> Meeting:
    key = uuid4()
    return Meeting.unscoped.create(
        id=key,
        session=session,
        case=step.case,
        kind=kind,
        starts_at=session.starts_at,
        compartment=COMPARTMENTS[kind],
        audience=meeting_audience(key),
        **stamp(step.case, actor=step.actor, now=step.now),
    )


def _write_words(
    meeting: Meeting, session: Session, given: Mapping[str, Any], *, actor: Actor
) -> None:
    meeting.session = session
    meeting.starts_at = given.get("starts_at") or meeting.starts_at
    meeting.minutes = given.get("minutes") or meeting.minutes
    for name in TEXTS:
        setattr(meeting, name, given.get(name, getattr(meeting, name)))
    # Only the head explains why a larger table is needed (R-7.1 b).
    if actor.role == Role.HEAD and "size_reason" in given:
        meeting.size_reason = given["size_reason"]
    meeting.save(update_fields=["session", "starts_at", "minutes", *TEXTS, "size_reason"])


def _seat(
    meeting: Meeting, rows: Iterable[Mapping[str, Any]], *, actor: Actor, now: datetime
) -> tuple[list[Invitee], list[Invitee]]:
    """Make the invitees of a draft say what is given. Shape: who came, who went."""
    standing = {key_of(row): row for row in Invitee.unscoped.filter(meeting=meeting)}
    wanted = {key_of(row): row for row in rows}
    for key in standing.keys() & wanted.keys():
        if standing[key].reason != wanted[key].get("reason", ""):
            standing[key].reason = wanted[key].get("reason", "")
            standing[key].save(update_fields=["reason"])
    added = [
        add_invitee(meeting, row, actor=actor, now=now)
        for key, row in wanted.items()
        if key not in standing
    ]
    return added, [row for key, row in standing.items() if key not in wanted]


def _reseat(meeting: Meeting, given: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    if "invitees" not in given:
        return
    added, removed = _seat(meeting, given["invitees"], actor=actor, now=now)
    for row in removed:
        dismiss(row, now=now)
    for row in added:
        invite(row, actor=actor, now=now)


class _ConvenedTable(CaseFacts):
    """The same facts, with a convened item in the place of the draft that guards ask for."""

    def __init__(self, case: Case, meeting_id: UUID, step: Step) -> None:
        super().__init__(case, step.day)
        self._meeting_id = meeting_id

    def draft_table(self, kind: str) -> Meeting | None:
        """The table that was just changed, of whatever kind."""
        return next(row for row in self.meetings if row.pk == self._meeting_id)


def _check_changed(meeting_id: UUID, step: Step) -> None:
    facts = _ConvenedTable(step.case, meeting_id, step)
    changed = Step(step.case, step.actor, step.now, facts, {})
    table = facts.draft_table("")
    asked = CHANGING + (FAMILY_CHANGING if table and table.kind == MeetingKind.OT else ())
    if reasons := [reason for guard in asked if (reason := guard(changed))]:
        raise Blocked(reasons)
