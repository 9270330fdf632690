"""The first tab of a case: what now, who is at the table, what was agreed, what happened."""

from dataclasses import dataclass

from django.urls import reverse

from cases.enums import LED_STATES
from cases.pages.agreed import Agreed, what_is_agreed
from cases.pages.at_table import faces_of
from cases.pages.case_frame import CaseFrame
from cases.pages.next_steps import NextSteps, next_steps
from cases.pages.timeline import moments
from cases.queries.timeline import events
from teams.components import Face, Moment
from teams.enums import SCHOOL_ROLES


@dataclass(frozen=True)
class CasePage:
    """What the first tab of a case shows."""

    next: NextSteps
    agreed: Agreed
    faces: tuple[Face, ...]
    moments: tuple[Moment, ...]
    note_url: str
    viewers_url: str
    lead_url: str


def case_page(frame: CaseFrame) -> CasePage:
    """Build the first tab; everything shown lies open to the reader."""
    found = events(frame.case)
    visible = {event.id for event in found if event.kind in {"agreement", "plan"}}
    key = {"case_id": frame.case.pk}
    has_lead = frame.case.state in LED_STATES or frame.facts.leads
    return CasePage(
        next=next_steps(frame.step),
        agreed=what_is_agreed(frame.step, visible),
        faces=faces_of(frame.step),
        moments=moments(found),
        note_url=_note_url(frame),
        viewers_url=reverse("viewers", kwargs=key),
        lead_url=f"{reverse('case', kwargs=key)}regie/" if has_lead else "",
    )


def _note_url(frame: CaseFrame) -> str:
    # At school a line is written about the pupil, and joins the open case by itself.
    about = f"casus={frame.case.pk}"
    if frame.step.actor.role in SCHOOL_ROLES:
        about = f"leerling={frame.case.student_id}"
    return f"{reverse('note-new')}?{about}"
