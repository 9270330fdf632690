"""What follows on a VOT or OT: on to the OT, start, plan again, weigh, finish (T-13 to T-19)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from cases.actions.closing import end_leads
from cases.actions.documents import ask_ot_report
from cases.actions.leads import write_offer
from cases.enums import ClosingReason, LeadState, MeetingKind, MeetingState, PlanState
from cases.models import Case, CaseLead, Meeting, Plan
from cases.notices import tell_school_ot_requested, withdraw_invitations
from cases.queries.leads import LeadCandidate, lead_candidates
from cases.workflow.engine import perform
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.fence import after_rules


@after_rules
def go_to_ot(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Go on to the OT; the regie is offered provisionally to whom the facts point (T-13).

    Shape:  given: optional `lead`, a LeadCandidate; without it the proposal of R-8.2.
    """
    filled = {**(given or {})}
    return perform(ROUTE["T-13"], case_id, actor=actor, now=now, given=filled, write=_prepare_ot)


@after_rules
def skip_ot(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """No OT, by exception: close, or go on with agreements (T-14, C-03).

    Shape:  given: `reason`, `talk` (when and what was said with parents), `goes_on` when
            agreements go on, else `closing_reason`.
    """
    reason, talk = given.get("reason", "").strip(), given.get("talk", "").strip()
    # The guards ask for each apart; the history keeps both.
    filled = {**given, "reason": reason and f"{reason} Met ouders: {talk}"}
    if not given.get("goes_on"):
        filled["closing_reason"] = given.get("closing_reason") or ClosingReason.SATISFIED
        filled["closed_on"] = now.date()
    return perform(ROUTE["T-14"], case_id, actor=actor, now=now, given=filled, write=_end_vot)


@after_rules
def start_plan(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """Start the school's own plan after a final OT report (T-16); the plan runs from now."""
    filled = {**(given or {})}
    return perform(ROUTE["T-16"], case_id, actor=actor, now=now, given=filled, write=_start)


@after_rules
def plan_new_ot(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Plan another OT; one that was held becomes final, one still to come is called off (T-17)."""
    return perform(ROUTE["T-17"], case_id, actor=actor, now=now, given=given, write=_end_ot)


@after_rules
def weigh_support(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> Case:
    """The school's support is not enough: weigh additional support (T-18)."""
    filled = {**(given or {})}
    return perform(ROUTE["T-18"], case_id, actor=actor, now=now, given=filled)


@after_rules
def finish_after_ot(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Nothing more is needed and parents agree (T-19).

    Shape:  given: `reason`, `do_carers_agree`; optional `closing_reason`.
    """
    filled = {
        **given,
        "closing_reason": given.get("closing_reason") or ClosingReason.SATISFIED,
        "closed_on": now.date(),
    }
    return perform(ROUTE["T-19"], case_id, actor=actor, now=now, given=filled, write=_finish)


@after_rules
def run_plan(step: Step) -> None:
    """Let the draft plan run, in the step's transaction (I8)."""
    plan = cast(Plan, step.facts.plan)  # plan_is_monitored guards this
    plan.state = PlanState.ACTIVE
    plan.save(update_fields=["state"])


@after_rules
def end_plans(step: Step) -> None:
    """End every living plan when a case ends, in the step's transaction."""
    for plan in Plan.unscoped.filter(case=step.case).exclude(state=PlanState.ENDED):
        plan.state = PlanState.ENDED
        plan.save(update_fields=["state"])


@after_rules
def ask_for_ot(step: Step) -> None:
    """Tell the school that an OT is to come, in the step's transaction."""
    tell_school_ot_requested(step.case, actor=step.actor, now=step.now)


def _start(step: Step) -> None:
    run_plan(step)
    meeting = cast(Meeting, step.facts.meeting(MeetingKind.OT))  # ot_report_is_final guards this
    # The plan may have been written after the report was made final.
    ask_ot_report(meeting, actor=step.actor, now=step.now)


def _prepare_ot(step: Step) -> None:
    ask_for_ot(step)
    standing = (LeadState.ACCEPTED, LeadState.OFFERED)
    if CaseLead.unscoped.filter(case=step.case, state__in=standing).exists():
        return
    chosen: LeadCandidate | None = step.get("lead")
    candidates = lead_candidates(step.facts)
    wanted = next((row for row in candidates if chosen and row.key == chosen.key), None)
    if wanted or candidates:
        write_offer(step, wanted or candidates[0])


def _end_vot(step: Step) -> None:
    _end_item(step, MeetingKind.VOT)
    if not step.get("goes_on"):
        end_leads(step)


def _end_ot(step: Step) -> None:
    ask_for_ot(step)
    _end_item(step, MeetingKind.OT)


def _finish(step: Step) -> None:
    _end_item(step, MeetingKind.OT)
    end_plans(step)
    end_leads(step)


def _end_item(step: Step, kind: MeetingKind) -> None:
    meeting = step.facts.meeting(kind)
    if meeting is None or meeting.state == MeetingState.FINAL:
        return
    if meeting.state == MeetingState.HELD:
        _finalize(meeting, step)
        return
    meeting.state = MeetingState.CANCELED
    meeting.save(update_fields=["state"])
    withdraw_invitations(meeting, now=step.now)


def _finalize(meeting: Meeting, step: Step) -> None:
    meeting.state = MeetingState.FINAL
    meeting.finalized_by_id, meeting.finalized_at = step.actor.person_id, step.now
    meeting.save(update_fields=["state", "finalized_by", "finalized_at"])
