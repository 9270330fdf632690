"""The case: one object with references into compartments (R-3.1)."""

import pghistory
import pgtrigger
from django.db import models

from cases.enums import OPEN_STATES, CaseState, ClosingReason
from cases.models.invariants import case_has_a_lead, failed_agreement_leads_to_vot
from teams.access.scope import ScopedManager, ScopedQuerySet, SensitiveRow
from teams.enums import Compartment, Role

FILE_TERM = "leerlingdossier: 2 jaar na uitschrijving"


class CaseQuerySet(ScopedQuerySet):
    """Cases by where they stand."""

    def open(self) -> "CaseQuerySet":
        """Keep what is not closed, transferred or archived."""
        return self.filter(state__in=OPEN_STATES)


class CaseManager(ScopedManager.from_queryset(CaseQuerySet)):
    """Scoped to the actor."""


@pghistory.track(exclude=["version"])
class Case(SensitiveRow):
    """The heading of a case: number, pupil, school, state, dates; no text (O8).

    `state` is written by `workflow.engine.perform()` alone. `version` counts its steps:
    a form that was opened before another's step is refused readably.
    """

    number = models.CharField("nummer", max_length=12, unique=True)
    student = models.ForeignKey(
        "schools.Student", models.PROTECT, related_name="cases", verbose_name="leerling"
    )
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="cases")
    state = models.CharField("stand", max_length=16, choices=CaseState, default=CaseState.SIGNALING)
    state_since = models.DateField("sinds")
    previous_state = models.CharField("vorige stand", max_length=16, choices=CaseState, blank=True)
    vot_is_mandatory = models.BooleanField("VOT verplicht", default=False)
    is_urgent = models.BooleanField("met spoed", default=False)
    opened_on = models.DateField("geopend op")
    closed_on = models.DateField("afgesloten op", null=True, blank=True)
    closing_reason = models.CharField(
        "reden van afsluiten", max_length=24, choices=ClosingReason, blank=True
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    version = models.PositiveIntegerField(default=0)
    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)

    objects = CaseManager()
    unscoped = models.Manager.from_queryset(CaseQuerySet)()

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "casus"
        verbose_name_plural = "casussen"
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school"],
                condition=models.Q(state__in=sorted(OPEN_STATES)),
                name="i1_one_open_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CaseState.CLOSED)
                | (~models.Q(closing_reason="") & models.Q(closed_on__isnull=False)),
                name="closed_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "-state_since", "id"]),
            models.Index(fields=["-state_since", "id"], name="case_newest"),
            models.Index(fields=["dossier"], name="case_dossier"),
        ]
        triggers = [case_has_a_lead]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Not closed, transferred or archived."""
        return self.state in OPEN_STATES


class CaseTransition(SensitiveRow):
    """One step on the route: who, in which role, when, from and to; never changed (R-6.2)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transitions")
    code = models.CharField("stap", max_length=5)
    from_state = models.CharField("van", max_length=16, choices=CaseState, blank=True, default="")
    to_state = models.CharField("naar", max_length=16, choices=CaseState)
    position = models.PositiveIntegerField("volgnummer")
    actor_name = models.CharField("door", max_length=200)
    acting_role = models.CharField("als", max_length=32, choices=Role, blank=True)
    by_system = models.BooleanField("door het systeem", default=False)
    compartment = models.CharField(max_length=2, choices=Compartment, default=Compartment.HEADING)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "stap"
        ordering = ["case", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="one_step_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(by_system=True)
                | (models.Q(created_by__isnull=False) & ~models.Q(acting_role="")),
                name="i19_step_has_actor_and_role",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="history_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            failed_agreement_leads_to_vot,
        ]


class TransitionNote(SensitiveRow):
    """The words of a step: its reason and the guard values seen; never changed (R-6.2)."""

    transition = models.OneToOneField(CaseTransition, models.PROTECT, related_name="note")
    reason = models.TextField("reden", blank=True)
    seen = models.JSONField("gezien", default=dict)

    retention_basis = FILE_TERM

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="reason_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]
