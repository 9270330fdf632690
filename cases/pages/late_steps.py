"""Pages of the steps from VOT to closing (T-11 to T-27)."""

from cases.actions import convening, outcomes, running
from cases.forms import late
from cases.pages.steps import StepPage

CONVENE = "cases/step_convene.html"

LATE: dict[str, StepPage] = {
    "T-11": StepPage(late.ConveneVotForm, convening.convene_vot, CONVENE),
    "T-12": StepPage(late.DeclineVotForm, convening.decline_vot),
    "T-13": StepPage(late.GoToOtForm, outcomes.go_to_ot),
    "T-14": StepPage(late.SkipOtForm, outcomes.skip_ot),
    "T-15": StepPage(late.ConveneOtForm, convening.convene_ot, CONVENE),
    "T-16": StepPage(late.StartPlanForm, outcomes.start_plan, "cases/step_start_plan.html"),
    "T-17": StepPage(late.NewOtForm, outcomes.plan_new_ot),
    "T-18": StepPage(late.WeighForm, outcomes.weigh_support),
    "T-19": StepPage(late.FinishAfterOtForm, outcomes.finish_after_ot),
    "T-22": StepPage(late.FacilityStartForm, running.start_with_facility),
    "T-23": StepPage(late.BackToOtForm, running.return_from_weighing),
    "T-25": StepPage(late.EvaluationForm, running.evaluate_plan, "cases/step_evaluate.html"),
    "T-26": StepPage(late.ReturnToOtForm, running.return_to_ot),
    "T-27": StepPage(late.FinishForm, running.finish_case),
}
