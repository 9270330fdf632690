"""Whom to ask to hold the regie: the proposal of R-8.2, and the people who could."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.contributions import LeadFacts
from cases.models import Case
from cases.queries.facts import CaseFacts
from schools.enums import SPECIALIZED
from teams.enums import Role
from teams.models import Assignment, User

# Roles that can hold the regie of a case (AR-41), the head last: by default only.
LEAD_ROLES = (
    Role.SUPPORT_COORDINATOR,
    Role.EDUCATION_SPECIALIST,
    Role.FAMILY_SPECIALIST,
    Role.DISTRICT_TEAM_WORKER,
    Role.HEAD,
)
SCHOOL_LEADS = (Role.SUPPORT_COORDINATOR, Role.HEAD)


@dataclass(frozen=True)
class LeadProposal:
    """The role that the facts point to, who is next when it is not accepted, and why."""

    role: Role
    fallback: Role
    why: str


@dataclass(frozen=True)
class LeadCandidate:
    """A person who could hold the regie, in a role."""

    person: User
    role: Role

    @property
    def key(self) -> str:
        """One value for a form's choice."""
        return f"{self.person.pk}:{self.role}"


def proposed_lead(
    facts: LeadFacts,
    *,
    is_special_school: bool = False,
    has_opp: bool = False,
    is_family_first: bool = False,
) -> LeadProposal:
    """Propose who holds the regie; the first line that matches wins; pure.

    `is_family_first` swaps lines 2 and 3, a setting of the SWV (R-8.7).
    Source: R-8.2.
    """
    coordinator, head = Role.SUPPORT_COORDINATOR, Role.HEAD
    if is_special_school and has_opp:
        return LeadProposal(coordinator, head, "De school voor S(B)O heeft de regie over het OPP.")
    care = LeadProposal(
        Role.DISTRICT_TEAM_WORKER, Role.FAMILY_SPECIALIST, "Er is jeugdhulp via het wijkteam."
    )
    family = LeadProposal(
        Role.FAMILY_SPECIALIST, coordinator, "De vraag van het gezin staat voorop."
    )
    lines = [(facts.has_care_decision, care), (facts.has_family_help, family)]
    for holds, proposal in reversed(lines) if is_family_first else lines:
        if holds:
            return proposal
    if facts.has_swv_arrangement:
        why = "Het samenwerkingsverband geeft ondersteuning."
        return LeadProposal(Role.EDUCATION_SPECIALIST, coordinator, why)
    return LeadProposal(coordinator, head, "Het gaat om de ondersteuning van school.")


def proposal_for(facts: CaseFacts) -> LeadProposal:
    """Propose a lead for one case from its facts."""
    special = facts.case.school.school_type in SPECIALIZED
    return proposed_lead(facts.lead_facts, is_special_school=special)


def lead_candidates(facts: CaseFacts) -> list[LeadCandidate]:
    """List who could hold the regie: the school's own, and who sits at the table with consent.

    Shape:  the proposed role first, then in the order of LEAD_ROLES.
    """
    found = [
        LeadCandidate(row.person, Role(row.role)) for row in school_leads(facts.case, day=facts.day)
    ]
    found += [
        LeadCandidate(row.person, Role(row.role))
        for row in facts.participants
        if row.until is None
        and row.role in LEAD_ROLES
        and row.role not in SCHOOL_LEADS
        and facts.is_covered(row.person.employer_id)
    ]
    first = proposal_for(facts).role
    unique = {candidate.key: candidate for candidate in found}
    return sorted(unique.values(), key=lambda row: (row.role != first, LEAD_ROLES.index(row.role)))


def school_leads(
    case: Case, *, day: date, roles: Iterable[Role] = SCHOOL_LEADS
) -> list[Assignment]:
    """Who is intern begeleider or directeur at the school of this case on this day."""
    rows = Assignment.objects.on(day).filter(
        organization=case.school.organization_id, role__in=list(roles), person__is_active=True
    )
    return list(rows.select_related("person").order_by("since", "pk"))
