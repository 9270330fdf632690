"""Agreements of a consult: making, accepting, evaluating, and what follows (T-06, T-08, T-09)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.actions.vot_requests import tell_head
from cases.enums import AgreementResult, CaseState, ClosingReason, DoerKind
from cases.models import Agreement, Case, Consult
from cases.workflow.amend import amending, stamp
from cases.workflow.engine import perform
from cases.workflow.steps import Step, Who
from cases.workflow.table import ASKED, FAMILY, HEAD, IB, LEAD, PEDAGOGICAL, ROUTE, TEACHER
from teams.access.actor import Actor, as_system
from teams.access.decide import relations_to
from teams.access.errors import Blocked, NotAllowed, Reason
from teams.access.fence import after_rules
from teams.access.rules import consult_audience
from teams.audit import Verb
from teams.enums import Relation

CLASSROOM = (TEACHER, PEDAGOGICAL)
MAY_ACCEPT = (IB, HEAD, *CLASSROOM, LEAD, FAMILY)
MAY_EVALUATE = (IB, *CLASSROOM, LEAD, ASKED, Who(Relation.PARTICIPANT))


@after_rules
def write_agreements(step: Step, consult: Consult) -> None:
    """Write the agreements given with outcome 2, in the step's transaction.

    A measure that the teacher of the group writes down for the class is accepted by that.
    """
    by_teacher = any(row.role == step.actor.role for row in CLASSROOM)
    for row in step.get("agreements"):
        in_class = bool(row.get("is_in_class"))
        family = row["doer_kind"] != DoerKind.STAFF
        is_agreed = by_teacher if in_class else family and bool(row.get("is_agreed"))
        Agreement.unscoped.create(
            case=step.case,
            consult=consult,
            doer_kind=row["doer_kind"],
            doer_person=row.get("doer_person"),
            doer_carer=row.get("doer_carer"),
            what=row["what"],
            needed=row["needed"],
            yields=row["yields"],
            evaluate_on=row["evaluate_on"],
            is_in_class=in_class,
            accepted_on=step.day if is_agreed else None,
            accepted_by_id=step.actor.person_id if is_agreed else None,
            audience=_audience(consult, row.get("doer_person")),
            **stamp(step.case, actor=step.actor, now=step.now),
        )


def _audience(consult: Consult, doer: Any) -> str:
    # Who was asked by name reads what they will do themselves.
    if doer is None or not consult.is_named:
        return ""
    is_asked = any(row.person_id == doer.pk for row in consult.asked.all())
    return consult_audience(consult.pk) if is_asked else ""


@after_rules
def accept_agreement(agreement_id: UUID, *, actor: Actor, now: datetime) -> Agreement:
    """Record that who does it agrees: the teacher in class, else who spoke with the family.

    Errors: NotVisible, NotAllowed (in class: the teacher alone), Blocked when nothing is asked.
    Source: domain.md 18, "De regie in de klas ligt bij de leerkracht".
    """
    agreement = Agreement.unscoped.get(pk=agreement_id)
    who = CLASSROOM if agreement.is_in_class else MAY_ACCEPT
    with amending(agreement.case_id, Verb.AGREEMENT_ACCEPTED, who=who, actor=actor, now=now):
        agreement.refresh_from_db()
        if not agreement.needs_acceptance:
            text = "Deze afspraak heeft geen akkoord (meer) nodig."
            raise Blocked([Reason(text, "", "acceptance_is_asked")])
        agreement.accepted_on = now.date()
        agreement.accepted_by_id = actor.person_id
        agreement.save(update_fields=["accepted_on", "accepted_by"])
    return agreement


@after_rules
def evaluate_agreement(
    agreement_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Agreement:
    """Evaluate one agreement as voldoende or onvoldoende; the latter asks for a VOT (T-09).

    Shape:  the agreement; after an onvoldoende of outcome 2 the case stands at VOT_REQUESTED
            and that VOT is mandatory, by the system (R-11.3, domain.md 6.1 line 1).
    Errors: NotVisible, NotAllowed, Blocked when it was evaluated already.
    """
    agreement = Agreement.unscoped.get(pk=agreement_id)
    with transaction.atomic():
        with amending(
            agreement.case_id, Verb.AGREEMENT_EVALUATED, who=MAY_EVALUATE, actor=actor, now=now
        ) as step:
            _check_evaluates(step, agreement)
            agreement.result = given["result"]
            agreement.result_note = given.get("result_note", "")
            agreement.evaluated_on = given.get("evaluated_on") or now.date()
            agreement.save(update_fields=["result", "result_note", "evaluated_on"])
        if agreement.consult_id and agreement.result == AgreementResult.INSUFFICIENT:
            _demand_vot(step.case, agreement, now=now)
    return agreement


def _check_evaluates(step: Step, agreement: Agreement) -> None:
    agreement.refresh_from_db()
    held = relations_to(step.case.dossier_id, actor=step.actor)
    works_here = held & {Relation.SCHOOL, Relation.GROUP, Relation.LEAD}
    is_doer = agreement.doer_person_id == step.actor.person_id
    if not (works_here or is_doer or step.actor.is_system):
        raise NotAllowed("evaluate")
    if agreement.result:
        text = "Deze afspraak is al geëvalueerd."
        raise Blocked([Reason(text, "Bekijk de casus.", "agreement_is_open")])


def _demand_vot(case: Case, agreement: Agreement, *, now: datetime) -> None:
    if case.state == CaseState.AGREEMENTS:
        reason = f"Onvoldoende resultaat: {agreement.what}. {agreement.result_note}".strip()
        given = {"reason": reason, "vot_is_mandatory": True}
        with as_system("afspraak onvoldoende", day=now.date()) as system:
            perform(ROUTE["T-09"], case.pk, actor=system, now=now, given=given, write=tell_head)
    elif case.state == CaseState.VOT_REQUESTED and not case.vot_is_mandatory:
        # A VOT asked for voluntarily can no longer be given back (C-04).
        case.vot_is_mandatory = True
        case.save(update_fields=["vot_is_mandatory"])


@after_rules
def close_after_agreements(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Case:
    """Close: all agreements were evaluated voldoende (T-08)."""
    filled = {**given, "closing_reason": ClosingReason.SATISFIED, "closed_on": now.date()}
    return perform(ROUTE["T-08"], case_id, actor=actor, now=now, given=filled)
