"""Steps of the scripts from the plan on: start, evaluate, weigh, finish."""

from typing import Any

from arrangements.actions.facilities import check_facility
from cases.actions import agreements, outcomes, running
from cases.actions.plans import save_plan
from cases.enums import EvaluationConclusion, GoalResult
from cases.models import Agreement, CaseLead, Goal
from config.demo.region.play import Play, step

NEXT_EVALUATION_SCHOOL_DAYS = 30
VIEWS = {
    EvaluationConclusion.CONTINUE: "We zien vooruitgang en houden dit vol.",
    EvaluationConclusion.ADJUST: "De richting klopt; de stap mag kleiner.",
    EvaluationConclusion.FINISH: "Het is gelukt. We ronden samen af.",
    EvaluationConclusion.BACK_TO_OT: "Dit is niet genoeg; we willen opnieuw om tafel.",
}
RESULTS = {
    EvaluationConclusion.CONTINUE: GoalResult.PARTLY,
    EvaluationConclusion.ADJUST: GoalResult.PARTLY,
    EvaluationConclusion.FINISH: GoalResult.REACHED,
    EvaluationConclusion.BACK_TO_OT: GoalResult.NOT_REACHED,
}
WHY_FITTING = {
    "yes": "Past bij de vraag, begint deze maand en is dichtbij. Ouders zijn er positief over.",
    "no": "Goede plek, maar te licht voor deze vraag en pas over drie maanden ruimte.",
}


@step
def plan(one: Play, on: int, after: str) -> None:
    """The intern begeleider writes the plan; in class the teacher agrees."""
    evaluate_on = one.stage.day(on + int(after))
    one.do("ib", save_plan, one.case_id, on, **_plan(one, on), evaluate_on=evaluate_on)
    for row in Agreement.unscoped.filter(case=one.case_id, goal__isnull=False, accepted_on=None):
        if row.needs_acceptance:
            who = "teacher" if row.is_in_class else "ib"
            one.sign(who, agreements.accept_agreement, row.pk, on)


@step
def monitor(one: Play, on: int) -> None:
    """A plan for what runs outside the school's own support."""
    plan(one, on, "45")


def _plan(one: Play, on: int) -> dict[str, Any]:
    aims = one.story.aims
    return {
        "help_question": one.say("need"),
        "strengths": one.say("good"),
        "carers_words": one.say("carers"),
        "student_words": one.say("child"),
        "goals": [
            {
                "text": one.say(aim.text),
                "student_words": one.say(aim.child),
                "carers_words": one.say(aim.carers),
                "indicator": one.say(aim.sign),
                "measured_by": "leerkracht, samen met de leerling",
                "scale_start": aim.start,
            }
            for aim in aims
        ],
        "measures": [one.doer(aim.measure, on) | {"goal": place} for place, aim in enumerate(aims)],
        "monitoring": {
            "indicators": "\n".join(one.say(aim.sign) for aim in aims),
            "measured_by": "de leerkracht kijkt elke week, de intern begeleider elke maand",
            "moments": "halverwege een kort gesprek, aan het eind de evaluatie",
            "present": "ouders, de leerling, de leerkracht en de intern begeleider",
        },
    }


@step
def start(one: Play, on: int) -> None:
    """The school's own plan starts."""
    one.do("head", outcomes.start_plan, one.case_id, on)


@step
def weigh(one: Play, on: int) -> None:
    """More than the school can give is needed."""
    one.do("ib", outcomes.weigh_support, one.case_id, on)


@step
def facility(one: Play, on: int, fits: str) -> None:
    """A freely accessible facility is checked."""
    found = one.stage.facilities[one.story.facility or "Beweegmaatjes"]
    one.do(
        "ib",
        check_facility,
        one.case_id,
        on,
        facility=found,
        fits=fits == "yes",
        why=WHY_FITTING[fits],
    )


@step
def facility_start(one: Play, on: int) -> None:
    """Freely accessible help fits and starts."""
    one.do("ib", running.start_with_facility, one.case_id, on, do_carers_agree=True)


@step
def back(one: Play, on: int) -> None:
    """Back to the OT: no consent."""
    reason = "Eén ouder wil het wijkteam er nu niet bij. In het OT zoeken we samen wat wel kan."
    one.do("ib", running.return_from_weighing, one.case_id, on, reason=reason)


@step
def evaluate(one: Play, on: int, conclusion: str) -> None:
    """The lead evaluates with parents and pupil, per goal."""
    said = EvaluationConclusion(conclusion)
    lead = CaseLead.unscoped.select_related("person").get(case=one.case_id, state="ACCEPTED")
    is_last = said in {EvaluationConclusion.FINISH, EvaluationConclusion.BACK_TO_OT}
    goals = Goal.unscoped.filter(plan__case=one.case_id, plan__state="ACTIVE")
    one.do_as(
        lead,
        running.evaluate_plan,
        one.case_id,
        on,
        goals=[
            {"goal": goal, "result": RESULTS[said], **_scale(one, place, said)}
            for place, goal in enumerate(goals)
        ],
        present="ouders, leerling, leerkracht, intern begeleider",
        with_carers=True,
        with_student=True,
        carers_view=one.say("{naam} gaat met meer plezier. Thuis merken we het ook."),
        student_view="Het gaat beter, maar niet elke dag.",
        staff_view=VIEWS[said],
        conclusion=said,
        explanation=VIEWS[said],
        next_on=None if is_last else one.stage.day(on + NEXT_EVALUATION_SCHOOL_DAYS),
    )


def _scale(one: Play, place: int, said: EvaluationConclusion) -> dict[str, Any]:
    aim = one.story.aims[place]
    if said == EvaluationConclusion.BACK_TO_OT:
        return {"scale": aim.start, "note": one.say("failed")[:300]}
    scale = aim.later + (1 if said == EvaluationConclusion.FINISH else 0)
    return {"scale": min(scale, 10), "note": one.say(aim.told)}


@step
def return_(one: Play, on: int) -> None:
    """The evaluation asks for a new OT."""
    one.do("ib", running.return_to_ot, one.case_id, on)


@step
def close(one: Play, on: int) -> None:
    """The goals are reached."""
    one.do("head", running.finish_case, one.case_id, on)
