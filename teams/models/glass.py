"""Break-glass: opening, for an hour and with a reason, what is closed to one's role."""

from django.db import models
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThanOrEqual

from teams.enums import GlassCategory, Role
from teams.models.base import Row

LEAST_REASON = 30


class BreakGlass(Row):
    """One person opens one dossier for sixty minutes; a second person looks back on it.

    `opened_at` is empty while it waits for the privacy officer (a technical fault) or for a
    second person (a renewal). Source: R-15.2, access.md 2.7.
    """

    person = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    role = models.CharField("als", max_length=32, choices=Role)
    dossier = models.ForeignKey("teams.Dossier", models.PROTECT, related_name="+")
    category = models.CharField("waarvoor", max_length=12, choices=GlassCategory)
    reason = models.CharField("reden", max_length=1000)
    asked_at = models.DateTimeField("gevraagd op")
    opened_at = models.DateTimeField("geopend op", null=True, blank=True)
    ends_at = models.DateTimeField("tot", null=True, blank=True)
    # The second person, where one is needed before it opens.
    approved_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    review_by = models.DateField("nakijken voor", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("nagekeken op", null=True, blank=True)
    is_justified = models.BooleanField("terecht", null=True, blank=True)
    remark = models.CharField("oordeel", max_length=1000, blank=True)

    class Meta:
        verbose_name = "noodtoegang"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["dossier"], name="glass_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("reason")), LEAST_REASON),
                name="glass_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("person")),
                name="glass_reviewed_by_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("person")),
                name="glass_approved_by_second_person",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True, ends_at__isnull=True)
                | models.Q(ends_at__isnull=False, opened_at__isnull=False),
                name="glass_open_has_an_end",
            ),
        ]
