"""Municipalities of the region, by name as people and files write them."""

from schools.imports.postcodes import municipality_key
from teams.enums import OrganizationKind
from teams.models import Organization


def municipalities() -> dict[str, Organization]:
    """All municipalities of the region by `municipality_key`."""
    rows = Organization.objects.filter(kind=OrganizationKind.MUNICIPALITY)
    return {municipality_key(row.name): row for row in rows}


def place_name(organization: Organization) -> str:
    """The name of a municipality as one says where somebody lives: without "Gemeente"."""
    return organization.name.removeprefix("Gemeente ")
