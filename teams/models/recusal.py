"""Recusal: a dossier that is closed to one person, in every professional role (D5)."""

from django.db import models

from teams.models.base import DatedRow


class Recusal(DatedRow):
    """This person stays out of this dossier: the child is family, or well known at home.

    Written from the declared ties together with the seats; both fences subtract these rows,
    so a post that the person holds opens nothing either.
    """

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="+")
    dossier = models.ForeignKey("teams.Dossier", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "verschoning"
        constraints = [
            models.UniqueConstraint(fields=["person", "dossier"], name="recusal_once"),
        ]
        indexes = [models.Index(fields=["dossier"], name="recusal_dossier")]
