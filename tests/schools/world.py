"""A small world for the tests of this room: one school, its leads and a file of pupils."""

import io
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schools.actions.edexml import apply_edexml
from schools.enums import SchoolType
from schools.imports.edexml import read_edexml
from schools.imports.edexml_writer import write_records
from schools.imports.records import EdexmlFile
from schools.imports.sample import sample_school
from schools.models import Enrollment, School
from schools.seating import reseat_school
from teams.access.actor import actor_for, as_system
from teams.access.seating import new_dossier
from teams.enums import DossierKind, HolidayRegion, OrganizationKind, Role
from teams.models import Assignment, Organization, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
TODAY = NOW.date()


def make_school(key: str = "wilgen", *, brin: str = "99ZZ") -> School:
    """A primary school in Vlaardingen with a table of its own."""
    town, _ = Organization.objects.get_or_create(
        key="vlaardingen", defaults={"kind": OrganizationKind.MUNICIPALITY, "name": "Vlaardingen"}
    )
    node = Organization.objects.create(
        key=key, kind=OrganizationKind.SCHOOL, name=f"De {key.title()}"
    )
    school = School.objects.create(
        organization=node,
        dossier=new_dossier(DossierKind.SCHOOL, node.pk),
        school_type=SchoolType.PRIMARY,
        brin=brin,
        municipality=town,
        holiday_region=HolidayRegion.MIDDLE,
    )
    reseat_school(school)
    return school


def make_person(role: Role, organization: Organization, *, name: str = "Marit") -> User:
    """A person who holds this role here since long ago."""
    person = User.objects.create_user(
        f"{name}.{role}@{organization.key}.example".lower(), first_name=name, last_name="de Boer"
    )
    Assignment.objects.create(
        person=person, role=role, organization=organization, since=date(2020, 8, 1)
    )
    return person


def actor_of(person: User, *, day: date = TODAY):
    """The person acting today in the first role held."""
    return actor_for(person, day=day)


def content_of(pupils: int, *, key: str = "wilgen", today: date = TODAY) -> EdexmlFile:
    """A sample school as read from its own file, with the keys L0001, L0002 and so on."""
    made = sample_school(school_key=key, brin="99ZZ", pupils=pupils, today=today)
    keys = (f"L{number:04}" for number in range(1, pupils + 1))
    students = tuple(replace(row, key=key) for row, key in zip(made.students, keys, strict=True))
    return read_edexml(io.BytesIO(file_of(replace(made, students=students))))


def file_of(content: EdexmlFile) -> bytes:
    """The records as a file."""
    stream = io.BytesIO()
    write_records(stream, content)
    return stream.getvalue()


def without(content: EdexmlFile, *keys: str) -> EdexmlFile:
    """The same file without some pupils."""
    return replace(content, students=tuple(row for row in content.students if row.key not in keys))


def changed(content: EdexmlFile, key: str, **fields) -> EdexmlFile:
    """The same file with one pupil changed."""
    return replace(
        content,
        students=tuple(
            replace(row, **fields) if row.key == key else row for row in content.students
        ),
    )


def imported(school: School, content: EdexmlFile, *, now: datetime = NOW):
    """Carry a file through as the system; gives the preview of what was changed."""
    with as_system("test", day=now.date()) as actor:
        return apply_edexml(school, content, actor=actor, now=now)


def enrollment(school: School, key: str) -> Enrollment:
    """The newest enrollment of a pupil key."""
    rows = Enrollment.unscoped.filter(school=school, key=key).select_related("student", "group")
    return (
        rows.order_by("-since", "-until").first()
        if not rows.filter(until=None)
        else rows.get(until=None)
    )
