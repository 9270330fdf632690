"""Evaluations of a plan: per goal, and one conclusion together."""

import pghistory
from django.db import models

from cases.enums import EvaluationConclusion, GoalResult
from cases.models.plan import PlanRow


@pghistory.track()
class Evaluation(PlanRow):
    """One evaluation with each one's view and one conclusion (O19, R-11.2)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evaluations")
    plan = models.ForeignKey("cases.Plan", models.PROTECT, related_name="evaluations")
    held_on = models.DateField("gehouden op")
    present = models.CharField("wie was erbij", max_length=300)
    with_carers = models.BooleanField("met ouders", default=False)
    with_student = models.BooleanField("met de leerling", default=False)
    carers_view = models.TextField("ouders vinden", blank=True)
    student_view = models.TextField("de leerling vindt", blank=True)
    staff_view = models.TextField("professionals vinden", blank=True)
    conclusion = models.CharField("conclusie", max_length=12, choices=EvaluationConclusion)
    explanation = models.TextField("toelichting", blank=True)
    next_on = models.DateField("volgende evaluatie", null=True, blank=True)

    class Meta:
        verbose_name = "evaluatie"
        ordering = ["held_on", "created_at"]


@pghistory.track()
class GoalEvaluation(PlanRow):
    """How far one goal is at one evaluation; `scale` from 1 to 10."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="goals")
    goal = models.ForeignKey("cases.Goal", models.PROTECT, related_name="evaluations")
    result = models.CharField("resultaat", max_length=8, choices=GoalResult)
    scale = models.PositiveSmallIntegerField("nu, van 1 tot 10", null=True, blank=True)
    note = models.CharField("toelichting", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "goal"], name="goal_evaluated_once"),
            models.CheckConstraint(
                condition=models.Q(scale__isnull=True) | models.Q(scale__range=(1, 10)),
                name="evaluation_scale_1_to_10",
            ),
        ]
