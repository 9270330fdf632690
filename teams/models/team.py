"""Standing support teams per school: fixed faces and the regular dates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teams.enums import SessionKind, Weekday
from teams.models.base import DatedRow, Row


class SupportTeam(Row):
    """The standing team around one school ("vaste gezichten op vaste scholen", R-2.2)."""

    organization = models.OneToOneField(
        "teams.Organization", models.PROTECT, related_name="support_team"
    )
    place = models.CharField("vaste ruimte", max_length=120, blank=True)

    class Meta:
        verbose_name = "ondersteuningsteam van de school"

    def __str__(self) -> str:
        return f"Ondersteuningsteam {self.organization}"


class SupportTeamMember(DatedRow):
    """A fixed face of the school, by assignment; this is the relation `lnk`."""

    team = models.ForeignKey(SupportTeam, models.CASCADE, related_name="members")
    assignment = models.ForeignKey("teams.Assignment", models.PROTECT, related_name="memberships")
    days = ArrayField(
        models.CharField(max_length=2, choices=Weekday),
        verbose_name="dagen op school",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "vast gezicht"
        verbose_name_plural = "vaste gezichten"


class SupportTeamDate(Row):
    """One date of the regular series of VOT or OT dates (R-7.2)."""

    team = models.ForeignKey(SupportTeam, models.CASCADE, related_name="dates")
    kind = models.CharField("soort", max_length=3, choices=SessionKind)
    on = models.DateField("datum")
    starts_at = models.TimeField("begint om")

    class Meta:
        verbose_name = "vaste datum"
        ordering = ["on", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["team", "kind", "on"], name="one_series_date_per_kind")
        ]
