"""Triggers keep what a row was, with who changed it, in which role and for which step."""

from cases.actions.agreements import evaluate_agreement
from cases.enums import AgreementResult
from cases.models import Agreement, Case, CaseLead
from teams.models import AuditEntry
from tests.cases.ladder import agreements_case
from tests.cases.late_ladder import act, ot_preparing_case


def test_a_step_leaves_actor_role_and_reason_in_the_history(world):
    case = ot_preparing_case(world)
    event = Case.pgh_event_model.objects.filter(pgh_obj=case).latest("pgh_id")
    assert event.state == "OT_PREPARING"
    said = event.pgh_context.metadata
    assert said["actor"] == str(world.people["ib-kade"].pk)
    assert (said["role"], said["reason"]) == ("SUPPORT_COORDINATOR", "T-13")


def test_what_is_no_step_names_its_verb(world):
    case = ot_preparing_case(world)
    offered = CaseLead.unscoped.get(case=case)
    event = CaseLead.pgh_event_model.objects.filter(pgh_obj=offered).latest("pgh_id")
    assert event.pgh_context.metadata["reason"] == "T-13"
    steps = AuditEntry.objects.filter(object_id=case.pk, verb="STEP")
    assert steps.count() == case.transitions(manager="unscoped").count()


def test_the_system_s_own_step_leaves_the_evaluator_in_the_history(world):
    case = agreements_case(world)
    agreement = Agreement.unscoped.get(case=case)
    given = {"result": AgreementResult.INSUFFICIENT, "result_note": "Het hielp niet."}
    act(world, "ib-kade", evaluate_agreement, agreement.pk, given=given)
    evaluated = Agreement.pgh_event_model.objects.filter(pgh_obj=agreement).latest("pgh_id")
    moved = Case.pgh_event_model.objects.filter(pgh_obj=case).latest("pgh_id")
    assert evaluated.pgh_context.metadata["actor"] == str(world.people["ib-kade"].pk)
    assert moved.pgh_context.metadata["name"] == "systeem"
    assert moved.pgh_context.metadata["reason"] == "T-09"
