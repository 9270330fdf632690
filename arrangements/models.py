"""Facilities that are freely accessible, and the check for the lighter offer."""

from django.db import models

from teams.access.scope import SensitiveRow
from teams.enums import Compartment
from teams.models.base import Row


class Facility(Row):
    """One freely accessible facility in the catalogue of a region (O27)."""

    region = models.ForeignKey("teams.Organization", models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=120)
    owner = models.CharField("wie biedt het", max_length=120, blank=True)
    target_group = models.CharField("voor wie", max_length=200, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)

    class Meta:
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FacilityCheck(SensitiveRow):
    """Whether one facility fits in one case, and why (O11)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="checks")
    fits = models.BooleanField("past")
    why = models.TextField("waarom")
    checked_on = models.DateField("op")
    compartment = models.CharField(
        max_length=2, choices=Compartment, default=Compartment.SHARED_PLAN
    )

    retention_basis = "leerlingdossier: 2 jaar na uitschrijving"

    class Meta:
        verbose_name = "toets van een voorziening"
        ordering = ["-checked_on", "-created_at"]
