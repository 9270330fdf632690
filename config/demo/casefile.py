"""One case as one person of the demo sees it, through the same access checks as the pages."""

from datetime import datetime
from typing import Any

from cases.models import Case, CaseLead, Document
from cases.queries.facts import CaseFacts
from cases.workflow.engine import available
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Reason
from teams.access.rules import Action


def describe(number: str, *, now: datetime) -> dict[str, Any]:
    """Everything of a case that the current actor sees and may do.

    Shape: only `status` 403 or 404 when the actor may read no case, or cannot see this one.
    """
    actor = current_actor()
    if not may(actor, Action.READ_CASE):
        return {"number": number, "status": 403}
    rows = Case.objects.select_related("student", "school__organization")
    case = rows.filter(number=number).first()
    if case is None:
        return {"number": number, "status": 404}
    step = Step(case, actor, now, CaseFacts(case, now.date()))
    return {
        "number": case.number,
        "status": 200,
        "id": case.pk,
        "address": f"/casussen/{case.pk}/",
        "school": case.school.organization.key,
        "acting_role": actor.role,
        "state": case.state,
        "state_label": case.get_state_display(),
        "state_since": case.state_since,
        "version": case.version,
        "vot_is_mandatory": case.vot_is_mandatory,
        "is_urgent": case.is_urgent,
        "closing_reason": case.closing_reason,
        "holder": _holder(case),
        "steps": _steps(step),
        "documents": _documents(case),
    }


def _holder(case: Case) -> dict[str, Any] | None:
    lead = CaseLead.objects.filter(case=case, state="ACCEPTED").select_related("person").first()
    if lead is None:
        return None
    return {
        "name": str(lead.person),
        "persona": lead.person.persona,
        "role": lead.role,
        "accepted_on": lead.accepted_on,
        "is_default": lead.is_default,
    }


def _steps(step: Step) -> list[dict[str, Any]]:
    """The steps of this state that are this actor's: open ones, and refused ones with reasons."""
    return [
        {
            "code": row.code,
            "label": row.label,
            "open": not reasons,
            "reasons": [_reason(reason) for reason in reasons],
            "address": f"/casussen/{step.case.pk}/stap/{row.code}/",
        }
        for row, reasons in available(ROUTE, step)
    ]


def _reason(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code,
        "text": reason.text,
        "who": reason.who,
        "where": reason.where,
    }


def _documents(case: Case) -> list[dict[str, Any]]:
    rows = Document.objects.filter(case=case).defer("content")
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "audience": row.for_audience,
            "version": row.version,
            "state": row.state,
            "sha256": row.sha256,
            "address": f"/stukken/{row.pk}/",
        }
        for row in rows
    ]
