"""Regie: offered, accepted, dated, handed over; never a gap (R-8.1 to R-8.6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.enums import CaseState, LeadState, NoteKind
from cases.models import CaseLead, Note
from cases.notices import offer_regie, tell_head_regie_is_answered
from cases.queries.leads import LeadCandidate, lead_candidates, school_leads
from cases.workflow.amend import amending, stamp
from cases.workflow.steps import Step, Who
from cases.workflow.table import HEAD, IB, LEAD
from teams.access.actor import Actor
from teams.access.errors import Blocked, NotAllowed, Reason
from teams.access.fence import after_rules
from teams.audit import Verb
from teams.enums import Compartment, Relation, Role

MAY_OFFER = (IB, HEAD, LEAD)
MAY_ANSWER = (IB, HEAD, LEAD, Who(Relation.PARTICIPANT))
OFFERED_FROM = frozenset(
    {
        CaseState.VOT,
        CaseState.OT_PREPARING,
        CaseState.OT,
        CaseState.WEIGHING,
        CaseState.RUNNING,
        CaseState.ESCALATED,
    }
)


@after_rules
def offer_lead(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> CaseLead:
    """Offer the regie to somebody; who holds it keeps it until the other accepts (R-8.3).

    Shape:  given: `person`, `role`; `handover` is the note for who takes over, and needed
            when somebody accepted the regie before. A standing offer to another is replaced.
    Errors: NotVisible, NotAllowed, Blocked when this person cannot hold it.
    """
    with amending(case_id, Verb.LEAD_OFFERED, who=MAY_OFFER, actor=actor, now=now) as step:
        if reasons := _against_offering(step, given):
            raise Blocked(reasons)
        _end_offer(step)
        words = given.get("handover", "").strip()
        if words:
            _write_handover(step, words)
        return write_offer(step, LeadCandidate(given["person"], Role(given["role"])))


@after_rules
def accept_lead(case_id: UUID, *, actor: Actor, now: datetime) -> CaseLead:
    """Accept the regie; in the same moment the former holder's ends: no gap (I2).

    Errors: NotVisible; NotAllowed for anyone but who was asked; Blocked without an offer.
    """
    with amending(case_id, Verb.LEAD_ACCEPTED, who=MAY_ANSWER, actor=actor, now=now) as step:
        offer = _own_offer(step)
        _end(step.facts.lead, step)
        offer.state = LeadState.ACCEPTED
        offer.accepted_on = step.day
        offer.save(update_fields=["state", "accepted_on"])
        tell_head_regie_is_answered(offer, now=now)
    return offer


@after_rules
def decline_lead(
    case_id: UUID, *, given: Mapping[str, Any] | None = None, actor: Actor, now: datetime
) -> CaseLead:
    """Do not accept the regie; who held it keeps it (S-15). Given: optional `reason`."""
    reason = (given or {}).get("reason", "")
    with amending(
        case_id, Verb.LEAD_DECLINED, who=MAY_ANSWER, actor=actor, now=now, reason=reason
    ) as step:
        offer = _own_offer(step)
        offer.state = LeadState.DECLINED
        offer.ended_on = step.day
        offer.save(update_fields=["state", "ended_on"])
        tell_head_regie_is_answered(offer, now=now)
    return offer


@after_rules
def fall_back_to_head(case_id: UUID, *, actor: Actor, now: datetime) -> CaseLead:
    """Nobody accepted in time: the offer lapses; without a holder the head holds it (R-8.3)."""
    with amending(
        case_id, Verb.LEAD_DECLINED, who=(IB, HEAD), actor=actor, now=now, reason="niet aangenomen"
    ) as step:
        _end_offer(step)
        return step.facts.lead or hold_by_default(step)


@after_rules
def write_offer(step: Step, candidate: LeadCandidate) -> CaseLead:
    """Write an offer and tell the candidate, in the caller's transaction."""
    offer = CaseLead.unscoped.create(
        case=step.case,
        person=candidate.person,
        role=candidate.role,
        state=LeadState.OFFERED,
        offered_on=step.day,
        **stamp(step.case, actor=step.actor, now=step.now),
    )
    offer_regie(offer, now=step.now)
    return offer


@after_rules
def hold_by_default(step: Step) -> CaseLead:
    """Let the head hold the regie because nobody accepted it, in the caller's transaction."""
    heads = school_leads(step.case, day=step.day, roles=(Role.HEAD,))
    person_id = heads[0].person_id if heads else step.actor.person_id
    return CaseLead.unscoped.create(
        case=step.case,
        person_id=person_id,
        role=Role.HEAD,
        state=LeadState.ACCEPTED,
        offered_on=step.day,
        accepted_on=step.day,
        is_default=True,
        **stamp(step.case, actor=step.actor, now=step.now),
    )


def _against_offering(step: Step, given: Mapping[str, Any]) -> list[Reason]:
    if step.case.state not in OFFERED_FROM:
        text = "De regie wordt pas verdeeld vanaf het VOT."
        return [Reason(text, "Tot die tijd kijkt de intern begeleider mee.", "lead_is_due")]
    wanted = LeadCandidate(given["person"], Role(given["role"]))
    if wanted.key not in {row.key for row in lead_candidates(step.facts)}:
        text = f"{wanted.person} kan de regie van deze casus nu niet hebben."
        who = "Kies iemand van school, of iemand aan tafel met toestemming van ouders."
        return [Reason(text, who, "lead_can_hold")]
    lead = step.facts.lead
    if lead is None or lead.is_default:
        return []
    if lead.person_id == wanted.person.pk:
        return [Reason(f"{wanted.person} heeft de regie al.", "", "lead_is_new")]
    if not given.get("handover", "").strip():
        text = "De overdracht ontbreekt."
        return [Reason(text, f"Schrijf op wat {wanted.person} moet weten.", "handover_is_written")]
    return []


def _own_offer(step: Step) -> CaseLead:
    offer = step.facts.offered_lead
    if offer is None:
        text = "De regie is op dit moment niet aangeboden."
        raise Blocked([Reason(text, "Bekijk de casus.", "lead_is_offered")])
    if offer.person_id != step.actor.person_id and not step.actor.is_system:
        raise NotAllowed("lead")
    return offer


def _end_offer(step: Step) -> None:
    _end(step.facts.offered_lead, step)


def _end(lead: CaseLead | None, step: Step) -> None:
    if lead is None:
        return
    lead.state = LeadState.ENDED
    lead.ended_on = step.day
    lead.save(update_fields=["state", "ended_on"])


def _write_handover(step: Step, words: str) -> None:
    Note.unscoped.create(
        kind=NoteKind.HANDOVER,
        case=step.case,
        student=step.case.student,
        school=step.case.school,
        noted_on=step.day,
        text=words[:500],
        compartment=Compartment.SHARED_PLAN,
        **stamp(step.case, actor=step.actor, now=step.now),
    )
