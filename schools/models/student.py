"""Pupils and where they are enrolled."""

import pghistory
from django.db import models

from schools.enums import Gender
from teams.access.scope import ScopedManager, ScopedQuerySet, SensitiveRow
from teams.enums import Compartment
from teams.models.base import DatedQuerySet


class PersonName(models.Model):
    """First name, prefix and last name, shown in the Dutch way."""

    first_name = models.CharField("roepnaam", max_length=200)
    prefix = models.CharField("voorvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Noor van der Veen."""
        return " ".join(part for part in (self.first_name, self.prefix, self.last_name) if part)

    @property
    def initials(self) -> str:
        """N.V., for a pseudonymized or small place (R-7.3)."""
        return f"{self.first_name[:1]}.{self.last_name[:1]}."


@pghistory.track()
class Student(PersonName, SensitiveRow):
    """A pupil, from voorschool to 18 (O1). No citizen number exists here."""

    birth_date = models.DateField("geboortedatum", null=True, blank=True)
    gender = models.CharField("geslacht", max_length=1, choices=Gender, default=Gender.UNKNOWN)
    language = models.CharField("taal thuis", max_length=40, blank=True)
    residence = models.ForeignKey(
        "teams.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="woongemeente",
    )
    residence_since = models.DateField("woont daar sinds", null=True, blank=True)

    retention_basis = "leerlingdossier: 2 jaar na uitschrijving"

    class Meta:
        verbose_name = "leerling"
        verbose_name_plural = "leerlingen"
        indexes = [models.Index(fields=["last_name", "first_name"])]

    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)

    def age_on(self, day) -> int | None:
        """Age in whole years on `day`; none when the birth date is not known."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (
            self.birth_date.month,
            self.birth_date.day,
        )
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


class ScopedDatedQuerySet(ScopedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Scoped rows that also know `on(day)`."""


class ScopedDatedManager(ScopedManager.from_queryset(ScopedDatedQuerySet)):
    """Scoped to the actor, with `on(day)`."""


class Enrollment(SensitiveRow):
    """A pupil at a school from a day until another, in a group (EDEXML key per school)."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="enrollments")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="enrollments")
    group = models.ForeignKey(
        "schools.Group",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
    )
    combined_groups = models.ManyToManyField(
        "schools.Group", blank=True, related_name="combined_enrollments"
    )
    site = models.ForeignKey(
        "schools.Site", models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField("leerlingsleutel", max_length=256)
    year_group = models.CharField("jaargroep", max_length=2, blank=True)
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    # Left according to the administration while a case is open: shown, not removed.
    is_flagged_leaver = models.BooleanField("uitgestroomd met casus", default=False)

    objects = ScopedDatedManager()

    retention_basis = "inschrijving: 5 jaar na uitschrijving"

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "key"],
                condition=models.Q(until__isnull=True),
                name="enrollment_key_once",
            ),
            models.UniqueConstraint(
                fields=["student", "school"],
                condition=models.Q(until__isnull=True),
                name="enrolled_once",
            ),
        ]
        indexes = [models.Index(fields=["group", "until"])]

    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)
