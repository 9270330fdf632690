"""The route engine: reasons against a step, what is open, and the one way to move a case.

Buttons, execution, documentation and tests ask the same function (architecture.md 1).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from cases.enums import CaseState
from cases.models import Case, CaseTransition, TransitionNote
from cases.queries.facts import CaseFacts
from cases.queries.loaded import load_facts
from cases.reminders import reschedule
from cases.seating import reseat
from cases.workflow.guards.table import mandate_is_recorded
from cases.workflow.steps import Step, Transition
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules, beyond_seats
from teams.audit import Verb, record
from teams.enums import Role


def is_one_who_may(transition: Transition, step: Step) -> bool:
    """The actor's role and relation stand in the column Who (AR-5, AR-8, AR-41)."""
    if step.actor.is_system:
        return True
    held = step.facts.relations_of(step.actor)
    return any(
        who.relation in held and who.role in (None, step.actor.role) for who in transition.who
    )


@beyond_seats("guards")
def reasons_against(transition: Transition, step: Step) -> list[Reason]:
    """Every reason why this step cannot be taken now; empty when it can (R-6.3)."""
    state = CaseState(step.case.state)
    if state not in transition.sources:
        text = f"“{transition.label}” kan niet vanuit “{state.label}”."
        return [Reason(text, "Bekijk op de casus welke stap nu open is.", "state")]
    guards = transition.facts + (transition.asks if step.given is not None else ())
    if all(who.role == Role.HEAD for who in transition.who):
        # What the directeur decides alone, a deputy decides by mandate (AR-37).
        guards = (mandate_is_recorded, *(row for row in guards if row != mandate_is_recorded))
    return [reason for guard in guards if (reason := guard(step))]


def available(table: Mapping[str, Transition], step: Step) -> list[tuple[Transition, list[Reason]]]:
    """The steps that this actor may take from this state, each with what still blocks it."""
    state = CaseState(step.case.state)
    rows = [row for row in table.values() if state in row.sources]
    return [(row, reasons_against(row, step)) for row in rows if is_one_who_may(row, step)]


@after_rules
def perform(
    transition: Transition,
    case_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    given: Mapping[str, Any] | None = None,
    write: Callable[[Step], None] | None = None,
) -> Case:
    """Take one step: lock, ask again, write objects, state, history, seats and reminders.

    Shape:  the case in its new state. `given["reason"]` is stored with the step;
            `given["version"]`, when given, must be the version that the form was opened on.
    Errors: NotVisible, NotAllowed, Blocked with every reason; then nothing was written.
    Source: R-6.1 to R-6.3, I19.
    """
    with transaction.atomic(), pghistory.context(reason=transition.code):
        case = (
            Case.unscoped.select_for_update(of=("self",))
            .select_related("student", "school__organization")
            .get(pk=case_id)
        )
        step = Step(case, actor, now, CaseFacts(case, now.date()), dict(given or {}))
        if not is_one_who_may(transition, step):
            visible = relations_to(case.dossier_id, actor=actor)
            raise NotAllowed(transition.code) if visible else NotVisible()
        if reasons := _changed_since(step) or reasons_against(transition, step):
            raise Blocked(reasons)
        target = transition.reaches(step)
        if write:
            write(step)
        _move(case, target, step)
        write_history(transition, step, from_state=step.get("from_state", ""))
        settle(case, now=now)
    return case


@beyond_seats("seats follow the facts")
def settle(case: Case, *, now: datetime) -> None:
    """After any change of a fact: seats and reminders follow, in the same transaction."""
    facts = load_facts(case, now.date())
    reseat(case, day=now.date(), facts=facts)
    reschedule(case, now=now, facts=facts)


def _changed_since(step: Step) -> list[Reason]:
    seen = step.get("version")
    if seen is None or seen == step.case.version:
        return []
    text = "Iemand anders zette intussen een stap in deze casus."
    return [Reason(text, "Bekijk de casus opnieuw en kies dan.", "version")]


def _move(case: Case, target: CaseState, step: Step) -> None:
    step.given["from_state"] = case.state  # type: ignore[index]
    if target != case.state:
        case.previous_state, case.state = case.state, target
        case.state_since = step.day
    case.version += 1
    for name in ("closing_reason", "closed_on", "vot_is_mandatory", "is_urgent"):
        if name in step.given:  # type: ignore[operator]
            setattr(case, name, step.get(name))
    case.save(
        update_fields=[
            "state",
            "previous_state",
            "state_since",
            "version",
            "closing_reason",
            "closed_on",
            "vot_is_mandatory",
            "is_urgent",
        ]
    )


def write_history(transition: Transition, step: Step, *, from_state: str) -> None:
    """Write the immutable line of a step, its words and its audit line (R-6.2, I19)."""
    case, actor = step.case, step.actor
    common = {
        "dossier_id": case.dossier_id,
        "created_at": step.now,
        "created_by_id": actor.person_id,
    }
    row = CaseTransition.unscoped.create(
        case=case,
        code=transition.code,
        from_state=from_state,
        to_state=case.state,
        position=case.version,
        actor_name=actor.signature[:200],
        acting_role=actor.role or "",
        by_system=actor.is_system,
        **common,
    )
    seen = [guard.__name__ for guard in transition.facts + transition.asks]
    TransitionNote.unscoped.create(
        transition=row,
        compartment=transition.compartment,
        reason=str(step.get("reason", "")),
        seen=dict.fromkeys(seen, True),
        **common,
    )
    record(Verb.STEP, case, actor=actor, now=step.now, reason=transition.code)
