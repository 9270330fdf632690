"""Talks with parents and pupil, early on the route (T-02)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.models import Case, Conversation
from cases.workflow.amend import stamp
from cases.workflow.engine import perform
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import author_audience
from teams.enums import SCHOOL_ROLES


@after_rules
def record_conversation(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Record a talk with parents and pupil, or why there was none yet (T-02).

    Errors: NotVisible, NotAllowed, Blocked when neither a talk nor a reason is given.
    """
    return perform(ROUTE["T-02"], case_id, actor=actor, now=now, given=given, write=_write)


def _write(step: Step) -> None:
    is_held = bool(step.get("content", "").strip())
    shared = stamp(step.case, actor=step.actor, now=step.now)
    if step.actor.role not in SCHOOL_ROLES:
        # Who is employed elsewhere reads only the own talks; the group staff reads all (AR-1, AR-15).
        shared["audience"] = author_audience(step.actor.person_id)
    Conversation.unscoped.create(
        case=step.case,
        is_held=is_held,
        held_on=step.get("held_on") or step.day,
        with_carers=is_held and bool(step.get("with_carers")),
        with_student=is_held and bool(step.get("with_student")),
        content=step.get("content", ""),
        carers_words=step.get("carers_words", ""),
        student_words=step.get("student_words", ""),
        agreed=step.get("agreed", ""),
        not_held_reason="" if is_held else step.get("not_held_reason", ""),
        **shared,
    )
