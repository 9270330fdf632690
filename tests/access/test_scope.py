"""Fence 1: rows follow the actor; no actor, no rows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.actions.signals import note_student_signal
from cases.models import Case, Signal
from schools.models import Carer, Enrollment, Student
from teams.access.actor import acting_as, actor_for
from teams.access.errors import NoActor, NotVisible
from teams.models import Assignment
from tests.world import NOW


@pytest.fixture
def case(world):
    actor = world.actor("teacher-kade")
    with acting_as(actor):
        return note_student_signal(
            world.students["noor"], given={"observation": "Noor is stil."}, actor=actor, now=NOW
        ).case


def _sees(world, key, model):
    with acting_as(world.actor(key)):
        return set(model.objects.values_list("pk", flat=True))


def test_without_an_actor_reading_raises(world):
    with pytest.raises(NoActor):
        Student.objects.count()


@pytest.mark.parametrize("key", ["teacher-kade", "ib-kade", "head-kade"])
def test_own_school_sees_the_case_and_its_signal(world, case, key):
    assert _sees(world, key, Case) == {case.pk}
    assert len(_sees(world, key, Signal)) == 1


@pytest.mark.parametrize(
    "key",
    [
        "teacher-werf",
        "ib-werf",
        "head-werf",
        "family-sanne",
        "education-omar",
        "nurse-fien",
        "district-lotte",
        "attendance-piet",
        "admin-bo",
    ],
)
@pytest.mark.parametrize("model", [Case, Signal])
def test_being_linked_or_elsewhere_opens_no_case(world, case, key, model):
    assert _sees(world, key, model) == set()


@pytest.mark.parametrize("model", [Student, Enrollment, Carer])
def test_pupils_are_seen_by_their_own_school_only(world, model):
    everything = set(model.unscoped.values_list("pk", flat=True))
    kade, werf = _sees(world, "ib-kade", model), _sees(world, "ib-werf", model)
    assert kade and werf
    assert kade | werf == everything
    assert not kade & werf


def test_i20_an_ended_assignment_empties_the_chair_at_the_next_request(world, case):
    Assignment.objects.filter(person=world.people["ib-kade"]).update(until=NOW.date())
    assert _sees(world, "ib-kade", Case) == set()


def test_a_future_assignment_opens_nothing_yet(world, case):
    tomorrow = NOW.date() + timedelta(days=1)
    Assignment.objects.filter(person=world.people["ib-kade"]).update(since=tomorrow)
    assert _sees(world, "ib-kade", Case) == set()


def test_a_deputy_acts_while_the_dates_hold(world, case):
    Assignment.objects.filter(person=world.people["ib-kade"]).update(
        deputy=world.people["ib-werf"],
        deputy_since=NOW.date(),
        deputy_until=NOW.date() + timedelta(days=5),
    )
    assert case.pk in _sees(world, "ib-werf", Case)
    later = actor_for(world.people["ib-werf"], day=NOW.date() + timedelta(days=5))
    with acting_as(later):
        assert not Case.objects.exists()


def test_a_person_acts_in_one_role_at_a_time(world, case):
    Assignment.objects.create(
        person=world.people["head-kade"],
        role="TEACHER",
        organization=world.organizations["werf-5a"],
        since=NOW.date(),
    )
    as_teacher = world.actor("head-kade", role="TEACHER")
    with acting_as(as_teacher):
        assert not Case.objects.exists()
    with acting_as(world.actor("head-kade", role="HEAD")):
        assert Case.objects.get() == case


def test_a_signal_about_an_invisible_pupil_is_not_found(world):
    actor = world.actor("teacher-werf")
    with acting_as(actor), pytest.raises(NotVisible):
        note_student_signal(
            world.students["noor"], given={"observation": "x"}, actor=actor, now=NOW
        )


def test_no_role_no_rows(world, case):
    nobody = replace(world.actor("ib-kade"), role=None)
    with acting_as(nobody):
        assert not Case.objects.exists()
