"""The tree of organizations: SWV, board, school, group; municipality, wijkteam."""

from django.db import models

from teams.enums import OrganizationKind
from teams.models.base import Row


class Organization(Row):
    """One node of the tree; schools and groups are nodes too, so that a post is one thing.

    Source: domain.md 3, R-3.3 (SWV and municipality are peers).
    """

    key = models.SlugField("sleutel", max_length=60, unique=True)
    kind = models.CharField("soort", max_length=16, choices=OrganizationKind)
    name = models.CharField("naam", max_length=160)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    phone = models.CharField("telefoon", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name = "organisatie"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
