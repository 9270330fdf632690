"""Holidays as editable data."""

from django.db import models

from schools.enums import HolidayKind
from teams.enums import HolidayRegion
from teams.models.base import Row


class HolidayPeriod(Row):
    """Days without school, of a region or of one school (standards.md 4.8).

    `start` and `end` both inclusive; `is_checked` once a person compared it with the source.
    """

    region = models.CharField("regio", max_length=6, choices=HolidayRegion, blank=True)
    school = models.ForeignKey(
        "schools.School",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="holidays",
    )
    school_year = models.CharField("schooljaar", max_length=9)
    kind = models.CharField("soort", max_length=10, choices=HolidayKind)
    start = models.DateField("eerste dag")
    end = models.DateField("laatste dag")
    source = models.CharField("bron", max_length=120, blank=True)
    is_checked = models.BooleanField("nagekeken", default=False)

    class Meta:
        verbose_name = "vakantie"
        verbose_name_plural = "vakanties"
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="holiday_in_order"
            )
        ]
