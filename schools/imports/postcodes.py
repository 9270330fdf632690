"""From the four digits of a postcode to the municipality, for the areas the product knows."""

import csv
from functools import cache
from importlib.resources import files


@cache
def _areas() -> tuple[tuple[int, int, str], ...]:
    lines = files("schools").joinpath("data/postcode_areas.csv").read_text("utf-8").splitlines()
    return tuple(
        (int(row["first"]), int(row["last"]), row["municipality"]) for row in csv.DictReader(lines)
    )


def municipality_of(postcode_area: str) -> str:
    """Name of the municipality, "" for an area that is not in the table."""
    if not postcode_area.isdecimal():
        return ""
    area = int(postcode_area)
    return next((name for first, last, name in _areas() if first <= area <= last), "")


def municipality_key(name: str) -> str:
    """The name without "gemeente", in lower case, to compare by."""
    return name.strip().casefold().removeprefix("gemeente ").strip()
