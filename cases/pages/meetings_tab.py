"""The tab Overleg of a case: its items, and the table that is to be laid."""

from dataclasses import dataclass

from django.urls import reverse

from cases.actions.tables import LAID_FROM
from cases.enums import MeetingState
from cases.models import Meeting
from cases.pages.case_frame import CaseFrame
from cases.pages.session_page import case_items, item_url, span, state_badge
from teams.access.decide import may
from teams.access.rules import Action
from teams.components import Action as Button
from teams.components import Row
from teams.templatetags.ui import day


@dataclass(frozen=True)
class MeetingsTab:
    """Coming and past items, and the button to lay a table."""

    rows: tuple[Row, ...]
    lay: Button | None


def meetings_tab(frame: CaseFrame) -> MeetingsTab:
    """Build the tab; only items to which the reader is invited, or all for the school's leads."""
    items = case_items(frame.case)
    return MeetingsTab(tuple(_row(row) for row in items), _lay(frame, items))


def _row(meeting: Meeting) -> Row:
    names = [row.full_name for row in meeting.invitees.all() if row.person_id or row.carer_id]
    canceled = meeting.state == MeetingState.CANCELED
    return Row(
        lead=f"{meeting.kind} {day(meeting.session.on)}",
        title=span(meeting),
        url="" if canceled else item_url(meeting),
        why=", ".join(names),
        badge=state_badge(meeting),
        is_muted=canceled,
    )


def _lay(frame: CaseFrame, items: list[Meeting]) -> Button | None:
    kind = next((kind for kind, state in LAID_FROM.items() if state == frame.case.state), None)
    actor = frame.step.actor
    if kind is None or not may(actor, Action.LAY_TABLE, dossier_id=frame.case.dossier_id):
        return None
    is_laid = any(row.kind == kind and row.state == MeetingState.DRAFT for row in items)
    label = f"Tafel voor het {kind} {'aanpassen' if is_laid else 'leggen'}"
    return Button(label, reverse("table", kwargs={"case_id": frame.case.pk, "kind": kind}))
