"""Text on its way: kept per person, form and object, offered back, never filled in by itself."""

from django.db import models

from teams.models.base import Row


class Draft(Row):
    """What someone typed and did not yet save (ui.md 4, U-13, U-15); own eyes only."""

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="+")
    form_key = models.CharField("formulier", max_length=120)
    body = models.JSONField("tekst", default=dict)
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "form_key"], name="one_draft_per_form")
        ]
