"""Schools and their sites."""

from django.db import models

from schools.enums import SchoolType
from teams.enums import HolidayRegion
from teams.models.base import Row


class School(Row):
    """A school: one node of the organization tree with what only schools have (O3)."""

    organization = models.OneToOneField("teams.Organization", models.PROTECT, related_name="school")
    dossier = models.OneToOneField("teams.Dossier", models.PROTECT, related_name="+")
    school_type = models.CharField("soort", max_length=10, choices=SchoolType)
    brin = models.CharField("BRIN", max_length=4, blank=True)
    site_code = models.CharField("vestigingscode", max_length=2, default="00")
    swv = models.ForeignKey("teams.Organization", models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        "teams.Organization", models.PROTECT, null=True, related_name="+"
    )
    district_team = models.ForeignKey(
        "teams.Organization", models.PROTECT, null=True, related_name="+"
    )
    # A preschool attached to a school (from voorschool to 18).
    attached_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="attached"
    )
    holiday_region = models.CharField("vakantieregio", max_length=6, choices=HolidayRegion)
    has_own_room = models.BooleanField("eigen ruimte voor gesprekken", default=False)
    route_map_url = models.URLField("routekaart van de regio", blank=True)
    absence_map_url = models.URLField("verzuimkaart van de regio", blank=True)

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"

    def __str__(self) -> str:
        return self.organization.name

    @property
    def name(self) -> str:
        """Name of the school."""
        return self.organization.name


class Site(Row):
    """A site (vestiging) of a school, as its administration names it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="sites")
    key = models.CharField("sleutel", max_length=256)
    name = models.CharField("naam", max_length=64)

    class Meta:
        verbose_name = "vestiging"
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="site_key_once")]

    def __str__(self) -> str:
        return self.name
