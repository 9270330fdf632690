"""Sending what is due: the object is asked again, then persons are found and told (R-16.3)."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from cases.actions.leads import fall_back_to_head
from cases.models import Case
from cases.notices import Notice, Occasion, remind_carers
from cases.queries.facts import CaseFacts
from cases.queries.recipients import people_for
from cases.reminders import BY_KIND, reschedule
from teams.access.actor import as_system
from teams.access.fence import after_rules
from teams.models import DueRow
from teams.queries.ledger import due_reminders

log = structlog.get_logger(__name__)


@after_rules
def remind(*, now: datetime) -> int:
    """Send the reminders of today; days that were missed are made up for, each matter once.

    Shape:  how many matters were told; a case that fails does not hold up the others.
    """
    dossiers = due_reminders(now).values_list("dossier_id", flat=True)
    told = 0
    for dossier_id in dict.fromkeys(dossiers):
        try:
            told += _remind_of(dossier_id, now=now)
        except Exception as error:  # noqa: BLE001 - its rows stay due, the next run tries again
            log.warning("reminding_failed", dossier=str(dossier_id), error=type(error).__name__)
    return told


def _remind_of(dossier_id: UUID, *, now: datetime) -> int:
    with transaction.atomic(), as_system("herinneringen", day=now.date()) as actor:
        rows = Case.unscoped.select_related("student", "school__organization")
        case = rows.select_for_update(of=("self",), skip_locked=True).filter(dossier=dossier_id)
        if (found := case.first()) is None:
            return 0
        facts = CaseFacts(found, now.date())
        reschedule(found, now=now, facts=facts)
        due = due_reminders(now).filter(dossier=dossier_id)
        # Of a matter that was missed more than once only the last reminder goes out.
        matters = {(row.kind, row.subject_id): row for row in due}
        for row in matters.values():
            _tell(row, facts, now=now)
        due.update(done_at=now)
        if any(row.kind == "lead_lapsed" for row in matters.values()):
            fall_back_to_head(found.pk, actor=actor, now=now)
    return len(matters)


def _tell(row: DueRow, facts: CaseFacts, *, now: datetime) -> None:
    reminder = BY_KIND[row.kind]
    people = people_for(reminder.to, row.subject_id, facts)
    occasion = Occasion(facts.case, now)
    if row.kind == "lead_lapsed":
        occasion.tell(Notice.LEAD_LAPSED, row.subject_id, people, mark="")
        return
    occasion.remind(row, people)
    if row.kind == "ot_ahead":
        remind_carers(row.subject_id, due_on=row.due_on, now=now)
