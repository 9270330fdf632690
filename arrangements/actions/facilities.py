"""The check for a lighter offer: does a freely accessible facility fit? (O11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from arrangements.models import FacilityCheck
from cases.enums import CaseState
from cases.workflow.amend import amending, stamp
from cases.workflow.table import FAMILY, IB
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.audit import Verb

CHECKED_FROM = frozenset({CaseState.OT, CaseState.WEIGHING, CaseState.RUNNING})


@after_rules
def check_facility(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> FacilityCheck:
    """Record whether one facility fits in this case, and why (O11, T-22).

    Shape:  given: `facility`, `fits`, `why`.
    Errors: NotVisible, NotAllowed; Blocked without a why or before the OT.
    """
    with amending(case_id, Verb.FACILITY_CHECKED, who=(IB, FAMILY), actor=actor, now=now) as step:
        if step.case.state not in CHECKED_FROM:
            text = "Voorzieningen worden getoetst vanaf het OT."
            raise Blocked([Reason(text, "Bekijk op de casus welke stap nu open is.", "state")])
        if not given["why"].strip():
            raise Blocked([Reason("Schrijf op waarom dit wel of niet past.", "", "why_is_given")])
        return FacilityCheck.unscoped.create(
            case=step.case,
            facility=given["facility"],
            fits=given["fits"],
            why=given["why"],
            checked_on=step.day,
            **stamp(step.case, actor=actor, now=now),
        )
