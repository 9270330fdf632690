"""Pages about no child, by every persona over HTTP: doors by role, and those of a school or a group."""

from collections.abc import Iterator

from django.urls import reverse

from tests.access.browser import Browser, lets_in
from tests.access.facts import Verdict
from tests.access.oracle import Judge
from tests.access.oracle_lobby import BY_PLACE, BY_ROLE, door, place
from tests.access.page_matrix import OUTSIDE
from tests.access.personas import PERSONAS, Persona
from tests.access.region import Region
from tests.access.row_matrix import judged, reader_of
from tests.access.tally import Tally


def lobby_matrix(region: Region) -> Tally:
    """Ask for each such page as each persona, as nobody, and after the password alone (D1, A-1)."""
    judge, tally = judged(region), Tally()
    for persona in PERSONAS:
        browser = Browser(region, persona)
        for name, path, verdict in _doors(region, judge, persona):
            _add(tally, persona.key, name, verdict, browser, path)
            tally.routes.add(name)
    insider = next(row for row in PERSONAS if row.key == "ib-kade")
    outside = {
        "anonymous": Browser(region),
        "password only": Browser(region, insider, has_factor=False),
    }
    for who, browser in outside.items():
        for name, path, _verdict in _doors(region, judge, insider):
            _add(tally, who, name, OUTSIDE, browser, path)
    return tally


def _doors(region: Region, judge: Judge, persona: Persona) -> Iterator[tuple[str, str, Verdict]]:
    reader = reader_of(persona)
    for name in BY_ROLE:
        yield name, reverse(name), door(judge, reader, name)
    places = {"school": region.schools, "group": region.groups}
    for name, (kind, _may) in BY_PLACE.items():
        for key, row in places[kind].items():
            yield name, reverse(name, args=[row.pk]), place(judge, reader, name, key)


def _add(tally: Tally, who: str, name: str, verdict: Verdict, browser: Browser, path: str) -> None:
    response = browser.get(path)
    # A page with one thing to show goes on to it at once.
    is_in = lets_in(response, is_expected=verdict.is_permitted)
    tally.add(who, f"GET {name} {path[-13:-1]}", verdict, is_in, str(response.status_code))
