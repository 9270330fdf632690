"""Agreements: acceptance, evaluation and what follows (T-08, T-09, I11)."""

import pytest

from cases.actions import agreements, vot_requests
from cases.enums import AgreementResult, CaseState, ClosingReason, DoerKind
from cases.models import Agreement, CaseTransition, TransitionNote
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.models import AuditEntry
from tests.cases.actions.test_consults import act, codes
from tests.cases.ladder import agreement_of, agreements_case, signaling_case

GOOD = {"result": AgreementResult.SUFFICIENT}
BAD = {"result": AgreementResult.INSUFFICIENT, "result_note": "Elke maandag weer."}


def evaluate(world, key, row, given):
    return act(world, key, agreements.evaluate_agreement, row.pk, given=given)


def test_all_sufficient_closes_content(world):
    case = agreements_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", agreements.close_after_agreements, case.pk, given={})
    assert codes(refusal) == ["agreements_are_sufficient"]
    evaluate(world, "teacher-kade", Agreement.unscoped.get(), GOOD)
    case = act(world, "ib-kade", agreements.close_after_agreements, case.pk, given={})
    assert (case.state, case.closing_reason) == (CaseState.CLOSED, ClosingReason.SATISFIED)


def test_s04_one_insufficient_makes_the_system_ask_for_a_mandatory_vot(world):
    case = agreements_case(world)
    evaluate(world, "ib-kade", Agreement.unscoped.get(), BAD)
    case.refresh_from_db()
    assert case.state == CaseState.VOT_REQUESTED
    assert case.vot_is_mandatory
    step = CaseTransition.unscoped.get(code="T-09")
    assert step.by_system
    assert "Elke maandag weer." in TransitionNote.unscoped.get(transition=step).reason
    assert AuditEntry.objects.filter(verb="AGREEMENT_EVALUATED").count() == 1


def test_an_agreement_is_evaluated_once(world):
    agreements_case(world)
    row = Agreement.unscoped.get()
    evaluate(world, "ib-kade", row, GOOD)
    with pytest.raises(Blocked) as refusal:
        evaluate(world, "ib-kade", row, BAD)
    assert codes(refusal) == ["agreement_is_open"]


@pytest.mark.parametrize("key", ["ib-werf", "family-sanne", "nurse-fien"])
def test_strangers_do_not_evaluate(world, key):
    agreements_case(world)
    with pytest.raises(NotVisible):
        evaluate(world, key, Agreement.unscoped.get(), GOOD)


def test_who_was_asked_evaluates_only_what_they_do_themselves(world):
    agreements_case(
        world, agreement_of(world), agreement_of(world, doer_person=world.people["education-omar"])
    )
    own = Agreement.unscoped.get(doer_person=world.people["education-omar"])
    # The question was asked without a name: the text stays inside the school.
    assert own.audience == ""
    other = Agreement.unscoped.exclude(pk=own.pk).get()
    with pytest.raises(NotAllowed):
        evaluate(world, "education-omar", other, GOOD)
    assert evaluate(world, "education-omar", own, GOOD).result == AgreementResult.SUFFICIENT


def test_a_measure_in_class_is_accepted_by_the_teacher_alone(world):
    agreements_case(world, agreement_of(world, is_in_class=True))
    row = Agreement.unscoped.get()
    with pytest.raises(NotAllowed):
        act(world, "ib-kade", agreements.accept_agreement, row.pk)
    assert not act(world, "teacher-kade", agreements.accept_agreement, row.pk).needs_acceptance
    with pytest.raises(Blocked) as refusal:
        act(world, "teacher-kade", agreements.accept_agreement, row.pk)
    assert codes(refusal) == ["acceptance_is_asked"]


def test_acceptance_of_the_pupil_is_recorded_by_who_spoke_with_them(world):
    agreements_case(world, agreement_of(world, doer_kind=DoerKind.STUDENT, doer_person=None))
    row = act(world, "ib-kade", agreements.accept_agreement, Agreement.unscoped.get().pk)
    assert row.accepted_by == world.people["ib-kade"]


def test_a_voluntary_vot_becomes_mandatory_by_a_later_insufficient(world):
    case = agreements_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "teacher-kade", vot_requests.ask_vot, case.pk, given={})
    assert codes(refusal) == ["grounds_are_named"]
    given = {"reason": "Het werkt niet snel genoeg."}
    case = act(world, "teacher-kade", vot_requests.ask_vot, case.pk, given=given)
    assert (case.state, case.vot_is_mandatory) == (CaseState.VOT_REQUESTED, False)
    evaluate(world, "ib-kade", Agreement.unscoped.get(), BAD)
    case.refresh_from_db()
    assert case.vot_is_mandatory


def test_t10_asks_at_once_and_cannot_be_refused(world):
    case = signaling_case(world)
    given = {"reason": "Ingewikkeld, en het houdt aan."}
    with pytest.raises(NotAllowed):
        act(world, "head-kade", vot_requests.ask_vot_at_once, case.pk, given=given)
    case = act(world, "ib-kade", vot_requests.ask_vot_at_once, case.pk, given=given)
    assert (case.state, case.vot_is_mandatory) == (CaseState.VOT_REQUESTED, True)
