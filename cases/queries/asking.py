"""What may be asked for each purpose: from whom to whom, and which data (R-11.7, R-11.10)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cases.enums import ConsentPurpose as P
from cases.queries.facts import CaseFacts
from teams.enums import Compartment as K
from teams.enums import OrganizationKind as Kind
from teams.models import Organization, SupportTeamMember

_EVERYONE_OUTSIDE = frozenset(Kind) - {Kind.REGION, Kind.SCHOOL, Kind.GROUP, Kind.BOARD}


@dataclass(frozen=True)
class Asking:
    """One purpose: which data it may cover, and who may receive them.

    `is_from_district`: the wijkteam tells; otherwise the school does, or the family itself.
    `is_named`: the recipient is no organization here, and is written down by name.
    """

    classes: tuple[K, ...]
    to: frozenset[Kind] = field(default=_EVERYONE_OUTSIDE)
    is_from_district: bool = False
    is_from_family: bool = False
    is_to_school: bool = False
    is_named: bool = False


ASKING: dict[P, Asking] = {
    P.DISCUSS_NAMED: Asking((K.SHARED_PLAN, K.SCHOOL_FILE)),
    P.SWV_REQUEST: Asking((K.SHARED_PLAN, K.SWV_FILE), frozenset({Kind.SWV})),
    P.INFORM_DISTRICT_TEAM: Asking((K.SHARED_PLAN,), frozenset({Kind.DISTRICT_TEAM})),
    P.SHARE_WITH_SCHOOL: Asking((K.CARE_FILE,), is_from_district=True, is_to_school=True),
    P.HELP_HISTORY: Asking((K.CARE_FILE,), is_from_family=True),
    P.ESCALATION: Asking((K.SHARED_PLAN, K.CARE_FILE), frozenset({Kind.SWV, Kind.MUNICIPALITY})),
    P.EDUCATION_CONSULTANT: Asking((K.SHARED_PLAN,), is_named=True),
    P.HANDOVER: Asking((K.SHARED_PLAN, K.SCHOOL_FILE), is_named=True),
}
# The words of a family for each class of data.
CLASS_WORDS: dict[K, str] = {
    K.SCHOOL_FILE: "wat school ziet (de signalen)",
    K.SHARED_PLAN: "de vraag, het plan en de afspraken",
    K.SWV_FILE: "de aanvraag om extra hulp",
    K.CARE_FILE: "de hulp aan het gezin",
}


def outside_organizations(facts: CaseFacts) -> list[Organization]:
    """Who may be asked about: employers of the fixed faces and the table, wijkteams, the SWV.

    The wijkteam of where the family lives is among them (R-14.7).
    """
    school, student = facts.case.school, facts.case.student
    team = SupportTeamMember.objects.on(facts.day).filter(team__organization=school.organization_id)
    wanted = set(team.values_list("assignment__person__employer", flat=True))
    wanted |= {row.person.employer_id for row in facts.participants}
    wanted |= {school.district_team_id, school.swv_id, school.municipality_id}
    homes = {student.residence_id} | {fact.carer.residence_id for fact in facts.carers}
    rows = Organization.objects.filter(
        Q(pk__in=wanted - {None}) | Q(kind=Kind.DISTRICT_TEAM, parent__in=homes - {None})
    )
    return list(rows.exclude(pk=school.organization_id).order_by("name"))


def recipients_for(purpose: str, facts: CaseFacts) -> list[Organization]:
    """Who may receive under this purpose; empty when the recipient is named in words."""
    asking = ASKING[P(purpose)]
    if asking.is_named:
        return []
    if asking.is_to_school:
        return [facts.case.school.organization]
    return [row for row in outside_organizations(facts) if row.kind in asking.to]


def senders_for(purpose: str, facts: CaseFacts) -> list[Organization]:
    """From whom the information goes; empty when the family itself tells."""
    asking = ASKING[P(purpose)]
    if asking.is_from_family:
        return []
    if asking.is_from_district:
        outside = outside_organizations(facts)
        return [row for row in outside if row.kind == Kind.DISTRICT_TEAM]
    return [facts.case.school.organization]


def names_of(organizations: Iterable[Organization]) -> str:
    """Names of organizations as they stand in a sentence."""
    names = [row.name for row in organizations]
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
