"""Municipalities of the region, by name as people and files write them."""

from teams.enums import OrganizationKind
from teams.models import Organization


def municipality_key(name: str) -> str:
    """The name without "gemeente", in lower case, to compare by."""
    return name.strip().casefold().removeprefix("gemeente ").strip()


def municipalities() -> dict[str, Organization]:
    """All municipalities of the region by `municipality_key`."""
    rows = Organization.objects.filter(kind=OrganizationKind.MUNICIPALITY)
    return {municipality_key(row.name): row for row in rows}
