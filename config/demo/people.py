"""The people of the demo region, whom a visitor may become with one click."""

from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from teams import clock
from teams.enums import OrganizationKind, Role
from teams.models import Assignment, User


@dataclass(frozen=True)
class Persona:
    """One person of the demo, in their first role."""

    key: str
    name: str
    role: str
    organisation: str


def personas(*, on: date) -> list[Persona]:
    """Everyone whom the demo lets in, in the order of the roles.

    Shape: one line a person; empty organisation and role for whoever has no assignment on that day.
    """
    held = Assignment.objects.on(on).filter(person__is_active=True).exclude(person__persona="")
    first: dict[str, Assignment] = {}
    for assignment in held.select_related("person", "organization__parent").order_by("since", "id"):
        first.setdefault(assignment.person.persona, assignment)
    order = {role: place for place, role in enumerate(Role.values)}
    ranked = sorted(first.values(), key=lambda row: (order[row.role], place_of(row)))
    return [persona_of(row) for row in ranked] + without_assignment(first)


def persona_of(assignment: Assignment) -> Persona:
    """A person as their assignment shows them."""
    person = assignment.person
    role = str(Role(assignment.role).label)
    return Persona(person.persona, person.get_full_name(), role, place_of(assignment))


def place_of(assignment: Assignment) -> str:
    """Where somebody works; a group is named with its school."""
    place = assignment.organization
    if place.kind == OrganizationKind.GROUP and place.parent:
        return f"{place.parent.name}, {place.name}"
    return place.name


def without_assignment(first: dict[str, Assignment]) -> list[Persona]:
    """People of the demo who hold nothing today."""
    others = User.objects.filter(is_active=True).exclude(persona="").exclude(persona__in=first)
    return [Persona(person.persona, person.get_full_name(), "", "") for person in others]


def by_role() -> list[dict[str, object]]:
    """The people under the name of their role, for the sign-in page."""
    return [
        {"role": role or "Zonder rol", "people": [asdict(persona) for persona in group]}
        for role, group in groupby(personas(on=clock.today()), key=attrgetter("role"))
    ]


def find(key: str) -> User | None:
    """The person behind a key; nobody for an empty or unknown one."""
    if not key:
        return None
    return User.objects.filter(persona=key, is_active=True).first()
