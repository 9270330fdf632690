"""Talks with parents and pupil, and one-line notes."""

import pghistory
from django.db import models

from cases.enums import NoteKind
from cases.models.case import FILE_TERM
from teams.access.scope import SensitiveRow


@pghistory.track()
class Conversation(SensitiveRow):
    """A talk with parents and/or pupil, or why there was none yet (O5, T-02)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="conversations")
    is_held = models.BooleanField("gesprek gevoerd", default=True)
    held_on = models.DateField("op")
    with_carers = models.BooleanField("met ouders", default=False)
    with_student = models.BooleanField("met de leerling", default=False)
    content = models.TextField("waar ging het over", blank=True)
    carers_words = models.TextField("in woorden van ouders", blank=True)
    student_words = models.TextField("in woorden van de leerling", blank=True)
    agreed = models.TextField("wat is afgesproken", blank=True)
    not_held_reason = models.CharField("waarom nog niet", max_length=300, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ["-held_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_held=True) | ~models.Q(not_held_reason=""),
                name="talk_or_reason",
            )
        ]


class Note(SensitiveRow):
    """One line about a short contact; no step, twenty seconds (R-6.4).

    At the case's dossier when there is one, else at the pupil's; without a name at the school's.
    """

    kind = models.CharField("soort", max_length=16, choices=NoteKind, default=NoteKind.CONTACT)
    case = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, blank=True, related_name="notes"
    )
    student = models.ForeignKey(
        "schools.Student", models.PROTECT, null=True, blank=True, related_name="notes"
    )
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    noted_on = models.DateField("op")
    text = models.CharField("tekst", max_length=500)
    with_whom = models.CharField("met wie", max_length=120, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "kort contact"
        verbose_name_plural = "korte contacten"
        ordering = ["-noted_on", "-created_at"]
