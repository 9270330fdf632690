"""The overlegblad: one printed sheet per person with what they will do."""

from dataclasses import dataclass
from datetime import datetime

from cases.enums import DoerKind
from cases.models import Agreement, Meeting
from cases.pages.session_page import span
from cases.queries.loaded import load_facts
from teams.access.actor import Actor
from teams.enums import Role

LEADS = frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD})


@dataclass(frozen=True)
class Sheet:
    """One person's sheet."""

    name: str
    own: tuple[Agreement, ...]
    others: tuple[Agreement, ...]


@dataclass(frozen=True)
class SheetPage:
    """All sheets that this reader may print."""

    meeting: Meeting
    when: str
    lead: str
    reach: str
    evaluate_on: object
    sheets: tuple[Sheet, ...]


def sheet_page(meeting: Meeting, *, actor: Actor, now: datetime) -> SheetPage:
    """Give every person's sheet to who leads the meeting, and the own one to all others."""
    facts = load_facts(meeting.case, now.date())
    agreed = [
        row
        for row in Agreement.objects.filter(case=meeting.case, result="").select_related(
            "doer_person", "doer_carer", "case__student"
        )
        if row.meeting_id == meeting.pk or row.goal_id
    ]
    people = list(meeting.invitees.all())
    if actor.role not in LEADS:
        people = [row for row in people if row.person_id == actor.person_id]
    lead = facts.lead
    return SheetPage(
        meeting=meeting,
        when=span(meeting),
        lead=f"{lead.person}, {lead.get_role_display()}" if lead else "",
        reach=(lead.person.phone or lead.person.email) if lead else "",
        evaluate_on=facts.plan.evaluate_on if facts.plan else None,
        sheets=tuple(_sheet(row, agreed) for row in people),
    )


def _sheet(place, agreed: list[Agreement]) -> Sheet:
    own = [row for row in agreed if _is_by(row, place)]
    others = [row for row in agreed if row not in own]
    return Sheet(place.full_name, tuple(own), tuple(others))


def _is_by(row: Agreement, place) -> bool:
    if row.doer_kind == DoerKind.STAFF:
        return row.doer_person_id == place.person_id
    if row.doer_kind == DoerKind.CARER:
        return row.doer_carer_id == place.carer_id
    return place.kind == "STUDENT"
