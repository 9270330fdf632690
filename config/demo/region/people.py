"""Makes the people of the demo region: accounts, cards, assignments, fixed faces."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from config.demo.region.professionals import PROFESSIONALS, Post, Professional
from schools.enums import SchoolType
from schools.models import Group
from teams.enums import Role
from teams.models import Assignment, Organization, SupportTeam, SupportTeamMember, User

SERVED_DAYS = 3 * 365
ABSENT_DAYS = 21


def build_people(organizations: dict[str, Organization]) -> dict[str, User]:
    """Create everyone of the list. Shape: people by persona key, contacts by their own key."""
    people = {
        who.key: _person(who, organizations[who.employer], number=number)
        for number, who in enumerate(PROFESSIONALS)
    }
    User.objects.bulk_create(people.values())
    return people


def _person(who: Professional, employer: Organization, *, number: int) -> User:
    first, _, last = who.name.partition(" ")
    person = User(
        email=f"{who.key}@{employer.key}.example",
        first_name=first,
        last_name=last,
        employer=employer,
        phone=f"06 00 {number // 10:02} {number % 10:02} 10",
        introduction=who.card,
        days=who.days.split(),
        is_contact_only=who.is_contact_only,
        is_active=not who.is_contact_only,
        persona="" if who.is_contact_only else who.key,
    )
    person.set_unusable_password()
    return person


def assign(
    people: dict[str, User],
    organizations: dict[str, Organization],
    groups: dict[str, list[Group]],
    *,
    today: date,
) -> dict[str, Assignment]:
    """Give everyone their posts. Shape: the first assignment by persona key."""
    since = today - timedelta(days=SERVED_DAYS)
    first: dict[str, Assignment] = {}
    rows = []
    for who in PROFESSIONALS:
        for place, post in enumerate(who.posts):
            for node in _nodes(post, organizations, groups):
                # A day apart, so that the first post in the list is the first role.
                held = since + timedelta(days=place)
                rows.append(
                    Assignment(
                        person=people[who.key], role=post.role, organization=node, since=held
                    )
                )
                first.setdefault(who.key, rows[-1])
    _deputize(first["gezinsspecialist-vuurtoren"], people["gezinsspecialist-kade"], today=today)
    Assignment.objects.bulk_create(rows)
    return first


def _nodes(
    post: Post, organizations: dict[str, Organization], groups: dict[str, list[Group]]
) -> Iterator[Organization]:
    if not post.year:
        yield organizations[post.at]
        return
    own = groups[post.at]
    found = group_of_year(own, post.year)
    # Staff of the youngest works in every group of that name.
    is_shared = post.role == Role.PEDAGOGICAL_STAFF
    for group in own if is_shared else [found]:
        if group == found or group.name.startswith(post.year):
            yield group.organization


def group_of_year(groups: Iterable[Group], year: str) -> Group:
    """The first group in which this year is taught; the first of the school when there is none."""
    rows = [group for group in groups if not group.is_combined]
    return next((group for group in rows if teaches(group, year)), rows[0])


def teaches(group: Group, year: str) -> bool:
    """Whether this year is taught in this group, by the name of the group."""
    names = group.name.rstrip("ABCDE").strip()
    return names == year or year in names.split("/")


def _deputize(row: Assignment, deputy: User, *, today: date) -> None:
    """Somebody is away for some weeks, and the school has a face all the same (R-2.2)."""
    row.deputy = deputy
    row.deputy_since = today - timedelta(days=ABSENT_DAYS // 3)
    row.deputy_until = today + timedelta(days=ABSENT_DAYS)


def build_faces(
    teams: dict[str, SupportTeam], assignments: dict[str, Assignment], *, today: date
) -> None:
    """Seat the fixed faces in the support teams of their schools, with their days."""
    since = today - timedelta(days=SERVED_DAYS)
    rows = []
    for who in PROFESSIONALS:
        for face in who.faces:
            school, _, days = face.partition(":")
            rows.append(
                SupportTeamMember(
                    team=teams[school],
                    assignment=assignments[who.key],
                    since=since,
                    days=days.split(),
                )
            )
    SupportTeamMember.objects.bulk_create(rows)


def build_teachers(groups: dict[str, list[Group]], names: dict[str, str], *, today: date) -> None:
    """Give every other group a teacher of its own; they have a card but no place at the door.

    `names` holds a first and last name by the key of the group's node.
    """
    taken = set(Assignment.objects.filter(role=Role.TEACHER).values_list("organization", flat=True))
    since = today - timedelta(days=SERVED_DAYS)
    people: list[User] = []
    rows: list[Assignment] = []
    for school, own in groups.items():
        for group in own:
            name = names.get(group.organization.key)
            is_preschool = group.school.school_type == SchoolType.PRESCHOOL
            if group.organization_id in taken or name is None or is_preschool:
                continue
            person = _teacher(name, group, school=school, number=len(people))
            people.append(person)
            rows.append(
                Assignment(
                    person=person, role=Role.TEACHER, organization=group.organization, since=since
                )
            )
    User.objects.bulk_create(people)
    Assignment.objects.bulk_create(rows)


def _teacher(name: str, group: Group, *, school: str, number: int) -> User:
    first, _, last = name.partition(" ")
    person = User(
        email=f"leerkracht{number:02}@{school}.example",
        first_name=first,
        last_name=last,
        employer=group.school.organization,
        phone=f"06 00 {number // 10:02} {number % 10:02} 20",
        introduction=f"Leerkracht van {group.organization.name}.",
        days="MA DI WO DO VR".split(),
    )
    person.set_unusable_password()
    return person
