"""The trace: one line per change, one per look, in the same transaction."""

from django.db import models

from teams.models.base import Row


class TraceRow(Row):
    """Who, when, in which role, on which object; label copied so the line outlives it."""

    at = models.DateTimeField("moment", db_index=True)
    # No constraint: the line outlives the person and the dossier.
    actor_id = models.UUIDField("wie", null=True)
    actor_name = models.CharField("naam", max_length=200)
    acting_role = models.CharField("in de rol van", max_length=32, blank=True)
    organization_id = models.UUIDField("organisatie", null=True)
    dossier_id = models.UUIDField("dossier", null=True, db_index=True)
    object_type = models.CharField("soort object", max_length=40, blank=True)
    object_id = models.UUIDField("object", null=True)
    request_id = models.CharField("verzoek", max_length=40, blank=True)

    class Meta:
        abstract = True


class AuditEntry(TraceRow):
    """One change, by a verb from a closed list."""

    verb = models.CharField("handeling", max_length=40)
    reason = models.CharField("reden", max_length=400, blank=True)

    class Meta:
        verbose_name = "wijziging"


class AccessEntry(TraceRow):
    """One look or one refusal, with the ground on which it rested."""

    action = models.CharField("handeling", max_length=40)
    outcome = models.CharField("uitkomst", max_length=12)
    ground = models.CharField("grond", max_length=20, blank=True)
    rule = models.CharField("regel", max_length=8, blank=True)

    class Meta:
        verbose_name = "inzage"
