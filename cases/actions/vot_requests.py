"""Asking the head for a VOT without waiting for an outcome or an evaluation (T-09, T-10)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cases import notices
from cases.models import Case
from cases.workflow.engine import perform
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.fence import after_rules


@after_rules
def ask_vot(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Ask for a VOT while agreements run; the head may give it back (T-09, voluntary).

    After an onvoldoende the system asks instead, see `evaluate_agreement`.
    """
    filled = {**given, "vot_is_mandatory": False, "is_urgent": bool(given.get("is_urgent"))}
    return perform(ROUTE["T-09"], case_id, actor=actor, now=now, given=filled, write=tell_head)


@after_rules
def ask_vot_at_once(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Ask for a VOT from the signal: talking gave too little, or it is complex and lasts (T-10)."""
    filled = {**given, "vot_is_mandatory": True, "is_urgent": bool(given.get("is_urgent"))}
    return perform(ROUTE["T-10"], case_id, actor=actor, now=now, given=filled, write=tell_head)


@after_rules
def tell_head(step: Step) -> None:
    """Ask the head for the VOT, in the step's own transaction."""
    notices.tell_head_vot_requested(step.case, now=step.now)
