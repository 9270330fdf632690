"""The ledger: what must happen after a change, and what must happen on a date."""

from django.db import models

from teams.models.base import Row


class OutboxEntry(Row):
    """One piece of work, written in the transaction of its cause (architecture.md 5).

    `subject_id` names the object; ids only, never names or text.
    """

    kind = models.CharField("soort", max_length=40)
    subject_id = models.UUIDField("onderwerp")
    recipient_id = models.UUIDField("voor", null=True, blank=True)
    # The same work asked twice is one row.
    key = models.CharField("sleutel", max_length=200, unique=True)
    created_at = models.DateTimeField("gemaakt")
    run_at = models.DateTimeField("op zijn vroegst")
    claimed_until = models.DateTimeField("geclaimd tot", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    last_error = models.CharField("laatste fout", max_length=200, blank=True)
    done_at = models.DateTimeField("klaar", null=True, blank=True)
    dead_at = models.DateTimeField("opgegeven", null=True, blank=True)

    class Meta:
        verbose_name = "uitgaand werk"
        indexes = [
            models.Index(
                fields=["run_at"],
                condition=models.Q(done_at__isnull=True, dead_at__isnull=True),
                name="outbox_due",
            )
        ]


class DueRow(Row):
    """One reminder: an object, a kind and a date; removed or kept as its object changes.

    Source: R-16.1 to R-16.3; idempotent by (object, kind, due date).
    """

    kind = models.CharField("soort", max_length=40)
    subject_id = models.UUIDField("onderwerp")
    dossier = models.ForeignKey("teams.Dossier", models.CASCADE, related_name="+")
    due_on = models.DateField("op")
    # The day that the deadline itself falls on, before moving it out of a holiday.
    about_day = models.DateField("gaat over")
    done_at = models.DateTimeField("afgehandeld", null=True, blank=True)

    class Meta:
        verbose_name = "herinnering"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "kind", "about_day", "due_on"],
                name="due_row_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(done_at__isnull=True),
                name="due_rows_open",
            )
        ]
