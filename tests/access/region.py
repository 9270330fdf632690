"""The region of the matrices (access.md 2.10): people, schools and pupils, as rows and as the judge's facts.

Rows are written directly, in bulk; the seats come from the product. Every text carries a token of its own,
so that a page can be searched for what its reader may not see.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from schools.enums import SchoolType
from schools.models import Carer, Group, School, Student
from teams.enums import DossierKind, HolidayRegion, OrganizationKind
from teams.models import (
    Assignment,
    Dossier,
    Organization,
    SupportTeam,
    SupportTeamMember,
    User,
)
from tests.access import facts
from tests.access.personas import PERSONAS, ROLES, Persona
from tests.world import NOW, YEAR_START

TODAY = NOW.date()
K = OrganizationKind
# key: kind, the node above.
ORGANIZATIONS = {
    "swv": (K.SWV, ""),
    "swv-zuid": (K.SWV, ""),
    "stroom": (K.BOARD, "swv"),
    "delta": (K.BOARD, "swv-zuid"),
    "anker": (K.BOARD, "swv"),
    "town": (K.MUNICIPALITY, ""),
    "town-zuid": (K.MUNICIPALITY, ""),
    "district": (K.DISTRICT_TEAM, "town"),
    "cjg": (K.CJG, "town"),
    "family": (K.EMPLOYER, ""),
    "welfare": (K.EMPLOYER, ""),
    "provider": (K.PROVIDER, ""),
}
# key: board, municipality, kind, groups. The first is the home school.
SCHOOLS = {
    "kade": ("stroom", "town", SchoolType.PRIMARY, ("5a", "6b")),
    "werf": ("stroom", "town", SchoolType.PRIMARY, ("5a",)),
    "duin": ("delta", "town-zuid", SchoolType.PRIMARY, ("5a",)),
    "ster": ("anker", "town", SchoolType.SBO, ("5a",)),
}


# Names under which a row tells the judge what it is.
ABOUT = {
    "of_case": "case",
    "of_pupil": "pupil",
    "of_school": "school",
    "of_group": "group",
    "part_of": "part_of",
    "author": "author",
    "secret_to": "secret_for",
}


@dataclass
class Region:
    """Rows by key, the judge's facts, every object, and the token in each text."""

    known: facts.Facts = field(default_factory=facts.Facts)
    things: dict[type[models.Model], list[facts.Thing]] = field(
        default_factory=lambda: defaultdict(list)
    )
    tokens: dict[str, facts.Thing] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    carers: dict[str, list[Carer]] = field(default_factory=dict)
    sessions: dict[str, Any] = field(default_factory=dict)
    facility: Any = None
    pending: dict[type[models.Model], list[models.Model]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(
        self, model: type[models.Model], kind: str, /, *, texts: tuple = (), **given: Any
    ) -> Any:
        """Queue one row and tell the judge of it. `at`, `author` and the like describe the object."""
        about = {ABOUT[name]: given.pop(name) for name in list(given) if name in ABOUT}
        row = model(**given) if "id" in given else model(id=uuid4(), **given)
        thing = facts.Thing(key=str(row.pk), kind=kind, **about)
        for name in texts:
            token = f"zk{len(self.tokens):05d}q"
            self.tokens[token] = thing
            setattr(row, name, f"{getattr(row, name) or 'Tekst'} {token}")
        self.pending[model].append(row)
        self.things[model].append(thing)
        return row

    def queue(self, model: type[models.Model], **given: Any) -> Any:
        """Queue a row that is no object of the matrix."""
        row = model(**given) if "id" in given else model(id=uuid4(), **given)
        self.pending[model].append(row)
        return row

    def write(self) -> None:
        """Write what is queued, in the order in which the kinds were first queued."""
        for model, rows in list(self.pending.items()):
            getattr(model, "unscoped", model._base_manager).bulk_create(rows, batch_size=500)
        self.pending.clear()

    def stamp(self, dossier_id: UUID, by: str, at: datetime = NOW) -> dict[str, Any]:
        """Dossier, moment and author of a row."""
        return {"dossier_id": dossier_id, "created_at": at, "created_by_id": self.people[by].pk}


def build_region() -> Region:
    """Write organizations, schools, people and pupils; cases come on top of it."""
    region = Region()
    for key, (kind, above) in ORGANIZATIONS.items():
        _organization(region, key, kind, above)
    for key in SCHOOLS:
        _school(region, key)
    for persona in PERSONAS:
        if not persona.same_as:
            _person(region, persona)
    return region


def _organization(region: Region, key: str, kind: str, above: str) -> Organization:
    row = Organization.objects.create(
        key=key, kind=kind, name=key.capitalize(), parent=region.organizations.get(above)
    )
    region.organizations[key] = row
    region.known.above[key] = above
    return row


def _school(region: Region, key: str) -> None:
    board, town, kind, groups = SCHOOLS[key]
    node = _organization(region, key, K.SCHOOL, board)
    region.schools[key] = school = School.objects.create(
        organization=node,
        dossier=Dossier.objects.create(kind=DossierKind.SCHOOL, organization=node),
        school_type=kind,
        brin="99ZZ",
        swv=region.organizations["swv"],
        municipality=region.organizations[town],
        district_team=region.organizations["district"],
        holiday_region=HolidayRegion.MIDDLE,
    )
    SupportTeam.objects.create(organization=node, place="lokaal 2")
    for name in groups:
        group_node = _organization(region, f"{key}-{name}", K.GROUP, key)
        region.groups[f"{key}-{name}"] = Group.objects.create(
            organization=group_node,
            school=school,
            school_year="2026-2027",
            key=name,
            name=name.upper(),
            year_group=name[0],
        )


def _person(region: Region, persona: Persona) -> None:
    person = User.objects.create_user(
        f"{persona.key}@voorbeeld.example",
        "een lang wachtwoord",
        first_name=persona.key.capitalize(),
        last_name="Test",
        employer=region.organizations[persona.employer],
        is_active=persona.is_active,
        persona=persona.key,
    )
    region.people[persona.key] = person
    region.known.people[persona.key] = facts.Person(
        persona.key, persona.employer, is_active=persona.is_active
    )
    for role, place, since, until in persona.posts:
        _post(region, persona, (role, place, TODAY + timedelta(since)), until)
    if persona.deputizes:
        _deputy(region, persona)


def _post(region: Region, persona: Persona, post: tuple[str, str, date], until: int | None) -> None:
    role, place, since = post
    end = None if until is None else TODAY + timedelta(until)
    row = Assignment.objects.create(
        person=region.people[persona.key],
        role=ROLES[role],
        organization=region.organizations[place],
        since=since,
        until=end,
    )
    region.known.posts.append(facts.Post(persona.key, role, place, since, end))
    for school in persona.linked:
        team = SupportTeam.objects.get(organization=region.organizations[school])
        SupportTeamMember.objects.create(team=team, assignment=row, since=YEAR_START)
        region.known.linked.add((persona.key, role, school))


def _deputy(region: Region, persona: Persona) -> None:
    """Stand in for somebody for three weeks (`wnm`)."""
    since, until = TODAY - timedelta(7), TODAY + timedelta(14)
    Assignment.objects.filter(person=region.people[persona.deputizes]).update(
        deputy=region.people[persona.key], deputy_since=since, deputy_until=until
    )
    region.known.posts = [
        replace(post, deputy=persona.key, deputy_since=since, deputy_until=until)
        if post.person == persona.deputizes
        else post
        for post in region.known.posts
    ]
