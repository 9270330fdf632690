"""Consent as a record: one per purpose, one answer per giver."""

import pgtrigger
from django.db import models

from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow


class Consent(SensitiveRow):
    """What is asked: purpose, what is shared, with whom, until when (O10, R-11.7)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="consents")
    purpose = models.CharField("doel", max_length=1, choices=ConsentPurpose)
    recipients = models.ManyToManyField(
        "teams.Organization", related_name="+", verbose_name="met wie"
    )
    shared = models.CharField("wat wordt gedeeld", max_length=300)
    text_version = models.CharField("versie van de tekst", max_length=12)
    asked_on = models.DateField("gevraagd op")
    ends_on = models.DateField("tot")

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["-asked_on", "-created_at"]


class ConsentDecision(SensitiveRow):
    """What one giver said; never changed, a later row replaces it (D11)."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="decisions")
    carer = models.ForeignKey(
        "schools.Carer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_student = models.BooleanField("de leerling zelf", default=False)
    decision = models.CharField("antwoord", max_length=12, choices=ConsentDecisionKind)
    decided_on = models.DateField("op")
    form = models.CharField("hoe", max_length=10, choices=ConsentForm)
    witness = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "antwoord op toestemming"
        ordering = ["decided_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(form=ConsentForm.SPOKEN)
                | (models.Q(witness__isnull=False) & ~models.Q(witness=models.F("created_by"))),
                name="spoken_consent_has_another_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(is_student=True) | models.Q(carer__isnull=False),
                name="consent_has_a_giver",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="consent_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]
