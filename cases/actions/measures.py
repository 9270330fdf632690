"""Agreements of a meeting and measures of a plan: one row, four elements, written once (O7)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from cases.enums import DoerKind, MeetingKind
from cases.models import Agreement, Goal, Meeting
from cases.models.agreement import FOUR_ELEMENTS
from cases.workflow.amend import stamp
from cases.workflow.steps import Step
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.enums import Compartment

LABELS = {
    "what": "doet wat",
    "needed": "wat is daarvoor nodig",
    "yields": "wat moet het opleveren",
}
GIVEN = ("doer_kind", "doer_person", "doer_carer", *FOUR_ELEMENTS, "evaluate_on", "is_in_class")


@after_rules
def write_meeting_agreements(
    step: Step, meeting: Meeting, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write the agreements made at a meeting, in the caller's transaction.

    Shape:  rows: `id` of a standing one or none; `doer_kind` with `doer_person` or
            `doer_carer`; `what`, `needed`, `yields`, `evaluate_on`, `is_in_class`,
            `is_agreed` (parents or pupil agreed in the meeting), `is_removed`.
            A row that is not given stays: nobody loses what another just added.
    Errors: Blocked when one of the four elements, the doer or the date is missing.
    """
    standing = {row.pk: row for row in step.facts.agreements if row.meeting_id == meeting.pk}
    is_shared = meeting.kind == MeetingKind.OT
    for number, row in enumerate(rows, start=1):
        write_row(
            step,
            row,
            standing=standing.get(row["id"]) if row.get("id") else None,
            number=number,
            meeting=meeting,
            # Who does what at an OT is for everyone at the table; a VOT stays among its own.
            compartment=Compartment.SHARED_PLAN if is_shared else meeting.compartment,
            audience="" if is_shared else meeting.audience,
        )


@after_rules
def write_measure(
    step: Step,
    row: Mapping[str, Any],
    *,
    standing: Agreement | None,
    number: int,
    goal: Goal | None,
    evaluate_on: date | None,
) -> Agreement | None:
    """Write one measure of a plan; without a date of its own it follows the plan's."""
    dated = {**row, "evaluate_on": row.get("evaluate_on") or evaluate_on}
    shared = {"compartment": Compartment.SHARED_PLAN, "audience": "", "goal": goal}
    return write_row(step, dated, standing=standing, number=number, **shared)


@after_rules
def write_row(
    step: Step,
    row: Mapping[str, Any],
    *,
    standing: Agreement | None,
    number: int,
    **where: Any,
) -> Agreement | None:
    """Create, change or remove one agreement. Shape: none when it was removed."""
    if row.get("is_removed"):
        _remove(standing)
        return None
    if reasons := _missing(row, number):
        raise Blocked(reasons)
    values = {name: row.get(name) for name in GIVEN if name in row} | where
    values |= _acceptance(step, row, standing)
    if standing is None:
        shared = stamp(step.case, actor=step.actor, now=step.now)
        return Agreement.unscoped.create(case=step.case, **values, **shared)
    for name, value in values.items():
        setattr(standing, name, value)
    standing.save(update_fields=list(values))
    return standing


def _missing(row: Mapping[str, Any], number: int) -> list[Reason]:
    absent = [label for name, label in LABELS.items() if not str(row.get(name) or "").strip()]
    has_doer = row.get("doer_kind") == DoerKind.STUDENT or (
        row.get("doer_person") or row.get("doer_carer")
    )
    if not has_doer:
        absent.insert(0, "wie")
    if not row.get("evaluate_on"):
        absent.append("evalueren op")
    if not absent:
        return []
    text = f"Bij afspraak {number} ontbreekt: {', '.join(absent)}."
    return [Reason(text, "Vul dat aan.", "agreements_are_complete")]


def _acceptance(step: Step, row: Mapping[str, Any], standing: Agreement | None) -> dict[str, Any]:
    """Family agrees in the meeting; the teacher who writes the own measure agrees by that.

    What was agreed to and then changed must be agreed to again.
    """
    if standing and standing.accepted_on and _says_the_same(standing, row):
        return {}
    by_family = row.get("doer_kind") != DoerKind.STAFF and row.get("is_agreed")
    doer = row.get("doer_person")
    by_teacher = row.get("is_in_class") and doer and doer.pk == step.actor.person_id
    is_agreed = bool(by_family or by_teacher)
    return {
        "accepted_on": step.day if is_agreed else None,
        "accepted_by_id": step.actor.person_id if is_agreed else None,
    }


def _says_the_same(standing: Agreement, row: Mapping[str, Any]) -> bool:
    names = ("doer_kind", "doer_person", "doer_carer", *FOUR_ELEMENTS)
    return all(row.get(name, getattr(standing, name)) == getattr(standing, name) for name in names)


def _remove(standing: Agreement | None) -> None:
    if standing is None:
        return
    if standing.result:
        text = f"“{standing.what}” is al geëvalueerd en blijft staan."
        raise Blocked([Reason(text, "", "agreement_is_open")])
    standing.delete()
