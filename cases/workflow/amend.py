"""Changes to a case that are not steps on the route: locked, checked, audited, settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import pghistory
from django.db import transaction

from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import settle
from cases.workflow.steps import Step, Who
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.access.errors import NotAllowed, NotVisible
from teams.audit import Verb, record


@contextmanager
def amending(
    case_id: UUID,
    verb: Verb,
    *,
    who: tuple[Who, ...],
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Iterator[Step]:
    """Hold the case while something in it changes; then audit, seats and reminders follow.

    Shape:  yields the step with the case and its facts (read before the change).
    Errors: NotVisible, NotAllowed; whatever the block raises undoes all of it.
    """
    with transaction.atomic(), pghistory.context(reason=verb.value):
        case = (
            Case.unscoped.select_for_update(of=("self",))
            .select_related("student", "school__organization")
            .get(pk=case_id)
        )
        check_who(case, who, actor=actor)
        yield Step(case, actor, now, CaseFacts(case, now.date()), {})
        record(verb, case, actor=actor, now=now, reason=reason)
        settle(case, now=now)


def check_who(case: Case, who: tuple[Who, ...], *, actor: Actor) -> None:
    """Refuse whoever does not stand in this column Who. Errors: NotVisible, NotAllowed."""
    if actor.is_system:
        return
    held = relations_to(case.dossier_id, actor=actor)
    if not held:
        raise NotVisible
    if not any(row.relation in held and row.role in (None, actor.role) for row in who):
        raise NotAllowed


def stamp(case: Case, *, actor: Actor, now: datetime) -> dict:
    """The columns that every new row of a case shares: dossier, moment, author."""
    return {
        "dossier_id": case.dossier_id,
        "created_at": now,
        "created_by_id": actor.person_id,
    }
