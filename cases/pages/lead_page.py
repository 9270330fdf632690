"""Regie of one case: who holds it, who was asked, and how it went."""

from dataclasses import dataclass

from django.urls import reverse

from cases.enums import LeadState
from cases.models import CaseLead
from cases.pages.case_frame import CaseFrame
from cases.queries.leads import proposal_for
from cases.workflow.steps import Who
from teams.components import Badge, BadgeKind, Fact, Moment
from teams.enums import Relation, Role
from teams.templatetags.ui import day, short_day

_MAY_OFFER = (
    Who(Relation.SCHOOL, Role.SUPPORT_COORDINATOR),
    Who(Relation.SCHOOL, Role.HEAD),
    Who(Relation.LEAD),
)


@dataclass(frozen=True)
class LeadPage:
    """What the page about the regie shows."""

    holder: CaseLead | None
    holder_url: str
    facts: tuple[Fact, ...]
    offered: CaseLead | None
    is_mine: bool
    may_offer: bool
    why: str
    history: tuple[Moment, ...]


def lead_page(frame: CaseFrame) -> LeadPage:
    """Build the page about the regie."""
    facts, actor = frame.facts, frame.step.actor
    holder, offered = facts.lead, facts.offered_lead
    held = facts.relations_of(actor)
    may_offer = any(row.relation in held and row.role in (None, actor.role) for row in _MAY_OFFER)
    return LeadPage(
        holder=holder,
        holder_url=reverse("person", kwargs={"person_id": holder.person_id}) if holder else "",
        facts=tuple(_facts(holder)) if holder else (),
        offered=offered,
        is_mine=offered is not None and offered.person_id == actor.person_id,
        may_offer=may_offer and frame.case.is_open,
        why=proposal_for(facts).why,
        history=tuple(_moment(row) for row in facts.leads),
    )


def _facts(holder: CaseLead) -> list[Fact]:
    since = holder.accepted_on or holder.offered_on
    found = [Fact("Sinds", day(since)), Fact("Als", holder.get_role_display())]
    if holder.person.phone:
        found.append(Fact("Telefoon", holder.person.phone, f"tel:{holder.person.phone}"))
    return [*found, Fact("E-mail", holder.person.email, f"mailto:{holder.person.email}")]


def _moment(row: CaseLead) -> Moment:
    kinds = {LeadState.ACCEPTED: BadgeKind.DONE, LeadState.OFFERED: BadgeKind.ATTENTION}
    words = "bij gebrek aan een ander" if row.is_default else row.get_role_display()
    return Moment(
        lead=str(row.person),
        title=words,
        when=short_day(row.accepted_on or row.offered_on),
        badge=Badge(row.get_state_display(), kinds.get(LeadState(row.state), BadgeKind.NEUTRAL)),
    )
