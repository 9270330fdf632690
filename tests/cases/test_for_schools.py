"""What the route adds to schools: open cases hold leavers back, new teachers come to the table."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.signals import note_student_signal
from cases.models import Case
from schools.imports.preview import ChangeKind
from schools.models import School
from teams import clock
from teams.access.actor import acting_as
from teams.enums import Role
from teams.models import Seat
from tests.schools import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    school = world.make_school()
    world.imported(school, world.content_of(60, today=clock.today()), now=clock.now())
    return school


@pytest.fixture
def case(school: School) -> Case:
    person = world.make_person(Role.SUPPORT_COORDINATOR, school.organization)
    coordinator = world.actor_of(person, day=clock.today())
    student = world.enrollment(school, "L0001").student
    given = {"observation": "Is stil sinds de vakantie.", "topics": ["WELBEVINDEN"]}
    with acting_as(coordinator):
        return note_student_signal(student, given=given, actor=coordinator, now=clock.now()).case


def test_a_leaver_with_an_open_case_stays(school: School, case: Case) -> None:
    content = world.content_of(60, today=clock.today())
    preview = world.imported(school, world.without(content, "L0001"), now=clock.now())
    assert preview.counts == {ChangeKind.FLAGGED: 1}
    assert world.enrollment(school, "L0001").is_flagged_leaver


def test_the_new_teacher_comes_to_the_table_of_the_case(school: School, case: Case) -> None:
    content = world.content_of(60, today=clock.today())
    other = next(row.key for row in content.groups if row.key != content.students[0].group_key)
    world.imported(school, world.changed(content, "L0001", group_key=other), now=clock.now())
    node = world.enrollment(school, "L0001").group.organization_id
    seats = Seat.objects.filter(dossier=case.dossier_id, role=Role.TEACHER)
    assert set(seats.values_list("party", flat=True)) == {f"post:TEACHER@{node}"}


def test_pages_show_case_and_signal_to_who_may_see_them(school: School, case: Case) -> None:
    group = world.enrollment(school, "L0001").group.organization
    teacher = world.make_person(Role.TEACHER, group, name="Tom")
    client = Client()
    client.force_login(teacher)
    page = client.get(reverse("student", args=[case.student_id])).content.decode()
    assert case.number in page
    assert "Is stil sinds de vakantie." in page
    head = world.make_person(Role.HEAD, school.organization, name="Karin")
    client.force_login(head)
    assert (
        "Signalen van het afgelopen jaar"
        in client.get(reverse("school", args=[school.pk])).content.decode()
    )
