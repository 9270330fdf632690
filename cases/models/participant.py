"""Who takes part in a case beyond the school's own posts."""

from django.db import models

from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow
from teams.enums import Compartment, Role


class Participant(SensitiveRow):
    """A person at the table of a case, with a reason, from a day until another (`part`)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="participants")
    person = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    role = models.CharField("als", max_length=32, choices=Role)
    reason = models.CharField("waarom", max_length=200)
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "deelnemer"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "role"],
                condition=models.Q(until__isnull=True),
                name="participant_once",
            )
        ]
