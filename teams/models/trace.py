"""The trace: one line per change, one per look, in the same transaction.

PostgreSQL links every line to the one before it when the transaction commits
(teams/migrations/0004_trace.py); nothing here is ever changed or deleted.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from teams.enums import Compartment
from teams.models.base import Row


class TraceRow(Row):
    """Who, when, in which role, on which object; label copied so the line outlives it."""

    at = models.DateTimeField("moment", db_index=True)
    # No constraint: the line outlives the person and the dossier.
    actor_id = models.UUIDField("wie", null=True)
    actor_name = models.CharField("naam", max_length=200)
    acting_role = models.CharField("in de rol van", max_length=32, blank=True)
    organization_id = models.UUIDField("organisatie", null=True)
    on_behalf_id = models.UUIDField("namens", null=True)
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
    """One answer with case data, or one refusal, with the ground on which it rested.

    `dossier_id` is what the answer was about, `dossier_ids` every dossier of which something
    was shown; `rules` and `consent_ids` stand in the same order. Never a word of content.
    Source: standards.md 3.4 (NEN 7513), access.md 2.1.
    """

    action = models.CharField("handeling", max_length=40)
    outcome = models.CharField("uitkomst", max_length=12)
    ground = models.CharField("grond", max_length=20, blank=True)
    rule = models.CharField("regel", max_length=8, blank=True)
    consent_id = models.UUIDField("toestemming", null=True)
    is_break_glass = models.BooleanField("noodtoegang", default=False)
    dossier_ids = ArrayField(models.UUIDField(), verbose_name="dossiers", default=list)
    rules = ArrayField(models.CharField(max_length=8), verbose_name="regels", default=list)
    consent_ids = ArrayField(
        models.UUIDField(null=True), verbose_name="toestemmingen", default=list
    )
    compartments = ArrayField(
        models.CharField(max_length=2, choices=Compartment),
        verbose_name="compartimenten",
        default=list,
    )
    query_digest = models.CharField("zoekvraag, onleesbaar", max_length=64, blank=True)

    class Meta:
        verbose_name = "inzage"
        indexes = [
            GinIndex(fields=["dossier_ids"], name="accessentry_dossiers"),
            models.Index(fields=["actor_id", "at"], name="accessentry_actor"),
        ]


class TraceHead(models.Model):
    """The last link of one of the 1,024 chains; locked while a link is added."""

    shard = models.SmallIntegerField("keten", primary_key=True)
    seq = models.BigIntegerField("laatste nummer")
    hash = models.BinaryField("kenmerk")

    class Meta:
        verbose_name = "kop van een keten"

    def __str__(self) -> str:
        return f"{self.shard}/{self.seq}"


class TraceLink(models.Model):
    """One link: which line of the trace has which place in which chain.

    `hash` covers the whole line, its place, and the hash of the link before it.
    """

    entry_id = models.UUIDField("regel", primary_key=True)
    kind = models.CharField("soort", max_length=6)
    shard = models.SmallIntegerField("keten")
    seq = models.BigIntegerField("nummer")
    hash = models.BinaryField("kenmerk")

    class Meta:
        verbose_name = "schakel"
        constraints = [models.UniqueConstraint(fields=["shard", "seq"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.shard}/{self.seq} {self.kind}"
