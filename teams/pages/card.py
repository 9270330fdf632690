"""A person's card: who is who, in one click from any case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from teams.components import Fact
from teams.enums import OrganizationKind, Weekday
from teams.models import Assignment, SupportTeamMember, User


@dataclass(frozen=True)
class CardPage:
    """One person's card for a colleague."""

    person: User
    role: str
    facts: tuple[Fact, ...]
    is_own: bool


def card_page(person_id: UUID, *, reader_id: UUID | None, day: date) -> CardPage:
    """Build a card. Errors: User.DoesNotExist."""
    person = User.objects.select_related("employer").get(pk=person_id)
    held = list(Assignment.objects.on(day).filter(person=person).select_related("organization"))
    members = SupportTeamMember.objects.on(day).filter(assignment__in=held)
    fixed = list(members.select_related("team__organization"))
    facts = [
        Fact("Telefoon", person.phone, f"tel:{person.phone.replace(' ', '')}")
        if person.phone
        else None,
        Fact("Werkdagen", _days(person.days)) if person.days else None,
        Fact("Werkt bij", str(person.employer)) if person.employer else None,
        *(
            Fact("Vast gezicht van", str(row.team.organization), note=_days(row.days))
            for row in fixed
        ),
    ]
    roles = dict.fromkeys(_role(row) for row in held)
    return CardPage(
        person=person,
        role=", ".join(roles) or "nu zonder taak",
        facts=tuple(fact for fact in facts if fact),
        is_own=person.pk == reader_id,
    )


def _role(row: Assignment) -> str:
    label = row.get_role_display()
    if row.organization.kind == OrganizationKind.GROUP:
        return f"{label} van {row.organization.name}"
    return label


def _days(days: list[str]) -> str:
    order = [value for value in Weekday.values if value in days]
    return ", ".join(Weekday(value).label for value in order)
