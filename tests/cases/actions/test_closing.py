"""Early endings, moving and reopening (T-03, T-31, T-32)."""

from datetime import date, timedelta

import pytest

from cases.actions import closing
from cases.enums import (
    CaseState,
    ClosingReason,
    ConsentDecisionKind,
    ConsentForm,
    ConsentPurpose,
)
from cases.models import Case, Consent, ConsentDecision, Signal
from teams.access.actor import acting_as
from teams.access.errors import Blocked, NotAllowed
from tests.cases.actions.test_consults import act, codes
from tests.cases.ladder import signaling_case
from tests.world import NOW

TOLD = {"reason": "Het gaat weer goed.", "are_carers_told": True}


def lapsed(world) -> Case:
    case = signaling_case(world)
    return act(world, "ib-kade", closing.close_lapsed_signal, case.pk, given=TOLD)


def test_a_lapsed_signal_closes_when_parents_were_told(world):
    case = signaling_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", closing.close_lapsed_signal, case.pk, given={})
    assert codes(refusal) == ["reason_is_given", "carers_are_told"]
    with pytest.raises(NotAllowed):
        act(world, "teacher-kade", closing.close_lapsed_signal, case.pk, given=TOLD)
    case = act(world, "ib-kade", closing.close_lapsed_signal, case.pk, given=TOLD)
    assert (case.state, case.closing_reason) == (CaseState.CLOSED, ClosingReason.SIGNAL_LAPSED)


def test_reopening_within_the_school_year_goes_on_with_the_same_case(world):
    case = lapsed(world)
    again = act(world, "ib-kade", closing.reopen_case, case.pk, given={"reason": "Weer stil."})
    assert again.pk == case.pk
    assert (again.state, again.closing_reason, again.closed_on) == (CaseState.SIGNALING, "", None)
    assert Signal.unscoped.filter(case=case, observation="Weer stil.").exists()


def test_reopening_a_school_year_later_makes_a_new_case(world):
    case = lapsed(world)
    later = NOW + timedelta(days=300)
    actor = world.actor("ib-kade", now=later)
    with acting_as(actor):
        new = closing.reopen_case(case.pk, given={"reason": "Weer stil."}, actor=actor, now=later)
    assert new.predecessor == case and new.state == CaseState.SIGNALING
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_i1_nothing_reopens_beside_an_open_case(world):
    case = lapsed(world)
    signaling_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", closing.reopen_case, case.pk, given={"reason": "Weer stil."})
    assert codes(refusal) == ["no_other_case_is_open"]


def test_a_transfer_needs_consent_a_school_and_told_parents(world):
    case = signaling_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", closing.transfer_case, case.pk, given={})
    assert codes(refusal) == ["handover_is_consented", "student_moved", "carers_are_told"]
    _consent_to_handover(world, case)
    given = {"new_school": "De Zwaluw", "are_carers_told": True}
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", closing.transfer_case, case.pk, given=given)
    assert codes(refusal) == ["handover_goes_where_consented"]
    given = {"new_school": "de  horizon", "are_carers_told": True}
    case = act(world, "ib-kade", closing.transfer_case, case.pk, given=given)
    assert (case.state, case.closed_on) == (CaseState.TRANSFERRED, NOW.date())


def _consent_to_handover(world, case):
    shared = {
        "dossier_id": case.dossier_id,
        "created_at": NOW,
        "created_by": world.people["ib-kade"],
    }
    consent = Consent.unscoped.create(
        case=case,
        purpose=ConsentPurpose.HANDOVER,
        recipient_name="De Horizon",
        classes=["K1", "K2"],
        shared="plan",
        text_version="1",
        asked_on=NOW.date(),
        ends_on=date(2027, 7, 1),
        **shared,
    )
    for carer in world.carers["noor"]:
        ConsentDecision.unscoped.create(
            consent=consent,
            carer=carer,
            decision=ConsentDecisionKind.GIVEN,
            decided_on=NOW.date(),
            form=ConsentForm.PAPER,
            **shared,
        )
