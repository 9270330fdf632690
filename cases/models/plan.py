"""The plan of the OT: goals, measures, who measures and when we look back."""

import pghistory
from django.db import models

from cases.enums import PlanState
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow
from teams.enums import Compartment


class PlanRow(SensitiveRow):
    """Rows of the shared plan lie in K2."""

    compartment = models.CharField(
        max_length=2, choices=Compartment, default=Compartment.SHARED_PLAN
    )

    retention_basis = FILE_TERM

    class Meta:
        abstract = True


@pghistory.track(exclude=["version"])
class Plan(PlanRow):
    """The plan: first the child's question and strengths, then goals (domain.md 18)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="plans")
    meeting = models.ForeignKey("cases.Meeting", models.PROTECT, null=True, related_name="plans")
    state = models.CharField("stand", max_length=6, choices=PlanState, default=PlanState.DRAFT)
    help_question = models.TextField("hulpvraag", blank=True)
    strengths = models.TextField("wat gaat goed", blank=True)
    carers_words = models.TextField("in woorden van ouders", blank=True)
    student_words = models.TextField("in woorden van de leerling", blank=True)
    evaluate_on = models.DateField("evalueren op", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~models.Q(state=PlanState.ENDED),
                name="one_living_plan",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PlanState.ACTIVE) | models.Q(evaluate_on__isnull=False),
                name="i8_active_plan_has_evaluation",
            ),
        ]


@pghistory.track()
class Goal(PlanRow):
    """One goal, with own words of parents and pupil next to the professional text (R-11.4).

    `scale_start` on a scale of 1 to 10.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    text = models.CharField("doel", max_length=300)
    student_words = models.CharField("in woorden van de leerling", max_length=300, blank=True)
    carers_words = models.CharField("in woorden van ouders", max_length=300, blank=True)
    indicator = models.CharField("waaraan merken we het", max_length=300, blank=True)
    measured_by = models.CharField("wie kijkt", max_length=120, blank=True)
    scale_start = models.PositiveSmallIntegerField("nu, van 1 tot 10", null=True)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["position", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scale_start__isnull=True) | models.Q(scale_start__range=(1, 10)),
                name="goal_scale_1_to_10",
            )
        ]


@pghistory.track()
class MonitoringPlan(PlanRow):
    """Who measures what, when, and who is there; drawn up by the lead (O18, R-8.5)."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="monitoring")
    indicators = models.TextField("wat volgen we")
    measured_by = models.CharField("wie volgt", max_length=200)
    moments = models.CharField("wanneer", max_length=200)
    present = models.CharField("wie is erbij", max_length=200)

    class Meta:
        verbose_name = "plan van monitoring en evaluatie"
