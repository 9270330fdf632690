"""The head convenes a VOT or OT in one act, one item or a whole list (T-11, T-12, T-15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from cases.actions.documents import ask_ot_invitations
from cases.actions.leads import hold_by_default
from cases.actions.places import invite
from cases.enums import MeetingKind, MeetingState
from cases.models import Case, Meeting, Session
from cases.notices import send_invitations
from cases.workflow.engine import perform
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.enums import Role


@dataclass(frozen=True)
class RefusedItem:
    """An item of a list that could not be convened, and every reason why."""

    meeting: Meeting
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ConvenedList:
    """What became of a list: the cases convened, and the items refused."""

    convened: tuple[Case, ...]
    refused: tuple[RefusedItem, ...]


@after_rules
def convene_vot(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Convene the VOT whose table lies ready; the invitations go at once (T-11).

    Shape:  given: optional `size_reason` when the table is larger than meant (R-7.1).
    """
    return perform(
        ROUTE["T-11"], case_id, actor=actor, now=now, given=given or {}, write=_convene_vot
    )


@after_rules
def convene_ot(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Convene the OT with parents, pupil and whoever is really needed (T-15).

    Without an accepted regie the head holds it by default from now on (R-8.3, I2).
    """
    return perform(
        ROUTE["T-15"], case_id, actor=actor, now=now, given=given or {}, write=_convene_ot
    )


CONVENE: dict[str, Callable[..., Case]] = {
    MeetingKind.VOT: convene_vot,
    MeetingKind.OT: convene_ot,
}


@after_rules
def convene_list(
    session: Session,
    *,
    given: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> ConvenedList:
    """Convene every laid table of a session in one act; each through its own step.

    Shape:  what was convened and what was refused, with reasons; given: optional
            `size_reasons`, from item id to the reason for a larger table.
    Errors: NotVisible, NotAllowed; a refused item does not hold up the others.
    """
    explained = (given or {}).get("size_reasons", {})
    convened, refused = [], []
    with transaction.atomic():
        items = Meeting.objects.filter(session=session, state=MeetingState.DRAFT)
        for meeting in items.select_related("case__student"):
            words = {"size_reason": explained.get(meeting.pk, "")}
            try:
                case = CONVENE[meeting.kind](meeting.case_id, given=words, actor=actor, now=now)
            except Blocked as refusal:
                refused.append(RefusedItem(meeting, refusal.reasons))
            else:
                convened.append(case)
    return ConvenedList(tuple(convened), tuple(refused))


@after_rules
def decline_vot(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Give a voluntary VOT back, in agreement with who asked for it (T-12).

    Shape:  given: `reason`, `requester_agrees`.
    """
    return perform(ROUTE["T-12"], case_id, actor=actor, now=now, given=given, write=_drop_draft)


def _convene_vot(step: Step) -> None:
    _convene(step, MeetingKind.VOT)


def _convene_ot(step: Step) -> None:
    meeting = _convene(step, MeetingKind.OT)
    if step.facts.lead is None:
        hold_by_default(step)
    ask_ot_invitations(meeting, actor=step.actor, now=step.now)


def _convene(step: Step, kind: MeetingKind) -> Meeting:
    meeting = cast(Meeting, step.facts.draft_table(kind))  # table_is_laid guards this
    meeting.state = MeetingState.CONVENED
    meeting.convened_by_id = step.actor.person_id
    meeting.convened_role = Role.HEAD
    meeting.convened_at = step.now
    meeting.size_reason = step.get("size_reason", "").strip() or meeting.size_reason
    meeting.save(
        update_fields=["state", "convened_by", "convened_role", "convened_at", "size_reason"]
    )
    for row in meeting.invitees.all():
        invite(row, actor=step.actor, now=step.now)
    send_invitations(meeting, now=step.now)
    return meeting


def _drop_draft(step: Step) -> None:
    draft = step.facts.draft_table(MeetingKind.VOT)
    if draft:
        draft.state = MeetingState.CANCELED
        draft.save(update_fields=["state"])
