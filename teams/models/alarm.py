"""Alarms: what the product noticed about itself, and who saw it."""

from django.db import models

from teams.enums import AlarmKind
from teams.models.base import Row


class Alarm(Row):
    """Something is wrong that a person must look at; ids and codes only, never a name.

    Shown to the functional administrator and the privacy officer until one of them saw it.
    """

    kind = models.CharField("soort", max_length=12, choices=AlarmKind)
    text = models.CharField("melding", max_length=400)
    raised_at = models.DateTimeField("gemeld op")
    seen_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField("gezien op", null=True, blank=True)
    # What was done about it, in a few words.
    answer = models.CharField("wat is gedaan", max_length=400, blank=True)

    class Meta:
        verbose_name = "alarm"
        verbose_name_plural = "alarmen"
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "text"],
                condition=models.Q(seen_at__isnull=True),
                name="alarm_once_until_seen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
