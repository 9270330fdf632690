"""Consent as a record: one per purpose, one answer per giver."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow
from teams.enums import Compartment


class Consent(SensitiveRow):
    """What is asked: purpose, what is shared, by whom, with whom, until when (O10, R-11.7).

    Once asked it never changes (D11): it holds the very text that its givers were shown.
    Without `asked_on` it is a draft.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="consents")
    purpose = models.CharField("doel", max_length=1, choices=ConsentPurpose)
    # From whom the information goes: (c) and (d) are two one-way rows. None: the family.
    sender = models.ForeignKey(
        "teams.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipients = models.ManyToManyField(
        "teams.Organization", related_name="+", verbose_name="met wie"
    )
    # A recipient who is no organization here: the new school, the onderwijsconsulent.
    recipient_name = models.CharField("naam van de ontvanger", max_length=160, blank=True)
    classes = ArrayField(
        models.CharField(max_length=2, choices=Compartment),
        verbose_name="soort gegevens",
        default=list,
    )
    shared = models.CharField("wat wordt gedeeld", max_length=300)
    text = models.TextField("getoonde tekst", default="", blank=True)
    text_version = models.CharField("versie van de tekst", max_length=12)
    asked_on = models.DateField("gevraagd op", null=True, blank=True)
    ends_on = models.DateField("tot")

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["-created_at"]
        triggers = [
            pgtrigger.Protect(
                name="asked_consent_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__asked_on__isnull=False),
            )
        ]


class ConsentScan(SensitiveRow):
    """The signed paper; its audience is named by no seat, so only the school's leads read it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    content_type = models.CharField("soort", max_length=20)
    content = models.BinaryField("inhoud")
    sha256 = models.CharField(max_length=64)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "scan van een toestemming"
        triggers = [
            pgtrigger.Protect(
                name="scan_is_immutable", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]


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
    # Digital: the giver's own account; `created_at` says when.
    account = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    scan = models.OneToOneField(
        ConsentScan, models.PROTECT, null=True, blank=True, related_name="decision"
    )

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "antwoord op toestemming"
        ordering = ["decided_on", "created_at"]
        constraints = [
            # A yes needs proof; a no holds at once, whoever writes it down.
            models.CheckConstraint(
                condition=~models.Q(form=ConsentForm.SPOKEN, decision=ConsentDecisionKind.GIVEN)
                | models.Q(witness__isnull=False),
                name="spoken_consent_has_a_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(witness__isnull=True)
                | models.Q(created_by__isnull=True)
                | ~models.Q(witness=models.F("created_by")),
                name="consent_witness_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(form=ConsentForm.DIGITAL, account__isnull=False)
                | (~models.Q(form=ConsentForm.DIGITAL) & models.Q(account__isnull=True)),
                name="digital_consent_names_its_account",
            ),
            models.CheckConstraint(
                condition=models.Q(is_student=True) | models.Q(carer__isnull=False),
                name="consent_has_a_giver",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision=ConsentDecisionKind.HEARD) | models.Q(is_student=True),
                name="only_a_pupil_is_heard",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="consent_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]


class ConsentReminder(SensitiveRow):
    """A giver was reminded of a question that waits; at most twice (domain.md 16.1)."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="reminders")
    carer = models.ForeignKey("schools.Carer", models.PROTECT, related_name="+")

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "herinnering aan een toestemming"
        ordering = ["created_at"]
