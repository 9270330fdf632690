"""Early endings, moving to another school, and reopening (T-03, T-31, T-32)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.enums import ClosingReason, LeadState, SignalAbout
from cases.models import Case, CaseLead, Signal
from cases.queries.facts import CaseFacts
from cases.workflow.amend import check_who, stamp
from cases.workflow.engine import perform, reasons_against
from cases.workflow.opening import open_case
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from schools.calendar import school_year_of
from teams.access.actor import Actor
from teams.access.errors import Blocked
from teams.access.fence import after_rules
from teams.audit import Verb, record


@after_rules
def close_lapsed_signal(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Close: the signals do not persist and parents were told (T-03)."""
    filled = {**given, "closing_reason": ClosingReason.SIGNAL_LAPSED, "closed_on": now.date()}
    return perform(ROUTE["T-03"], case_id, actor=actor, now=now, given=filled)


@after_rules
def transfer_case(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """End the case here because the pupil goes to another school (T-31).

    Errors: Blocked without consent (h), without a new school, or while parents do not know.
    """
    words = [given.get("new_school", "").strip(), given.get("reason", "").strip()]
    filled = {
        **given,
        "reason": ". ".join(word for word in words if word),
        "closed_on": now.date(),
    }
    return perform(ROUTE["T-31"], case_id, actor=actor, now=now, given=filled, write=end_leads)


@after_rules
def end_leads(step: Step) -> None:
    """End the regie, held or offered, when a case ends (domain.md 5: regie ended)."""
    standing = CaseLead.unscoped.filter(
        case=step.case, state__in=(LeadState.ACCEPTED, LeadState.OFFERED)
    )
    standing.update(state=LeadState.ENDED, ended_on=step.day)


@after_rules
def reopen_case(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Reopen a closed case for a new signal (T-32).

    Shape:  the same case within the school year in which it was closed, otherwise a new case
            that names its predecessor.
    """
    case = Case.unscoped.select_related("student", "school__organization").get(pk=case_id)
    closed_on = case.closed_on or now.date()
    if school_year_of(closed_on) != school_year_of(now.date()):
        return _follow_up(case, given=given, actor=actor, now=now)
    cleared = {"closing_reason": "", "closed_on": None, "is_urgent": False}
    filled = {**given, **cleared, "vot_is_mandatory": False}
    return perform(ROUTE["T-32"], case_id, actor=actor, now=now, given=filled, write=_write_signal)


def _follow_up(case: Case, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    step = Step(case, actor, now, CaseFacts(case, now.date()), dict(given))
    check_who(case, ROUTE["T-32"].who, actor=actor)
    if reasons := reasons_against(ROUTE["T-32"], step):
        raise Blocked(reasons)
    with transaction.atomic():
        new = open_case(
            student=case.student, school=case.school, actor=actor, now=now, predecessor=case
        )
        _write_signal(Step(new, actor, now, CaseFacts(new, now.date()), dict(given)))
        record(Verb.STEP, case, actor=actor, now=now, reason="T-32")
    return new


def _write_signal(step: Step) -> None:
    Signal.unscoped.create(
        about=SignalAbout.STUDENT,
        school=step.case.school,
        student=step.case.student,
        case=step.case,
        noted_on=step.day,
        observation=step.get("reason"),
        **stamp(step.case, actor=step.actor, now=step.now),
    )
