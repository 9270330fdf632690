"""Signals: what someone noticed that raises a question."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.enums import SignalAbout, Topic
from cases.models.case import FILE_TERM
from teams.access.rules import SIGNAL_AUDIENCE
from teams.access.scope import SensitiveRow


@pghistory.track()
class Signal(SensitiveRow):
    """A signal about a pupil, a group, the school, or without a name (O4, R-13.3).

    Observation (fact) and interpretation stand apart. Nothing of the Meldcode (R-11.12).
    """

    about = models.CharField("over", max_length=12, choices=SignalAbout)
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    student = models.ForeignKey(
        "schools.Student",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signals",
    )
    group = models.ForeignKey(
        "schools.Group", models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="signals"
    )
    noted_on = models.DateField("op")
    topics = ArrayField(
        models.CharField(max_length=12, choices=Topic),
        verbose_name="waar gaat het over",
        default=list,
        blank=True,
    )
    observation = models.TextField("wat zag of hoorde u")
    interpretation = models.TextField("wat denkt u ervan", blank=True)
    strengths = models.TextField("wat gaat goed", blank=True)
    are_carers_informed = models.BooleanField("ouders weten dit", default=False)
    not_informed_reason = models.CharField("waarom nog niet", max_length=200, blank=True)
    is_student_heard = models.BooleanField("ik sprak met de leerling", default=False)
    audience = models.CharField(max_length=60, default=SIGNAL_AUDIENCE)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        ordering = ["-noted_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(about=SignalAbout.STUDENT)
                | models.Q(student__isnull=False, case__isnull=False),
                name="student_signal_joins_a_case",
            )
        ]
