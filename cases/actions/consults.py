"""Collegiaal consult: asking, answering, and its three outcomes (T-04 to T-07)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cases import notices
from cases.actions.agreements import write_agreements
from cases.actions.vot_requests import tell_head
from cases.enums import ClosingReason, ConsultOutcome
from cases.models import Case, Consult, ConsultAsked
from cases.workflow.amend import amending, stamp
from cases.workflow.engine import perform
from cases.workflow.names import identifying
from cases.workflow.steps import Step
from cases.workflow.table import ASKED, ROUTE
from teams.access.actor import Actor
from teams.access.errors import Blocked, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.rules import consult_audience
from teams.audit import Verb
from teams.enums import SCHOOL_ROLES


@after_rules
def ask_consult(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Put a short question to one or a few colleagues (T-04).

    `given["asked"]` holds assignments: who is asked, in which role.
    Errors: NotVisible, NotAllowed, Blocked; a name for outsiders only under consent (R-6.6).
    """
    return perform(ROUTE["T-04"], case_id, actor=actor, now=now, given=given, write=_write_question)


def _write_question(step: Step) -> None:
    key = uuid4()
    shared = stamp(step.case, actor=step.actor, now=step.now)
    shared["audience"] = consult_audience(key)
    consult = Consult.unscoped.create(
        id=key,
        case=step.case,
        question=step.get("question"),
        is_named=bool(step.get("is_named")),
        asked_on=step.day,
        **shared,
    )
    asked = {row.person_id: row.role for row in step.get("asked")}
    for person_id, role in asked.items():
        ConsultAsked.unscoped.create(consult=consult, person_id=person_id, role=role, **shared)
    notices.ask_consult(consult, now=step.now)


@after_rules
def answer_consult(
    consult_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Consult:
    """Give the advice of one who was asked, and the outcome in that person's judgment.

    Errors: NotVisible when the actor was not asked; Blocked once the consult has an outcome.
    """
    consult = Consult.unscoped.get(pk=consult_id)
    asked = ConsultAsked.unscoped.filter(consult=consult, person=actor.person_id).first()
    if asked is None:
        raise NotVisible
    with amending(
        consult.case_id, Verb.CONSULT_ANSWERED, who=(ASKED,), actor=actor, now=now
    ) as step:
        consult.refresh_from_db()
        if reasons := _against_naming(step, consult, given["advice"]):
            raise Blocked(reasons)
        if consult.outcome:
            text = "Dit consult heeft al een uitkomst."
            raise Blocked([Reason(text, "U kunt de intern begeleider bellen.", "consult_is_open")])
        asked.advice = given["advice"]
        asked.outcome = given.get("outcome", "")
        asked.answered_at = now
        asked.save(update_fields=["advice", "outcome", "answered_at"])
        notices.tell_coordinator_consult_answered(consult, now=now)
    return consult


@after_rules
def settle_consult(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    """Outcome 1: nothing is the matter any more; the case closes content (T-05)."""
    day = now.date()
    filled = {
        **_with_motivation(given),
        "outcome": ConsultOutcome.SETTLED,
        "closing_reason": ClosingReason.SATISFIED,
        "closed_on": day,
    }
    return perform(ROUTE["T-05"], case_id, actor=actor, now=now, given=filled, write=_write_settled)


@after_rules
def reach_agreements(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Outcome 2: who does what, what is needed, what it should yield (T-06).

    Errors: Blocked when one of the four elements or an evaluation date is missing (S-03).
    """
    filled = {
        **_with_motivation(given),
        "outcome": ConsultOutcome.AGREEMENTS,
    }
    return perform(ROUTE["T-06"], case_id, actor=actor, now=now, given=filled, write=_write_agreed)


@after_rules
def ask_vot_after_consult(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Outcome 3: more is needed; the head convenes a VOT soon and cannot refuse it (T-07)."""
    filled = {
        **_with_motivation(given),
        "outcome": ConsultOutcome.NEEDS_MORE,
        "vot_is_mandatory": True,
        "is_urgent": bool(given.get("is_urgent")),
    }
    return perform(ROUTE["T-07"], case_id, actor=actor, now=now, given=filled, write=_write_more)


def _write_settled(step: Step) -> None:
    _write_outcome(step)


def _write_more(step: Step) -> None:
    _write_outcome(step)
    tell_head(step)


def _with_motivation(given: Mapping[str, Any]) -> dict[str, Any]:
    """The step's own words: why this outcome, and who judged otherwise."""
    words = [given.get("motivation", "").strip()]
    if dissent := given.get("dissent", "").strip():
        words.append(f"Anders oordeel: {dissent}")
    return {**given, "reason": "\n".join(filter(None, words))}


def _against_naming(step: Step, consult: Consult, advice: str) -> list[Reason]:
    """AR-14: a colleague of the school names nobody where someone from outside reads along.

    Who was asked without a name knows none; a refusal would tell that a guess is right.
    """
    if consult.is_named or step.actor.role not in SCHOOL_ROLES or not _has_outsiders(consult):
        return []
    named = identifying(advice, step.facts)
    if not named:
        return []
    text = f"In uw advies staat waaraan de leerling te herkennen is: {', '.join(named)}."
    who = "Iemand van buiten de school leest mee. Schrijf bijvoorbeeld “deze leerling”."
    return [Reason(text, who, "advice_names_nobody")]


def _has_outsiders(consult: Consult) -> bool:
    rows = ConsultAsked.unscoped.filter(consult=consult)
    return rows.exclude(role__in=SCHOOL_ROLES).exists()


def _write_outcome(step: Step) -> Consult:
    consult = Consult.unscoped.get(case=step.case, outcome="")
    consult.outcome = step.get("outcome")
    consult.held_on = step.day
    # Who was asked from outside reads this row on; then the words lie with the step only.
    if not _has_outsiders(consult):
        consult.motivation = step.get("motivation", "")
        consult.dissent = step.get("dissent", "")
    consult.save(update_fields=["outcome", "held_on", "motivation", "dissent"])
    return consult


def _write_agreed(step: Step) -> None:
    write_agreements(step, _write_outcome(step))
