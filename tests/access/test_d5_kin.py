"""D5: a pupil whom a professional knows at home stays closed to that person, in every role and post."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.actions.signals import note_student_signal
from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.seating import case_table
from schools.actions.kin import declare_tie, end_tie, record_tie
from schools.enums import KinRelation
from schools.models import FamilyTie, Student
from teams.access.actor import acting_as, actor_for
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.models import Assignment, Recusal
from tests.cases.late_ladder import act
from tests.world import NOW, YEAR_START, add_student

NOOR = {"first_name": "noor", "prefix": "", "last_name": " veen", "birth_date": date(2016, 3, 9)}
CHILD = NOOR | {"relation": KinRelation.CHILD}


@pytest.fixture
def case(world):
    words = {"observation": "Noor is stil."}
    noor = world.students["noor"]
    return act(world, "teacher-kade", note_student_signal, noor, given=words).case


def _sees(world, key: str, role: str | None = None) -> tuple[bool, bool]:
    """Whether this person sees the pupil, and the case."""
    with acting_as(actor_for(world.people[key], day=NOW.date(), role=role)):
        noor = Student.objects.filter(pk=world.students["noor"].pk)
        return noor.exists(), Case.objects.filter(student=world.students["noor"]).exists()


def _declare(world, key: str, **given) -> None:
    act(world, key, declare_tie, given=CHILD | given)


@pytest.mark.parametrize("key", ["ib-kade", "head-kade", "teacher-kade"])
def test_d5_a_declared_child_closes_pupil_and_cases_for_every_post(world, case, key):
    assert _sees(world, key) == (True, True)
    _declare(world, key)
    assert _sees(world, key) == (False, False)
    assert {row.person for row in Recusal.objects.all()} == {world.people[key]}


def test_d5_it_holds_in_another_role_too_and_for_nobody_else(world, case):
    person = world.people["teacher-kade"]
    school = world.organizations["kade"]
    Assignment.objects.create(
        person=person,
        role="SUPPORT_COORDINATOR",
        organization=school,
        since=YEAR_START + timedelta(1),
    )
    assert _sees(world, "teacher-kade", "SUPPORT_COORDINATOR") == (True, True)
    _declare(world, "teacher-kade")
    for role in ("TEACHER", "SUPPORT_COORDINATOR"):
        assert _sees(world, "teacher-kade", role) == (False, False)
    assert _sees(world, "ib-kade") == (True, True)
    assert Student.unscoped.count() == 3


def test_d5_a_case_opened_later_is_closed_from_its_first_moment(world):
    _declare(world, "head-kade")
    words = {"observation": "Noor is stil."}
    noor = world.students["noor"]
    case = act(world, "teacher-kade", note_student_signal, noor, given=words).case
    assert _sees(world, "head-kade") == (False, False)
    (spec,) = case_table(CaseFacts(case, NOW.date())).recused
    assert spec.person_id == world.people["head-kade"].pk


def test_d5_declaring_tells_nothing_and_waits_for_the_pupil_to_come(world):
    _declare(world, "ib-kade", first_name="Bram")
    assert FamilyTie.unscoped.get().student is None
    add_student(world, "bram", "Bram", "Veen", born=NOOR["birth_date"])
    with acting_as(world.actor("ib-kade")):
        assert not Student.objects.filter(first_name="Bram").exists()
    with acting_as(world.actor("head-kade")):
        assert Student.objects.filter(first_name="Bram").exists()


def test_d5_a_lead_records_and_ends_it_and_nobody_ends_the_own(world, case):
    noor, person = world.students["noor"], world.people["teacher-kade"]
    tie = act(world, "ib-kade", record_tie, noor, person, KinRelation.FAMILY)
    assert act(world, "ib-kade", record_tie, noor, person, KinRelation.CHILD) == tie
    assert _sees(world, "teacher-kade") == (False, False)
    with pytest.raises(Blocked, match="second_person_ends_tie"):
        act(world, "teacher-kade", end_tie, tie)
    with pytest.raises(NotVisible):
        act(world, "ib-werf", end_tie, tie)
    act(world, "head-kade", end_tie, tie)
    assert _sees(world, "teacher-kade") == (True, True)


def test_only_the_leads_of_the_school_record(world):
    noor, person = world.students["noor"], world.people["teacher-kade"]
    with pytest.raises(NotAllowed):
        act(world, "teacher-kade", record_tie, noor, person, KinRelation.FAMILY)
    with pytest.raises(NotVisible):
        act(world, "ib-werf", record_tie, noor, person, KinRelation.FAMILY)


def test_the_pages_declare_record_and_end(world, case, client):
    noor = world.students["noor"]
    list_url = reverse("student-kin", args=[noor.pk])

    def sign_in(key: str) -> None:
        client.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")

    with time_machine.travel(NOW, tick=False):
        sign_in("teacher-kade")
        given = CHILD | {"birth_date": "2016-03-09", "first_name": "Noor", "last_name": "Veen"}
        assert client.post(reverse("kin"), given).status_code == 302
        assert "Noor Veen" in client.get(reverse("kin")).content.decode()
        assert client.get(reverse("student", args=[noor.pk])).status_code == 404
        assert client.get(reverse("case", args=[case.pk])).status_code == 404
        sign_in("ib-kade")
        assert "Teacher Kade" in client.get(list_url).content.decode()
        tie = FamilyTie.unscoped.get()
        assert client.post(reverse("tie-end", args=[tie.pk])).status_code == 302
        assert "Er is niemand opgegeven" in client.get(list_url).content.decode()
