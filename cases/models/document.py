"""PDFs: rendered by a job, stored with hash, version and audience."""

import pgtrigger
from django.db import models

from cases.enums import DocumentAudience, DocumentKind, DocumentState
from cases.models.plan import PlanRow


class Document(PlanRow):
    """One PDF for one audience; immutable once final, a correction is a new version (R-16.5)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="documents")
    meeting = models.ForeignKey(
        "cases.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    kind = models.CharField("soort", max_length=16, choices=DocumentKind)
    for_audience = models.CharField("voor", max_length=16, choices=DocumentAudience)
    version = models.PositiveSmallIntegerField("versie", default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        "stand", max_length=9, choices=DocumentState, default=DocumentState.QUEUED
    )
    progress = models.CharField("voortgang", max_length=120, blank=True)
    content = models.BinaryField("inhoud", null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("pagina's", null=True)
    rendered_at = models.DateTimeField("gemaakt op", null=True)

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "for_audience", "version"],
                name="document_version_once",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="ready_is_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=DocumentState.READY),
            )
        ]
