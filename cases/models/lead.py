"""Regie: who holds the thread of a case."""

import pghistory
from django.db import models

from cases.enums import LeadState
from cases.models.case import FILE_TERM
from cases.models.invariants import lead_leaves_no_gap
from teams.access.scope import SensitiveRow
from teams.enums import Compartment, Role


@pghistory.track()
class CaseLead(SensitiveRow):
    """One offer of regie and what became of it (O32, R-8.1 to R-8.6).

    `is_default`: the head holds it because nobody accepted (R-8.3).
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="leads")
    person = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    role = models.CharField("als", max_length=32, choices=Role)
    state = models.CharField("stand", max_length=8, choices=LeadState)
    offered_on = models.DateField("aangeboden op")
    accepted_on = models.DateField("aangenomen op", null=True, blank=True)
    ended_on = models.DateField("beëindigd op", null=True, blank=True)
    is_default = models.BooleanField("bij gebrek aan een ander", default=False)
    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "regie"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state=LeadState.ACCEPTED),
                name="i2_one_accepted_lead",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state=LeadState.OFFERED),
                name="one_offer_at_a_time",
            ),
        ]
        triggers = [lead_leaves_no_gap]
