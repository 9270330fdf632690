"""Unauthorized absence: the one ground on which the attendance officer sits at a table (O34)."""

import pghistory
from django.db import models

from cases.enums import AbsenceLength
from cases.models.case import FILE_TERM
from teams.access.rules import ABSENCE_AUDIENCE
from teams.access.scope import SensitiveRow


@pghistory.track()
class AbsenceGround(SensitiveRow):
    """The school recorded unauthorized absence in this case, from a day until it is closed.

    While it is open the invited attendance officer reads what lies below it, and nothing else
    (R-15.4, D4). Illness is no absence here: no field can hold it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="absence_grounds")
    opened_on = models.DateField("geopend op")
    closed_on = models.DateField("gesloten op", null=True, blank=True)
    closed_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.CharField("publiek", max_length=60, default=ABSENCE_AUDIENCE, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "verzuimgrond"
        ordering = ["-opened_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(closed_on__isnull=True),
                name="one_open_absence_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="absence_ground_ends_after_start",
            ),
        ]


class AbsenceDay(SensitiveRow):
    """One day of unauthorized absence: when and how long, never why."""

    absence = models.ForeignKey(AbsenceGround, models.PROTECT, related_name="days")
    on = models.DateField("dag")
    length = models.CharField("hoe lang", max_length=8, choices=AbsenceLength)
    audience = models.CharField("publiek", max_length=60, default=ABSENCE_AUDIENCE, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "dag ongeoorloofd verzuim"
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["absence", "on"], name="absence_day_once")]


@pghistory.track()
class AttendanceAgreement(SensitiveRow):
    """What was agreed about being at school: who does what, and when we look again."""

    absence = models.ForeignKey(AbsenceGround, models.PROTECT, related_name="agreements")
    doer = models.CharField("wie", max_length=120)
    what = models.CharField("doet wat", max_length=400)
    evaluate_on = models.DateField("we kijken opnieuw op")
    audience = models.CharField("publiek", max_length=60, default=ABSENCE_AUDIENCE, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "afspraak over aanwezigheid"
        verbose_name_plural = "afspraken over aanwezigheid"
        ordering = ["evaluate_on", "created_at"]
