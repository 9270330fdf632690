"""Groups: a class in one school year."""

from django.db import models

from teams.models.base import Row


class Group(Row):
    """A class of a school in one school year; a node of the tree, so it can be a post.

    `school_year` as "2026-2027"; `is_combined` for an EDEXML samengestelde groep.
    """

    organization = models.OneToOneField("teams.Organization", models.PROTECT, related_name="group")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="groups")
    school_year = models.CharField("schooljaar", max_length=9)
    key = models.CharField("sleutel", max_length=256)
    name = models.CharField("naam", max_length=64)
    year_group = models.CharField("jaargroep", max_length=2, blank=True)
    is_combined = models.BooleanField("samengesteld", default=False)

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["year_group", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "key", "is_combined"],
                name="group_key_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
