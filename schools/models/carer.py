"""Carers, their custody and how to reach them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from schools.enums import CarerRelation, CustodyValue
from schools.models.student import PersonName
from teams.access.rules import CONTACT_AUDIENCE
from teams.access.scope import SensitiveRow
from teams.enums import Role


@pghistory.track()
class Carer(PersonName, SensitiveRow):
    """A parent or other carer of one pupil (O2)."""

    student = models.ForeignKey("schools.Student", models.PROTECT, related_name="carers")
    relation = models.CharField("relatie", max_length=16, choices=CarerRelation)
    language = models.CharField("voorkeurstaal", max_length=40, blank=True)
    residence = models.ForeignKey(
        "teams.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="woongemeente",
    )

    retention_basis = "leerlingdossier: 2 jaar na uitschrijving"

    class Meta:
        verbose_name = "verzorger"
        verbose_name_plural = "verzorgers"
        ordering = ["relation", "last_name", "first_name"]


class CarerContact(SensitiveRow):
    """Phone, e-mail and address: a table of its own, for it has an audience of its own (D6)."""

    carer = models.OneToOneField(Carer, models.CASCADE, related_name="contact")
    phone = models.CharField("telefoon", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    address = models.CharField("adres", max_length=200, blank=True)
    is_secret = models.BooleanField("geheim adres", default=False)
    # The roles named in the flag; nobody else reads this row, also not at the own school (D6).
    secret_for = ArrayField(
        models.CharField(max_length=32, choices=Role),
        verbose_name="alleen voor",
        default=list,
        blank=True,
    )
    audience = models.CharField("publiek", max_length=60, default=CONTACT_AUDIENCE, blank=True)

    retention_basis = "leerlingdossier: 2 jaar na uitschrijving"


@pghistory.track()
class Custody(SensitiveRow):
    """Custody of one carer from a day until another; confirmed by a second person.

    Source: access.md 2.2 `gez`: a dated record entered and checked by a second person.
    """

    carer = models.ForeignKey(Carer, models.CASCADE, related_name="custody")
    value = models.CharField("gezag", max_length=8, choices=CustodyValue)
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)

    retention_basis = "leerlingdossier: 2 jaar na uitschrijving"

    class Meta:
        verbose_name = "gezag"
        constraints = [
            models.UniqueConstraint(
                fields=["carer"],
                condition=models.Q(until__isnull=True),
                name="one_custody_now",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(created_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("created_by")),
                name="custody_confirmed_by_second_person",
            ),
        ]
