"""Pages of schools and pupils: who sees them, what they show, and that they keep what is filled in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from schools.actions.carers import CarerGiven, save_carer
from schools.enums import CarerRelation, CustodyValue, HolidayKind
from schools.models import Carer, Custody, Group, HolidayPeriod, School, Student
from schools.queries.calendar import calendar_of
from schools.seating import reseat_school
from teams import clock
from teams.access.actor import as_system
from teams.enums import Role
from teams.models import SupportTeam, SupportTeamMember, User
from tests.schools import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    school = world.make_school()
    world.imported(school, world.content_of(60, today=clock.today()), now=clock.now())
    return school


@pytest.fixture
def coordinator(school: School) -> User:
    return world.make_person(Role.SUPPORT_COORDINATOR, school.organization)


@pytest.fixture
def head(school: School) -> User:
    return world.make_person(Role.HEAD, school.organization, name="Karin")


@pytest.fixture
def student(school: School) -> Student:
    return world.enrollment(school, "L0001").student


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def teacher_of(school: School, key: str, name: str = "Tom") -> User:
    return world.make_person(
        Role.TEACHER, world.enrollment(school, key).group.organization, name=name
    )


def text(response) -> str:
    return response.content.decode()


def add_carer(student: Student, person: User | None = None, **fields) -> Carer:
    given = {
        "first_name": "Ana",
        "last_name": "Mol",
        "relation": CarerRelation.MOTHER,
        "phone": "06 12345678",
        "custody": CustodyValue.YES,
        "custody_since": date(2020, 1, 1),
    } | fields
    with as_system("test") as actor:
        carer = save_carer(student, CarerGiven(**given), actor=actor, now=clock.now())
    Custody.unscoped.filter(carer=carer).update(created_by=person)
    return carer


def test_pupil_page_shows_group_carers_and_custody(student: Student, coordinator: User) -> None:
    add_carer(student, coordinator)
    page = text(signed_in(coordinator).get(reverse("student", args=[student.pk])))
    assert student.full_name in page
    assert "De Wilgen" in page
    assert "Ana Mol" in page
    assert "gezag, nog te bevestigen" in page
    assert "U hebt dit gezag zelf vastgelegd." in page
    assert "06 12345678" in page


def test_a_pupil_without_carers_asks_for_them(student: Student, coordinator: User) -> None:
    page = text(signed_in(coordinator).get(reverse("student", args=[student.pk])))
    assert "Er is nog geen verzorger bekend." in page
    assert reverse("carer-new", args=[student.pk]) in page


def test_the_teacher_of_the_group_reads_and_does_not_write(
    school: School, student: Student
) -> None:
    add_carer(student)
    client = signed_in(teacher_of(school, "L0001"))
    page = text(client.get(reverse("student", args=[student.pk])))
    assert "Ana Mol" in page
    assert "Wijzigen" not in page
    assert client.get(reverse("carer-new", args=[student.pk])).status_code == 403


def test_pupils_of_others_do_not_exist(school: School, student: Student) -> None:
    other = world.make_school("linde")
    stranger = signed_in(world.make_person(Role.HEAD, other.organization, name="Piet"))
    last = max(world.enrollment(school, f"L{number:04}").group.key for number in (1, 50))
    key = next(
        f"L{n:04}"
        for n in range(50, 0, -1)
        if world.enrollment(school, f"L{n:04}").group.key == last
    )
    teacher = signed_in(teacher_of(school, key))
    urls = [
        reverse("student", args=[student.pk]),
        reverse("carer-new", args=[student.pk]),
        reverse("student-edit", args=[student.pk]),
    ]
    assert [stranger.get(url).status_code for url in urls] == [404, 404, 404]
    assert teacher.get(urls[0]).status_code == 404
    school_urls = [
        reverse(name, args=[school.pk]) for name in ("school", "import", "holidays", "school-edit")
    ]
    assert {stranger.get(url).status_code for url in school_urls} == {404}
    group = Group.objects.filter(school=school).first()
    assert stranger.get(reverse("group", args=[group.pk])).status_code == 404
    assert Client().get(urls[0]).status_code == 302


def test_a_carer_is_entered_in_the_browser(student: Student, coordinator: User) -> None:
    client = signed_in(coordinator)
    url = reverse("carer-new", args=[student.pk])
    given = {"first_name": "Ana", "last_name": "Mol", "relation": "MOTHER", "custody": "YES"}
    refused = client.post(url, given)
    assert refused.status_code == 422
    assert "Vul in sinds wanneer dit geldt" in text(refused)
    assert client.post(url, given | {"custody_since": "2020-01-01"}).status_code == 302
    carer = Carer.unscoped.get(student=student)
    page = text(client.get(reverse("carer", args=[student.pk, carer.pk])))
    assert 'value="2020-01-01"' in page
    changed = given | {"custody_since": "2020-01-01", "name_prefix": "van der"}
    assert client.post(reverse("carer", args=[student.pk, carer.pk]), changed).status_code == 302
    carer.refresh_from_db()
    assert carer.full_name == "Ana van der Mol"


def test_a_second_person_confirms_custody(student: Student, coordinator: User, head: User) -> None:
    custody = Custody.unscoped.get(carer=add_carer(student, coordinator))
    url = reverse("custody-confirm", args=[student.pk, custody.pk])
    assert signed_in(coordinator).post(url).status_code == 409
    assert signed_in(head).get(url).status_code == 405
    assert signed_in(head).post(url).status_code == 302
    page = text(signed_in(coordinator).get(reverse("student", args=[student.pk])))
    assert "bevestigd door Karin de Boer" in page


def test_language_and_residence_are_kept(student: Student, head: User) -> None:
    client = signed_in(head)
    town = student.__class__.residence.field.related_model.objects.get(key="vlaardingen")
    url = reverse("student-edit", args=[student.pk])
    given = {"language": "Pools", "residence": str(town.pk), "residence_since": "2024-02-01"}
    assert client.get(url).status_code == 200
    assert client.post(url, given).status_code == 302
    page = text(client.get(reverse("student", args=[student.pk])))
    assert "Pools" in page
    assert "sinds donderdag 1 februari 2024" in page


def test_school_page_shows_team_groups_and_holidays(school: School, head: User) -> None:
    node = school.organization
    team = SupportTeam.objects.create(organization=node, place="Lokaal 2")
    sanne = world.make_person(Role.FAMILY_SPECIALIST, node, name="Sanne")
    SupportTeamMember.objects.create(
        team=team, assignment=sanne.assignments.get(), since=date(2024, 1, 1), days=["DI", "DO"]
    )
    page = text(signed_in(head).get(reverse("school", args=[school.pk])))
    assert "Sanne de Boer" in page
    assert "gezinsspecialist · dinsdag, donderdag" in page
    assert "Lokaal 2" in page
    assert "leerlingen" in page
    assert reverse("import", args=[school.pk]) in page


def test_a_fixed_face_sees_the_school_and_no_pupils(school: School) -> None:
    node = world.make_school("linde").organization
    sanne = world.make_person(Role.FAMILY_SPECIALIST, node, name="Sanne")
    team = SupportTeam.objects.create(organization=school.organization)
    SupportTeamMember.objects.create(
        team=team, assignment=sanne.assignments.get(), since=date(2024, 1, 1)
    )
    reseat_school(school)
    client = signed_in(sanne)
    assert client.get(reverse("school", args=[school.pk])).status_code == 200
    assert client.get(reverse("import", args=[school.pk])).status_code == 403
    group = Group.objects.filter(school=school).first()
    assert client.get(reverse("group", args=[group.pk])).status_code == 403


def test_list_of_schools_goes_to_the_only_one(school: School, head: User) -> None:
    assert signed_in(head).get(reverse("schools")).url == reverse("school", args=[school.pk])


def test_class_list(school: School, student: Student) -> None:
    group = world.enrollment(school, "L0001").group
    page = text(signed_in(teacher_of(school, "L0001")).get(reverse("group", args=[group.pk])))
    assert student.full_name in page
    assert "Tom de Boer" in page


def test_school_data_are_kept(school: School, head: User) -> None:
    client = signed_in(head)
    url = reverse("school-edit", args=[school.pk])
    assert client.get(url).status_code == 200
    given = {
        "route_map_url": "https://kaart.example/eed",
        "absence_map_url": "",
        "has_own_room": "on",
    }
    assert client.post(url, given).status_code == 302
    page = text(client.get(reverse("school", args=[school.pk])))
    assert "https://kaart.example/eed" in page
    assert client.post(url, given | {"route_map_url": "geen adres"}).status_code == 422


def test_holidays_of_the_school_count_and_can_go(school: School, head: User) -> None:
    client = signed_in(head)
    url = reverse("holidays", args=[school.pk])
    assert "nog nakijken" in text(client.get(url))
    wrong = {"kind": "STUDIEDAG", "start": "2026-12-04", "end": "2026-12-01"}
    assert client.post(url, wrong).status_code == 422
    assert client.post(url, {"kind": "STUDIEDAG", "start": "2026-12-04"}).status_code == 302
    day = HolidayPeriod.objects.get(school=school)
    assert (day.kind, day.end, day.is_checked) == (HolidayKind.STUDY_DAY, date(2026, 12, 4), True)
    assert not calendar_of(school).is_school_day(date(2026, 12, 4))
    assert client.post(reverse("holiday-remove", args=[school.pk, day.pk])).status_code == 302
    assert calendar_of(school).is_school_day(date(2026, 12, 4))
    regional = HolidayPeriod.objects.filter(school=None).first()
    assert client.post(reverse("holiday-remove", args=[school.pk, regional.pk])).status_code == 404


def test_queries_of_the_pages_do_not_grow(
    school: School, student: Student, head: User, django_assert_max_num_queries
) -> None:
    for number in range(4):
        add_carer(student, last_name=f"Mol {number}")
    client = signed_in(head)
    client.get(reverse("student", args=[student.pk]))
    for url in (
        reverse("student", args=[student.pk]),
        reverse("group", args=[world.enrollment(school, "L0001").group.pk]),
    ):
        with django_assert_max_num_queries(20):
            client.get(url)
