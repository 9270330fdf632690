"""Custody decides who gives: what changes in it ends or opens a place at the next request (A-50)."""

from datetime import timedelta

import pytest

from cases.models import Case, Participant
from cases.queries.facts import CaseFacts
from cases.seating import reseat
from schools.actions.carers import CarerGiven, confirm_custody, save_carer
from schools.enums import CarerRelation, CustodyValue
from schools.models import Custody
from teams.access.actor import acting_as
from tests.cases.late_ladder import act, consented, running_case
from tests.world import NOW

LATER = NOW + timedelta(days=9)


@pytest.fixture
def case(world) -> Case:
    """The gezinsspecialist takes part with consent of both parents."""
    case = running_case(world)
    consented(world, case, "family", now=LATER)
    Participant.unscoped.create(
        case=case,
        person=world.people["family-sanne"],
        role="FAMILY_SPECIALIST",
        since=LATER.date(),
        dossier_id=case.dossier_id,
        created_at=LATER,
    )
    case = Case.unscoped.select_related("student", "school").get(pk=case.pk)
    reseat(case, day=LATER.date())
    return case


def reads(world, case) -> bool:
    with acting_as(world.actor("family-sanne", now=LATER)):
        return Case.objects.filter(pk=case.pk).exists()


def given(**more) -> CarerGiven:
    names = {"first_name": "Anja", "last_name": "Bos", "relation": CarerRelation.GUARDIAN}
    return CarerGiven(**{**names, "custody_since": LATER.date(), **more})


def test_a_new_custodian_ends_reading_at_once(world, case):
    assert reads(world, case)
    student = world.students["noor"]
    stranger = given(relation=CarerRelation.OTHER, custody=CustodyValue.YES)
    act(world, "ib-kade", save_carer, student, stranger, now=LATER)
    assert not reads(world, case)


def test_a_carer_without_known_custody_ends_it_as_well(world, case):
    stranger = given(relation=CarerRelation.OTHER, custody=CustodyValue.UNKNOWN)
    act(world, "ib-kade", save_carer, world.students["noor"], stranger, now=LATER)
    assert not reads(world, case)


def test_a_guardian_stands_in_the_place_of_the_parents_once_confirmed(world, case):
    student = world.students["noor"]
    guardian = given(custody=CustodyValue.YES)
    act(world, "ib-kade", save_carer, student, guardian, now=LATER)
    facts = CaseFacts(case, LATER.date())
    assert "tweede persoon" in facts.givers("a").problem and not reads(world, case)
    custody = Custody.unscoped.get(carer__relation=CarerRelation.GUARDIAN)
    act(world, "head-kade", confirm_custody, custody, now=LATER)
    names = {carer.first_name for carer in CaseFacts(case, LATER.date()).givers("a").carers}
    assert names == {"Anja"}
    consented_by_guardian = CaseFacts(case, LATER.date()).is_covered(
        world.organizations["family"].pk
    )
    assert not consented_by_guardian and not reads(world, case)


def test_a_father_who_loses_custody_is_not_asked_any_more(world, case):
    father = world.carers["noor"][1]
    without = given(
        first_name=father.first_name,
        last_name=father.last_name,
        relation=CarerRelation.FATHER,
        custody=CustodyValue.NO,
    )
    student = world.students["noor"]
    act(world, "ib-kade", save_carer, student, without, carer=father, now=LATER)
    # The mother's yes stands: she alone has custody now.
    assert reads(world, case)
