"""One import: the file, what it would change, and how far it is."""

from django.db import models

from schools.enums import ImportKind, ImportState
from teams.access.scope import SensitiveRow


class ImportRun(SensitiveRow):
    """An uploaded file on its way: read, looked at, committed (EDEXML or carers).

    `content` holds only what we may keep, written anew: the file itself is never stored. It is
    emptied once committed or replaced: we keep what changed, not the pupils of a file.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="imports")
    kind = models.CharField("soort", max_length=8, choices=ImportKind)
    state = models.CharField("stand", max_length=10, choices=ImportState)
    file_name = models.CharField("bestand", max_length=200)
    content = models.BinaryField("inhoud")
    done_rows = models.PositiveIntegerField("gedaan", default=0)
    total_rows = models.PositiveIntegerField("totaal", default=0)
    preview = models.JSONField("voorbeeld", default=dict)
    # Who carried it through, in which role: the work itself happens later, in a worker.
    committed_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    committed_as = models.CharField("in de rol van", max_length=32, blank=True)
    message = models.CharField("melding", max_length=400, blank=True)

    retention_basis = "importverslag: 1 jaar"

    class Meta:
        verbose_name = "import"
        ordering = ["-created_at"]
