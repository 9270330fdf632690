"""Guards of holding the OT, the plan, its evaluation and the end (T-13 to T-32)."""

from cases.contributions import contributed
from cases.enums import (
    Attendance,
    Conclusion,
    ConsentPurpose,
    EvaluationConclusion,
    InviteeKind,
    MeetingKind,
    MeetingState,
)
from cases.models import Meeting
from cases.queries.plan_start import living_plan
from cases.workflow.steps import Step
from teams.access.errors import Reason

HEAD_FINALIZES = "De directeur maakt het verslag definitief."
COORDINATOR_WRITES = "De intern begeleider kan dat vastleggen."


_HELD = (MeetingState.HELD, MeetingState.FINAL)


def _held_ot(step: Step) -> Meeting | None:
    meeting = step.facts.meeting(MeetingKind.OT)
    return meeting if meeting and meeting.state in _HELD else None


def _item(step: Step, kind: MeetingKind = MeetingKind.OT) -> str:
    meeting = step.facts.meeting(kind)
    return f"/overleg/{meeting.session_id}/casus/{meeting.pk}/" if meeting else ""


def vot_report_is_final(step: Step) -> Reason | None:
    """T-13, R-7.6: the VOT was held and its report is final."""
    meeting = step.facts.meeting(MeetingKind.VOT)
    if meeting and meeting.state == MeetingState.FINAL:
        return None
    return Reason(
        "Het verslag van het VOT is nog niet definitief.",
        "De intern begeleider schrijft het; de directeur maakt het definitief.",
        "vot_report_is_final",
        _item(step, MeetingKind.VOT),
    )


def ot_is_held(step: Step) -> Reason | None:
    """T-16 to T-19: the OT took place."""
    if _held_ot(step):
        return None
    return Reason(
        "Er is nog niet vastgelegd dat het OT is gehouden.",
        COORDINATOR_WRITES,
        "ot_is_held",
        _item(step),
    )


def ot_report_is_final(step: Step) -> Reason | None:
    """T-16: recorded by the intern begeleider, final by the directeur."""
    meeting = step.facts.meeting(MeetingKind.OT)
    if meeting and meeting.state == MeetingState.FINAL:
        return None
    return Reason(
        "Het verslag van het OT is nog niet definitief.",
        HEAD_FINALIZES,
        "ot_report_is_final",
        _item(step),
    )


def parents_were_there_or_invited_twice(step: Step) -> Reason | None:
    """T-16, R-7.5: parents present, or absent after two invitations."""
    meeting = _held_ot(step)
    if meeting is None or carers_were_present(meeting):
        return None
    missed = [
        row
        for row in step.facts.meetings
        if row.kind == MeetingKind.OT and row.convened_at and not carers_were_present(row)
    ]
    if len(missed) > 1:
        return None
    return Reason(
        "Ouders waren niet bij het OT en zijn één keer uitgenodigd.",
        "De directeur nodigt een tweede keer uit (stap: nieuw OT plannen).",
        "parents_were_there_or_invited_twice",
    )


def carers_were_present(meeting: Meeting) -> bool:
    """At least one carer was at this item; reads prefetched invitees."""
    return any(
        row.kind == InviteeKind.CARER and row.attendance == Attendance.PRESENT
        for row in meeting.invitees.all()
    )


def _concludes(step: Step, conclusion: Conclusion) -> Reason | None:
    meeting = _held_ot(step)
    if meeting is None or meeting.conclusion == conclusion:
        return None
    return Reason(
        f"De conclusie van het OT is niet “{conclusion.label}”.",
        "De intern begeleider legt de conclusie vast in het verslag.",
        "ot_concludes",
        _item(step),
    )


def school_support_suffices(step: Step) -> Reason | None:
    """T-16: the OT concludes that the school's own support is enough."""
    return _concludes(step, Conclusion.BASIC)


def more_support_is_needed(step: Step) -> Reason | None:
    """T-18: the OT concludes, with reasons, that the school's support is not enough."""
    meeting = _held_ot(step)
    if meeting and meeting.conclusion == Conclusion.ADDITIONAL:
        if meeting.conclusion_reason.strip():
            return None
        return Reason(
            "Er staat nog niet waarom de ondersteuning van school niet volstaat.",
            "De intern begeleider legt dat vast in het verslag.",
            "more_support_is_needed",
            _item(step),
        )
    return _concludes(step, Conclusion.ADDITIONAL)


def _plan_address(step: Step) -> str:
    return f"/casussen/{step.case.pk}/plan/"


def plan_has_goals(step: Step) -> Reason | None:
    """T-16: goals, each with at least one measure and who does it."""
    plan = living_plan(step.facts)
    goals = list(plan.goals.all()) if plan else []
    if goals and all(goal.measures.all() for goal in goals):
        return None
    text = "Er staan nog geen doelen in het plan."
    if goals:
        text = "Bij een doel staat nog niet wie wat doet."
    return Reason(
        text, "De intern begeleider schrijft het plan.", "plan_has_goals", _plan_address(step)
    )


def plan_is_monitored(step: Step) -> Reason | None:
    """T-16, T-22, R-11.1, I8: an evaluation date ahead, and who follows what."""
    plan = living_plan(step.facts)
    monitored = plan is not None and hasattr(plan, "monitoring")
    if plan and monitored and plan.evaluate_on and plan.evaluate_on > step.day:
        return None
    missing = (
        "een evaluatiedatum in de toekomst" if plan and monitored else "wie volgt hoe het gaat"
    )
    return Reason(
        f"In het plan ontbreekt {missing}.",
        "De regiehouder of de intern begeleider vult dat aan.",
        "plan_is_monitored",
        _plan_address(step),
    )


def measures_are_accepted(step: Step) -> Reason | None:
    """A measure in class needs the teacher; parents or pupil accept what they will do."""
    waiting = [row for row in step.facts.agreements if row.goal_id and row.needs_acceptance]
    if not waiting:
        return None
    return Reason(
        f"“{waiting[0].what}” wacht nog op akkoord van wie het uitvoert.",
        "De leerkracht, of wie met ouders en leerling sprak, legt het akkoord vast.",
        "measures_are_accepted",
        _plan_address(step),
    )


def lead_is_accepted(step: Step) -> Reason | None:
    """T-16, R-8.3: somebody accepted the regie; holding it by default is not accepting."""
    lead = step.facts.lead
    if lead and not lead.is_default:
        return None
    offered = step.facts.offered_lead
    who = (
        f"{offered.person} kan de regie aannemen."
        if offered
        else "De directeur kan de regie aanbieden."
    )
    return Reason(
        "Nog niemand heeft de regie aangenomen.",
        who,
        "lead_is_accepted",
        f"/casussen/{step.case.pk}/regie/",
    )


def carers_agree(step: Step) -> Reason | None:
    """T-19, T-22: parents agree with this end."""
    if step.get("do_carers_agree"):
        return None
    return Reason("Ouders moeten het ermee eens zijn.", "Bespreek het met hen.", "carers_agree")


def carers_are_spoken(step: Step) -> Reason | None:
    """T-14: the exception goes only after a talk with parents (C-03)."""
    if step.get("talk", "").strip():
        return None
    return Reason("Schrijf op wanneer en wat u met ouders besprak.", "", "carers_are_spoken")


def facility_fits(step: Step) -> Reason | None:
    """T-22: a fitting voorliggende voorziening was found (O11)."""
    if step.facts.fitting_facility:
        return None
    return Reason(
        "Er is nog geen passende voorliggende voorziening vastgelegd.",
        "De intern begeleider of de gezinsspecialist kan die toetsen.",
        "facility_fits",
        f"/casussen/{step.case.pk}/voorzieningen/",
    )


def evaluation_was_held_with_parents(step: Step) -> Reason | None:
    """T-25: evaluated together with parents (O19)."""
    if step.get("with_carers") or step.get("carers_view", "").strip():
        return None
    return Reason(
        "De mening van ouders ontbreekt in de evaluatie.",
        "De regiehouder evalueert met ouders erbij.",
        "evaluation_was_held_with_parents",
    )


def every_goal_is_evaluated(step: Step) -> Reason | None:
    """R-11.2: per goal a result."""
    plan = living_plan(step.facts)
    goals = {goal.pk for goal in plan.goals.all()} if plan else set()
    done = {row["goal"].pk for row in step.get("goals", ()) if row.get("result")}
    if goals and goals <= done:
        return None
    return Reason(
        "Niet bij elk doel staat een resultaat.",
        "Vul het bij elk doel in.",
        "every_goal_is_evaluated",
    )


def next_evaluation_is_set(step: Step) -> Reason | None:
    """R-11.1, I23: whoever goes on sets the next date, in the future."""
    if step.get("conclusion") in {
        EvaluationConclusion.FINISH,
        EvaluationConclusion.BACK_TO_OT,
    }:
        return None
    day = step.get("next_on")
    if day and day > step.day:
        return None
    return Reason(
        "Kies een datum in de toekomst voor de volgende evaluatie.", "", "next_evaluation_is_set"
    )


def _evaluation_concludes(step: Step, wanted: EvaluationConclusion, code: str) -> Reason | None:
    last = step.facts.last_evaluation
    if last and last.conclusion == wanted and last.created_at.date() >= step.case.state_since:
        return None
    return Reason(
        f"De laatste evaluatie heeft niet als conclusie “{wanted.label}”.",
        "De regiehouder evalueert eerst, met ouders.",
        code,
        f"/casussen/{step.case.pk}/stap/T-25/",
    )


def evaluation_asks_for_ot(step: Step) -> Reason | None:
    """T-26: the evaluation concludes that the OT must meet again."""
    return _evaluation_concludes(step, EvaluationConclusion.BACK_TO_OT, "evaluation_asks_for_ot")


def lead_proposes_to_finish(step: Step) -> Reason | None:
    """T-27: the lead proposes by an evaluation that concludes to finish."""
    return _evaluation_concludes(step, EvaluationConclusion.FINISH, "lead_proposes_to_finish")


def nothing_runs(step: Step) -> Reason | None:
    """T-27: all arrangements ended."""
    for part in contributed():
        for reason in part.blocks_closing(step.case.pk):
            return reason
    return None


def student_moved(step: Step) -> Reason | None:
    """T-31: the pupil is enrolled elsewhere, or the new school is named."""
    elsewhere = any(row.school_id != step.case.school_id for row in step.facts.enrollments)
    if elsewhere or step.get("new_school", "").strip():
        return None
    return Reason(
        "De leerling staat nog op deze school ingeschreven.",
        "Noem de nieuwe school, of werk de inschrijving bij.",
        "student_moved",
    )


def handover_is_consented(step: Step) -> Reason | None:
    """T-31: parents (or the pupil) consent to the handover (purpose h)."""
    if step.facts.is_valid(ConsentPurpose.HANDOVER, None):
        return None
    return Reason(
        "Er is geen toestemming voor overdracht aan de nieuwe school.",
        "De intern begeleider kan toestemming vragen.",
        "handover_is_consented",
        f"/casussen/{step.case.pk}/toestemming/",
    )


def handover_goes_where_consented(step: Step) -> Reason | None:
    """T-31: the file goes to the school that parents said yes to, and to no other."""
    named = step.get("new_school", "").strip()
    if not named or step.facts.is_valid(ConsentPurpose.HANDOVER, named):
        return None
    if not step.facts.is_valid(ConsentPurpose.HANDOVER, None):
        return None
    return Reason(
        "De toestemming voor overdracht noemt een andere school.",
        "Neem de naam over zoals die bij de toestemming staat, of vraag opnieuw toestemming.",
        "handover_goes_where_consented",
        f"/casussen/{step.case.pk}/toestemming/",
    )


def student_is_still_here(step: Step) -> Reason | None:
    """T-32: reopening within the same school."""
    if step.facts.own_enrollment:
        return None
    return Reason(
        "De leerling staat niet meer op deze school ingeschreven.", "", "student_is_still_here"
    )
