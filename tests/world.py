"""A small world for tests: one region, two schools, people in their roles, pupils with carers.

Factories climb: `case_in(world, CaseState.OT)` plays a case through the real actions.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schools.enums import CarerRelation, CustodyValue, SchoolType
from schools.models import Carer, CarerContact, Custody, Enrollment, Group, School, Student
from schools.seating import reseat_school, reseat_students
from teams.access.actor import Actor, actor_for, as_system
from teams.access.seating import new_dossier
from teams.enums import DossierKind, HolidayRegion, OrganizationKind, Role
from teams.models import Assignment, Organization, SupportTeam, SupportTeamMember, User

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Monday in a school week of the region Midden.
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)
YEAR_START = date(2026, 8, 1)


@dataclass
class World:
    """Everything by a short key: organizations, people, schools, groups, pupils."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    carers: dict[str, list[Carer]] = field(default_factory=dict)

    def actor(self, key: str, *, now: datetime = NOW, role: str | None = None) -> Actor:
        """The actor of this person at this moment."""
        return actor_for(self.people[key], day=now.date(), role=role)


def build_world() -> World:
    """Build the world; a few rows, under a second."""
    world = World()
    with as_system("test world"):
        _organizations(world)
        for key, name in (("kade", "De Kade"), ("werf", "De Werf")):
            _school(world, key, name)
        _people(world)
        add_student(world, "noor", "Noor", "Veen", born=date(2016, 3, 9))
        add_student(world, "daan", "Daan", "Kok", born=date(2013, 5, 1))
        add_student(world, "yara", "Yara", "Mansour", born=date(2016, 9, 2), at="werf")
        for school in world.schools.values():
            reseat_school(school)
    return world


def _organization(world: World, key: str, kind: str, name: str, parent: str = "") -> Organization:
    above = world.organizations.get(parent)
    row = Organization.objects.create(key=key, kind=kind, name=name, parent=above)
    world.organizations[key] = row
    return row


def _organizations(world: World) -> None:
    kinds = OrganizationKind
    _organization(world, "swv", kinds.SWV, "Samen Naar School")
    _organization(world, "board", kinds.BOARD, "Stichting Stroom", "swv")
    _organization(world, "town", kinds.MUNICIPALITY, "Vlaardingen")
    _organization(world, "district", kinds.DISTRICT_TEAM, "Wijkteam West", "town")
    _organization(world, "cjg", kinds.CJG, "CJG Vlaardingen", "town")
    _organization(world, "family", kinds.EMPLOYER, "Gezin in Zicht")


def _school(world: World, key: str, name: str) -> None:
    node = _organization(world, key, OrganizationKind.SCHOOL, name, "board")
    school = School.objects.create(
        organization=node,
        dossier=new_dossier(DossierKind.SCHOOL, node.pk),
        school_type=SchoolType.PRIMARY,
        brin="99ZZ",
        swv=world.organizations["swv"],
        municipality=world.organizations["town"],
        district_team=world.organizations["district"],
        holiday_region=HolidayRegion.MIDDLE,
    )
    world.schools[key] = school
    group_node = _organization(world, f"{key}-5a", OrganizationKind.GROUP, "groep 5A", key)
    world.groups[key] = Group.objects.create(
        organization=group_node,
        school=school,
        school_year="2026-2027",
        key="G5A",
        name="5A",
        year_group="5",
    )
    SupportTeam.objects.create(organization=node, place="lokaal 2")


def add_person(
    world: World, key: str, role: Role, organization: str, *, employer: str = ""
) -> Assignment:
    """Add a person with one assignment; the key is also the persona."""
    first, _, last = key.partition("-")
    person = User.objects.create_user(
        f"{key}@voorbeeld.example",
        "een lang wachtwoord",
        first_name=first.capitalize(),
        last_name=(last or "Test").capitalize(),
        employer=world.organizations[employer or organization],
        persona=key,
    )
    world.people[key] = person
    return Assignment.objects.create(
        person=person,
        role=role,
        organization=world.organizations[organization],
        since=YEAR_START,
    )


def _people(world: World) -> None:
    for school in ("kade", "werf"):
        add_person(world, f"teacher-{school}", Role.TEACHER, f"{school}-5a", employer=school)
        add_person(world, f"ib-{school}", Role.SUPPORT_COORDINATOR, school)
        add_person(world, f"head-{school}", Role.HEAD, school)
    linked = (
        ("family-sanne", Role.FAMILY_SPECIALIST, "family"),
        ("education-omar", Role.EDUCATION_SPECIALIST, "swv"),
        ("nurse-fien", Role.YOUTH_NURSE, "cjg"),
    )
    team = SupportTeam.objects.get(organization=world.organizations["kade"])
    for key, role, organization in linked:
        assignment = add_person(world, key, role, organization)
        SupportTeamMember.objects.create(team=team, assignment=assignment, since=YEAR_START)
    add_person(world, "district-lotte", Role.DISTRICT_TEAM_WORKER, "district")
    add_person(world, "attendance-piet", Role.ATTENDANCE_OFFICER, "town")
    add_person(world, "admin-bo", Role.APPLICATION_ADMIN, "swv")


def add_student(
    world: World, key: str, first: str, last: str, *, born: date, at: str = "kade"
) -> Student:
    """Enroll a pupil in group 5A with two carers with confirmed custody."""
    school, group = world.schools[at], world.groups[at]
    dossier = new_dossier(DossierKind.STUDENT, school.organization_id)
    stamp = {"dossier": dossier, "created_at": NOW, "created_by": world.people[f"ib-{at}"]}
    with as_system("test world"):
        student = Student.objects.create(
            first_name=first,
            last_name=last,
            birth_date=born,
            residence=world.organizations["town"],
            **stamp,
        )
        Enrollment.objects.create(
            student=student, school=school, group=group, key=key, since=YEAR_START, **stamp
        )
        world.students[key] = student
        world.carers[key] = [
            _carer(world, student, relation, at, stamp)
            for relation in (CarerRelation.MOTHER, CarerRelation.FATHER)
        ]
        reseat_students([student.pk])
    return student


def _carer(world: World, student: Student, relation: str, at: str, stamp: dict) -> Carer:
    names = {CarerRelation.MOTHER: "Linda", CarerRelation.FATHER: "Youssef"}
    carer = Carer.objects.create(
        student=student,
        first_name=names[CarerRelation(relation)],
        last_name=student.last_name,
        relation=relation,
        **stamp,
    )
    CarerContact.objects.create(
        carer=carer, email=f"{relation.lower()}.{student.pk.hex[:6]}@voorbeeld.example", **stamp
    )
    Custody.objects.create(
        carer=carer,
        value=CustodyValue.YES,
        since=YEAR_START,
        confirmed_by=world.people[f"head-{at}"],
        confirmed_at=NOW,
        **stamp,
    )
    return carer
