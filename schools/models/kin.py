"""Family of professionals: a child that someone knows at home stays closed to that person."""

from django.db import models

from schools.enums import KinRelation
from schools.models.student import PersonName
from teams.access.rules import KIN_AUDIENCE
from teams.access.scope import SensitiveRow


class FamilyTie(PersonName, SensitiveRow):
    """A child that a professional declared as family or well known, or that a colleague did (D5).

    The name and birth date are what the person declared; `student` follows when such a pupil
    is known, now or later, so that declaring answers alike whether the child is known or not.
    Without a pupil the row has no dossier, and nobody but the house and its author reads it.
    """

    person = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    relation = models.CharField("wat is dit kind van u", max_length=12, choices=KinRelation)
    student = models.ForeignKey(
        "schools.Student", models.PROTECT, null=True, blank=True, related_name="family_ties"
    )
    dossier = models.ForeignKey(  # type: ignore[assignment]
        "teams.Dossier", models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    ended_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.CharField("publiek", max_length=60, default=KIN_AUDIENCE, blank=True)

    retention_basis = "zolang de toewijzing van de medewerker duurt"

    class Meta:
        verbose_name = "familieband"
        verbose_name_plural = "familiebanden"
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "student"],
                condition=models.Q(until__isnull=True, student__isnull=False),
                name="tie_once",
            ),
            models.CheckConstraint(
                condition=models.Q(student__isnull=True, dossier__isnull=True)
                | models.Q(student__isnull=False, dossier__isnull=False),
                name="tie_lies_with_its_student",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="tie_person"),
            models.Index(
                fields=["birth_date", "last_name"],
                condition=models.Q(student__isnull=True),
                name="tie_unmatched",
            ),
        ]
