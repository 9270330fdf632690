"""Consent per giver, taken back at any time; regie offered, accepted and handed over."""

from datetime import timedelta

import pytest

from cases.actions import consents, leads
from cases.contributions import LeadFacts
from cases.enums import (
    ConsentDecisionKind,
    ConsentForm,
    ConsentPurpose,
    LeadState,
    NoteKind,
)
from cases.models import Case, CaseLead, Consent, Note, Participant
from cases.queries.facts import CaseFacts
from cases.queries.leads import proposed_lead
from cases.workflow.amend import amending, stamp
from cases.workflow.table import IB
from teams.access.actor import acting_as
from teams.access.errors import Blocked, NotAllowed
from teams.audit import Verb
from teams.enums import Role
from tests.cases.ladder import signaling_case
from tests.cases.late_ladder import SCAN, act, consented, ot_case, running_case, staff
from tests.world import NOW

GIVEN, REFUSED = ConsentDecisionKind.GIVEN, ConsentDecisionKind.REFUSED


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def asked(world, case, *organizations: str) -> Consent:
    given = {
        "purpose": ConsentPurpose.DISCUSS_NAMED,
        "recipients": [world.organizations[key] for key in organizations],
        "shared": "de vraag van school",
    }
    return act(world, "ib-kade", consents.ask_consent, case.pk, given=given)


def answer(carer, decision=GIVEN, **more) -> dict:
    return {
        "giver": str(carer.pk),
        "decision": decision,
        "form": ConsentForm.PAPER,
        "scan": SCAN,
        **more,
    }


def test_consent_holds_when_both_parents_said_yes(world):
    case = signaling_case(world)
    consent = asked(world, case, "family")
    mother, father = world.carers["noor"]

    def covered():
        return CaseFacts(case, NOW.date()).is_covered(world.organizations["family"].pk)

    act(world, "ib-kade", consents.answer_consent, consent.pk, given=answer(mother))
    assert not covered()
    act(world, "ib-kade", consents.answer_consent, consent.pk, given=answer(father))
    assert covered()
    act(world, "ib-kade", consents.withdraw_consent, consent.pk, given=answer(father))
    assert not covered()


def test_a_spoken_answer_needs_another_witness(world):
    consent = asked(world, signaling_case(world), "family")
    mother = world.carers["noor"][0]
    spoken = answer(mother, form=ConsentForm.SPOKEN)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consents.answer_consent, consent.pk, given=spoken)
    assert codes(refusal) == ["witness_is_named"]
    own = {**spoken, "witness": world.people["ib-kade"]}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consents.answer_consent, consent.pk, given=own)
    assert codes(refusal) == ["witness_is_another"]
    heard = {**spoken, "witness": world.people["teacher-kade"]}
    act(world, "ib-kade", consents.answer_consent, consent.pk, given=heard)


def test_only_who_must_give_it_is_asked_and_only_a_yes_is_taken_back(world):
    consent = asked(world, signaling_case(world), "family")
    stranger = world.carers["yara"][0]
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consents.answer_consent, consent.pk, given=answer(stranger))
    assert codes(refusal) == ["giver_is_asked"]
    with pytest.raises(Blocked) as refusal:
        mother = world.carers["noor"][0]
        act(world, "ib-kade", consents.withdraw_consent, consent.pk, given=answer(mother))
    assert codes(refusal) == ["consent_is_given"]


def test_a_teacher_does_not_manage_consent(world):
    case = signaling_case(world)
    with pytest.raises(NotAllowed):
        act(world, "teacher-kade", consents.ask_consent, case.pk, given={"purpose": "a"})


@pytest.mark.parametrize(
    ("facts", "more", "role"),
    [
        (LeadFacts(), {}, Role.SUPPORT_COORDINATOR),
        (LeadFacts(has_swv_arrangement=True), {}, Role.EDUCATION_SPECIALIST),
        (LeadFacts(has_family_help=True), {}, Role.FAMILY_SPECIALIST),
        (LeadFacts(True, True, True), {}, Role.DISTRICT_TEAM_WORKER),
        (LeadFacts(True, True, True), {"is_family_first": True}, Role.FAMILY_SPECIALIST),
        (
            LeadFacts(True, True, True),
            {"is_special_school": True, "has_opp": True},
            Role.SUPPORT_COORDINATOR,
        ),
    ],
)
def test_the_proposed_lead_follows_the_facts(facts, more, role):
    assert proposed_lead(facts, **more).role == role


def test_only_who_was_asked_accepts_and_the_default_ends(world):
    case = ot_case(world)
    with pytest.raises(NotAllowed):
        act(world, "head-kade", leads.accept_lead, case.pk)
    act(world, "ib-kade", leads.accept_lead, case.pk)
    held = CaseLead.unscoped.get(case=case, state=LeadState.ACCEPTED)
    assert held.person == world.people["ib-kade"] and not held.is_default


def test_s15_who_declines_leaves_the_holder_in_place(world):
    case = running_case(world)
    consented(world, case, "swv", now=NOW + timedelta(days=6))
    later = NOW + timedelta(days=7)
    with acting_as(world.actor("ib-kade", now=later)):
        row = staff(world, "education-omar", "EDUCATION_SPECIALIST")
        _seat(world, case, row, later)
    given = {"person": world.people["education-omar"], "role": "EDUCATION_SPECIALIST"}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", leads.offer_lead, case.pk, given=given, now=later)
    assert codes(refusal) == ["handover_is_written"]
    given["handover"] = "Bel moeder op vrijdag."
    act(world, "ib-kade", leads.offer_lead, case.pk, given=given, now=later)
    assert Note.unscoped.get(kind=NoteKind.HANDOVER).text == given["handover"]
    act(world, "education-omar", leads.decline_lead, case.pk, now=later)
    held = CaseLead.unscoped.get(case=case, state=LeadState.ACCEPTED)
    assert held.person == world.people["ib-kade"]
    act(world, "ib-kade", leads.offer_lead, case.pk, given=given, now=later)
    act(world, "education-omar", leads.accept_lead, case.pk, now=later)
    held = CaseLead.unscoped.get(case=case, state=LeadState.ACCEPTED)
    assert held.person == world.people["education-omar"]
    with acting_as(world.actor("education-omar", now=later)):
        assert Case.objects.get().pk == case.pk


def _seat(world, case, row, now):

    actor = world.actor("ib-kade", now=now)
    with amending(case.pk, Verb.TABLE_LAID, who=(IB,), actor=actor, now=now):
        Participant.unscoped.create(
            case=case,
            person=row["person"],
            role=row["role"],
            reason=row["reason"],
            since=now.date(),
            **stamp(case, actor=actor, now=now),
        )


def test_the_head_holds_it_when_nobody_answers(world):
    case = ot_case(world)
    lead = act(world, "head-kade", leads.fall_back_to_head, case.pk)
    assert lead.is_default
    assert not CaseLead.unscoped.filter(case=case, state=LeadState.OFFERED).exists()
