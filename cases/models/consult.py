"""Collegiaal consult: a short question to one or a few professionals."""

import pghistory
from django.db import models

from cases.enums import ConsultOutcome
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow
from teams.enums import Role


@pghistory.track()
class Consult(SensitiveRow):
    """A question and its outcome (O6); without a name unless consent covers who is asked.

    Its audience names this consult, so an outsider who is asked sees this and nothing else.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="consults")
    question = models.TextField("vraag")
    is_named = models.BooleanField("met naam", default=False)
    asked_on = models.DateField("gevraagd op")
    held_on = models.DateField("gehouden op", null=True, blank=True)
    outcome = models.CharField("uitkomst", max_length=1, choices=ConsultOutcome, blank=True)
    motivation = models.TextField("motivering", blank=True)
    dissent = models.TextField("afwijkend oordeel", blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "consult"
        verbose_name_plural = "consulten"
        ordering = ["-asked_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(outcome=""),
                name="one_open_consult",
            )
        ]


class ConsultAsked(SensitiveRow):
    """One professional asked in a consult, with the answer."""

    consult = models.ForeignKey(Consult, models.PROTECT, related_name="asked")
    person = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    role = models.CharField("als", max_length=32, choices=Role)
    advice = models.TextField("advies", blank=True)
    outcome = models.CharField("oordeel", max_length=1, choices=ConsultOutcome, blank=True)
    answered_at = models.DateTimeField("beantwoord", null=True, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consult", "person"], name="asked_once_per_consult")
        ]
