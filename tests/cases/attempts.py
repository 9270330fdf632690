"""Everything that people may try with a case, well formed or half, for the random walk."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cases.actions import (
    agreements,
    closing,
    consults,
    convening,
    conversations,
    leads,
    minutes,
    outcomes,
    plans,
    running,
    tables,
    vot_requests,
)
from cases.enums import (
    AgreementResult,
    Attendance,
    Conclusion,
    EvaluationConclusion,
    GoalResult,
    MeetingKind,
)
from cases.models import Agreement, Case, Goal, Meeting
from tests.cases.ladder import agreement_of, assignment_of
from tests.cases.late_ladder import family, plan_given, school_table
from tests.world import World

DAY = timedelta(days=1)
Try = Callable[[World, Case, Any, datetime, bool], object]


def _step(action: Callable, **given: Any) -> Try:
    def attempt(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
        return action(case.pk, given=given if full else {}, actor=actor, now=now)

    return attempt


def _talk(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    given = {"content": "Slaapt slecht.", "with_carers": full}
    return conversations.record_conversation(case.pk, given=given, actor=actor, now=now)


def _ask(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    given = {
        "question": "Wat helpt?",
        "asked": [assignment_of(world, "nurse-fien")] if full else [],
    }
    return consults.ask_consult(case.pk, given=given, actor=actor, now=now)


def _agree(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    row = agreement_of(world, on=now.date() + 14 * DAY)
    rows = [row, row if full else {**row, "yields": ""}]
    return consults.reach_agreements(case.pk, given={"agreements": rows}, actor=actor, now=now)


def _evaluate(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    result = AgreementResult.SUFFICIENT if full else AgreementResult.INSUFFICIENT
    row = Agreement.unscoped.filter(case=case, result="").first()
    given = {"result": result, "result_note": "gezien in de klas"}
    return row and agreements.evaluate_agreement(row.pk, given=given, actor=actor, now=now)


def _lay(kind: MeetingKind) -> Try:
    def attempt(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
        rows = school_table(world) + (family(world) if kind == MeetingKind.OT and full else [])
        given = {
            "kind": kind,
            "on": now.date() + DAY,
            "session_starts_at": now.time(),
            "is_urgent": True,
            "invitees": rows,
            "student_choice": "later" if full else "",
        }
        return tables.lay_table(case.pk, given=given, actor=actor, now=now)

    return attempt


def _item(case: Case) -> Meeting | None:
    return Meeting.unscoped.filter(case=case).order_by("created_at").last()


def _hold(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    meeting = _item(case)
    if meeting is None:
        return None
    said = Attendance.PRESENT if full else Attendance.ABSENT
    seen = {row.pk: said for row in meeting.invitees(manager="unscoped").all()}
    given = {"held_on": now.date(), "attendance": seen}
    return minutes.record_held(meeting.pk, given=given, actor=actor, now=now)


def _minute(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    meeting = _item(case)
    if meeting is None:
        return None
    given: Mapping[str, Any] = {
        "lines": {"NODIG": "Rust."},
        "conclusion": Conclusion.BASIC if full else Conclusion.ADDITIONAL,
        "conclusion_reason": "Zo bleek.",
    }
    return minutes.save_minutes(meeting.pk, given=given, actor=actor, now=now)


def _finalize(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    meeting = _item(case)
    return meeting and minutes.finalize_report(meeting.pk, actor=actor, now=now)


def _plan(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    given = plan_given(world, now)
    if not full:
        given = {**given, "monitoring": {}, "evaluate_on": None}
    return plans.save_plan(case.pk, given=given, actor=actor, now=now)


def _accept(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    if full:
        return leads.accept_lead(case.pk, actor=actor, now=now)
    return leads.decline_lead(case.pk, given={"reason": "geen tijd"}, actor=actor, now=now)


def _offer(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    key, role = ("head-kade", "HEAD") if full else ("ib-kade", "SUPPORT_COORDINATOR")
    given = {"person": world.people[key], "role": role, "handover": "Vooral de maandagen."}
    return leads.offer_lead(case.pk, given=given, actor=actor, now=now)


def _evaluate_plan(world: World, case: Case, actor: Any, now: datetime, full: bool) -> object:
    goals = Goal.unscoped.filter(plan__case=case)
    done = EvaluationConclusion.FINISH if full else EvaluationConclusion.BACK_TO_OT
    given = {
        "goals": [{"goal": goal, "result": GoalResult.REACHED} for goal in goals],
        "with_carers": True,
        "conclusion": done,
        "present": "ouders",
    }
    return running.evaluate_plan(case.pk, given=given, actor=actor, now=now)


ATTEMPTS: dict[str, Try] = {
    "talk": _talk,
    "lapse": _step(closing.close_lapsed_signal, reason="Voorbij.", are_carers_told=True),
    "ask": _ask,
    "settle": _step(consults.settle_consult, motivation="Het gaat goed.", are_carers_told=True),
    "agree": _agree,
    "more": _step(consults.ask_vot_after_consult, motivation="Te zwaar."),
    "evaluate": _evaluate,
    "close agreements": _step(agreements.close_after_agreements),
    "vot": _step(vot_requests.ask_vot, reason="Niet genoeg."),
    "vot at once": _step(vot_requests.ask_vot_at_once, reason="Houdt aan."),
    "lay vot": _lay(MeetingKind.VOT),
    "convene vot": _step(convening.convene_vot),
    "decline vot": _step(convening.decline_vot, reason="Niet nodig.", requester_agrees=True),
    "hold": _hold,
    "minutes": _minute,
    "finalize": _finalize,
    "to ot": _step(outcomes.go_to_ot),
    "skip ot": _step(outcomes.skip_ot, reason="Vertrekt.", talk="Gebeld.", goes_on=True),
    "lay ot": _lay(MeetingKind.OT),
    "convene ot": _step(convening.convene_ot),
    "plan": _plan,
    "offer": _offer,
    "accept": _accept,
    "start": _step(outcomes.start_plan),
    "again": _step(outcomes.plan_new_ot, reason="Vader ontbrak."),
    "weigh": _step(outcomes.weigh_support),
    "end ot": _step(outcomes.finish_after_ot, reason="Klaar.", do_carers_agree=True),
    "back": _step(running.return_from_weighing, reason="Geen toestemming."),
    "evaluate plan": _evaluate_plan,
    "back to ot": _step(running.return_to_ot),
    "finish": _step(running.finish_case),
    "reopen": _step(closing.reopen_case, reason="Nieuw signaal."),
}
