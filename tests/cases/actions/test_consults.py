"""Consult: asked, answered, and its three outcomes (T-02 to T-07)."""

from datetime import timedelta

import pytest

from cases.actions import consults, conversations
from cases.enums import CaseState, ClosingReason, ConsultOutcome, DoerKind
from cases.forms.early import ConsultForm
from cases.models import Agreement, Case, Consult, ConsultAsked, Conversation
from cases.notices import Notice
from cases.queries.loaded import load_facts
from teams.access.actor import acting_as
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.enums import Relation, Role
from teams.models import AuditEntry, OutboxEntry, Seat, SupportTeam, SupportTeamMember
from tests.cases.ladder import (
    agreement_of,
    assignment_of,
    consulting_case,
    open_consult,
    signaling_case,
)
from tests.world import NOW, add_person


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def act(world, key, action, *args, **kwargs):
    actor = world.actor(key)
    with acting_as(actor):
        return action(*args, actor=actor, now=NOW, **kwargs)


def test_a_talk_or_a_reason_why_not_is_recorded(world):
    case = signaling_case(world)
    given = {"not_held_reason": "Moeder belt volgende week terug."}
    act(world, "teacher-kade", conversations.record_conversation, case.pk, given=given)
    held = list(Conversation.unscoped.order_by("created_at").values_list("is_held", flat=True))
    assert sorted(held) == [False, True]
    with pytest.raises(Blocked) as refusal:
        act(world, "teacher-kade", conversations.record_conversation, case.pk, given={})
    assert codes(refusal) == ["talk_is_content_or_reason"]


def test_asking_writes_the_question_a_mail_and_a_seat_without_identity(world):
    case = consulting_case(world)
    assert case.state == CaseState.CONSULTING
    row = ConsultAsked.unscoped.get()
    assert row.audience == f"consult:{row.consult_id}"
    assert OutboxEntry.objects.get(kind=Notice.CONSULT_QUESTION).subject_id == row.consult_id
    assert Seat.objects.filter(dossier=case.dossier_id, relation=Relation.ASKED).count() == 1
    with acting_as(world.actor("education-omar")):
        assert Consult.objects.count() == 1
        assert not Case.objects.exists()


def test_an_outsider_is_not_asked_by_name_without_consent(world):
    with pytest.raises(Blocked) as refusal:
        consulting_case(world, is_named=True)
    assert codes(refusal) == ["question_names_nobody_without_consent"]
    with pytest.raises(Blocked) as refusal:
        consulting_case(world, question="Noor staat bij de deur")
    assert codes(refusal) == ["question_names_nobody_without_consent"]


def test_ar14_does_not_name_the_social_worker_so_nobody_asks_one(world):
    task = add_person(world, "social-tess", Role.SCHOOL_SOCIAL_WORKER, "family")
    team = SupportTeam.objects.get(organization=world.organizations["kade"])
    SupportTeamMember.objects.create(team=team, assignment=task, since=NOW.date())
    case = signaling_case(world)
    talk = {"content": "Slaapt slecht.", "with_carers": True}
    act(world, "teacher-kade", conversations.record_conversation, case.pk, given=talk)
    with acting_as(world.actor("ib-kade")) as actor:
        form = ConsultForm(facts=load_facts(case, NOW.date()), actor=actor)
        offered = set(form.fields["asked"].queryset)
    assert assignment_of(world, "nurse-fien") in offered and task not in offered
    given = {"question": "Wat helpt?", "asked": [task]}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consults.ask_consult, case.pk, given=given)
    assert codes(refusal) == ["question_is_asked_of_someone"]
    assert "schoolmaatschappelijk werker" in refusal.value.reasons[0].text
    assert not Consult.unscoped.exists()


def test_the_asked_one_answers_and_nobody_else_can(world):
    case = consulting_case(world)
    consult = open_consult(case)
    given = {"advice": "Begin klein.", "outcome": ConsultOutcome.AGREEMENTS}
    with pytest.raises(NotVisible):
        act(world, "family-sanne", consults.answer_consult, consult.pk, given=given)
    act(world, "education-omar", consults.answer_consult, consult.pk, given=given)
    row = ConsultAsked.unscoped.get()
    assert (row.advice, row.outcome, row.answered_at) == ("Begin klein.", "2", NOW)
    assert AuditEntry.objects.filter(verb="CONSULT_ANSWERED").count() == 1


def test_outcome_1_closes_content_and_needs_parents_told(world):
    case = consulting_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consults.settle_consult, case.pk, given={})
    assert codes(refusal) == ["outcome_is_motivated", "carers_are_told"]
    given = {"motivation": "Het gaat weer goed.", "are_carers_told": True}
    with pytest.raises(NotAllowed):
        act(world, "teacher-kade", consults.settle_consult, case.pk, given=given)
    case = act(world, "ib-kade", consults.settle_consult, case.pk, given=given)
    assert (case.state, case.closing_reason) == (CaseState.CLOSED, ClosingReason.SATISFIED)
    assert case.closed_on == NOW.date()
    assert Consult.unscoped.get().outcome == ConsultOutcome.SETTLED
    with pytest.raises(Blocked):
        consult = Consult.unscoped.get()
        act(world, "education-omar", consults.answer_consult, consult.pk, given={"advice": "x"})


def test_c33_the_highest_outcome_wins(world):
    case = consulting_case(world)
    answer = {"advice": "Dit is groter.", "outcome": ConsultOutcome.NEEDS_MORE}
    act(world, "education-omar", consults.answer_consult, open_consult(case).pk, given=answer)
    given = {"agreements": [agreement_of(world)]}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consults.reach_agreements, case.pk, given=given)
    assert codes(refusal) == ["highest_outcome_wins"]


@pytest.mark.parametrize("missing", ["what", "needed", "yields"])
def test_s03_each_agreement_has_its_four_elements(world, missing):
    case = consulting_case(world)
    given = {"agreements": [agreement_of(world, **{missing: " "})]}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consults.reach_agreements, case.pk, given=given)
    assert codes(refusal) == ["agreements_are_complete"]
    assert not Agreement.unscoped.exists()


def test_the_evaluation_lies_within_eight_school_weeks(world):
    case = consulting_case(world)
    late = agreement_of(world, on=NOW.date() + timedelta(days=120))
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", consults.reach_agreements, case.pk, given={"agreements": [late]})
    assert codes(refusal) == ["evaluation_is_within_term"]


def test_outcome_2_writes_agreements_that_wait_for_who_does_them(world):
    case = consulting_case(world)
    mother = world.carers["noor"][0]
    rows = [
        agreement_of(world),
        agreement_of(world, is_in_class=True),
        agreement_of(
            world, doer_kind=DoerKind.CARER, doer_carer=mother, doer_person=None, is_agreed=True
        ),
        agreement_of(world, doer_kind=DoerKind.STUDENT, doer_person=None),
    ]
    case = act(world, "ib-kade", consults.reach_agreements, case.pk, given={"agreements": rows})
    assert case.state == CaseState.AGREEMENTS
    made = Agreement.unscoped.order_by("created_at", "pk")
    waiting = {(row.doer_kind, row.is_in_class): row.needs_acceptance for row in made}
    assert waiting == {
        (DoerKind.STAFF, False): False,
        (DoerKind.STAFF, True): True,
        (DoerKind.CARER, False): False,
        (DoerKind.STUDENT, False): True,
    }


def test_outcome_3_asks_for_a_vot_that_cannot_be_refused(world):
    case = consulting_case(world)
    given = {"motivation": "Het is groter.", "is_urgent": True}
    case = act(world, "teacher-kade", consults.ask_vot_after_consult, case.pk, given=given)
    assert case.state == CaseState.VOT_REQUESTED
    assert case.vot_is_mandatory and case.is_urgent
    assert Consult.unscoped.get().outcome == ConsultOutcome.NEEDS_MORE


def test_a_colleague_of_the_own_school_may_be_asked_by_name(world):
    case = consulting_case(world, asked="teacher-kade", question="Wat ziet u bij Noor?")
    assert case.state == CaseState.CONSULTING
    assert assignment_of(world, "teacher-kade").role == ConsultAsked.unscoped.get().role
