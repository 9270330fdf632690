"""Agreements: who does what, what is needed for it and what it should yield."""

import pghistory
from django.db import models

from cases.enums import AgreementResult, DoerKind
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow

FOUR_ELEMENTS = ("what", "needed", "yields")


@pghistory.track()
class Agreement(SensitiveRow):
    """One agreement with its four elements (O7), from a consult, a meeting or a plan.

    Parents or pupil as doer accept it themselves; a measure in class needs the teacher's
    acceptance ("De regie in de klas ligt bij de leerkracht").
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="agreements")
    consult = models.ForeignKey(
        "cases.Consult",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
    )
    meeting = models.ForeignKey(
        "cases.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
    )
    goal = models.ForeignKey(
        "cases.Goal", models.PROTECT, null=True, blank=True, related_name="measures"
    )
    doer_kind = models.CharField("wie", max_length=8, choices=DoerKind)
    doer_person = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    doer_carer = models.ForeignKey(
        "schools.Carer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.CharField("doet wat", max_length=400)
    needed = models.CharField("wat is daarvoor nodig", max_length=400)
    yields = models.CharField("wat moet het opleveren", max_length=400)
    evaluate_on = models.DateField("evalueren op")
    is_in_class = models.BooleanField("in de klas", default=False)
    accepted_on = models.DateField("akkoord op", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField("resultaat", max_length=12, choices=AgreementResult, blank=True)
    result_note = models.TextField("toelichting", blank=True)
    evaluated_on = models.DateField("geëvalueerd op", null=True, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["evaluate_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~(models.Q(what="") | models.Q(needed="") | models.Q(yields="")),
                name="agreement_has_four_elements",
            ),
            models.CheckConstraint(
                condition=models.Q(doer_kind=DoerKind.STAFF, doer_person__isnull=False)
                | models.Q(doer_kind=DoerKind.CARER, doer_carer__isnull=False)
                | models.Q(doer_kind=DoerKind.STUDENT),
                name="agreement_has_a_doer",
            ),
            models.CheckConstraint(
                condition=models.Q(result="") | models.Q(evaluated_on__isnull=False),
                name="i23_result_is_dated",
            ),
        ]

    @property
    def needs_acceptance(self) -> bool:
        """Parents, pupil or, for a measure in class, the teacher must still agree."""
        is_asked = self.doer_kind != DoerKind.STAFF or self.is_in_class
        return is_asked and self.accepted_on is None

    @property
    def doer_name(self) -> str:
        """Who does it, in words."""
        if self.doer_kind == DoerKind.STAFF:
            return str(self.doer_person)
        if self.doer_kind == DoerKind.CARER:
            return str(self.doer_carer)
        return self.case.student.first_name
