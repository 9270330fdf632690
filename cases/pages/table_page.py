"""The page on which a table is laid: what stands in the way, and the head's one act."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cases.actions.tables import LAID_FROM
from cases.enums import MeetingKind, MeetingState
from cases.forms.tables import TableForm
from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import reasons_against
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.errors import Reason
from teams.components import Action
from teams.enums import Role

STEPS = {MeetingKind.VOT: "T-11", MeetingKind.OT: "T-15"}


@dataclass(frozen=True)
class TablePage:
    """Heading, what still blocks convening, and the button for the head."""

    case: Case
    title: str
    is_convened: bool
    # Reasons against convening the table as it was last saved.
    blocked: tuple[Reason, ...]
    convene: Action | None
    submit_label: str
    is_offered_to_head: bool
    # Why no table can be laid at this point of the route; empty when one can.
    closed: str


def table_page(
    facts: CaseFacts, kind: str, *, form: TableForm, actor: Actor, now: datetime
) -> TablePage:
    """Build the page around the form."""
    is_convened = form.table is not None and form.table.state == MeetingState.CONVENED
    is_head = actor.role == Role.HEAD
    code = STEPS[MeetingKind(kind)]
    reasons: tuple[Reason, ...] = ()
    if form.table and not is_convened:
        step = Step(facts.case, actor, now, facts)
        reasons = tuple(row for row in reasons_against(ROUTE[code], step) if not _is_of_actor(row))
    url = reverse("case-step", kwargs={"case_id": facts.case.pk, "code": code})
    can_convene = is_head and form.table is not None and not is_convened
    return TablePage(
        case=facts.case,
        title=f"Tafel aanpassen voor het {kind}"
        if is_convened
        else f"Tafel leggen voor het {kind}",
        is_convened=is_convened,
        blocked=reasons,
        convene=Action("Bijeenroepen", url, is_post=True, step=code, reasons=reasons)
        if can_convene
        else None,
        submit_label="Wijziging doorgeven" if is_convened else "Tafel bewaren",
        is_offered_to_head=not is_head and not is_convened,
        closed=_closed(facts.case, kind) if form.table is None else "",
    )


def _closed(case: Case, kind: str) -> str:
    wanted = LAID_FROM[MeetingKind(kind)]
    if case.state == wanted:
        return ""
    return f"De tafel voor het {kind} kan worden gelegd zodra de casus bij “{wanted.label}” staat."


def _is_of_actor(reason: Reason) -> bool:
    # The mandate of a deputy is no matter of the table.
    return reason.code == "mandate_is_recorded"
