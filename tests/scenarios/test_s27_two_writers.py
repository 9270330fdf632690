"""S-27: two intern begeleiders edit the OT report at once; the second gets both texts, nothing lost."""

import pytest

from teams.enums import Role
from tests.scenarios.ways import item_of, ot_convened
from tests.world import add_person


@pytest.fixture
def minutes(route):
    """The address of the report, and a second intern begeleider who may write it."""
    add_person(route.world, "ib-tweede", Role.SUPPORT_COORDINATOR, "kade")
    item = item_of(route, ot_convened(route), "OT")
    route.later(3)
    route.ib.post(f"{item}aanwezig/")
    return f"{item}verslag/"


def _write_at_once(route, path):
    first, second = route.ib, route.person("ib-tweede")
    mine, theirs = first.get(path), second.get(path)
    assert first.fill(mine, path, DOELEN="Rust in de klas.", GOED="Zij lacht.").is_done
    return second.fill(theirs, path, DOELEN="Zelf naar binnen.", NODIG="Tijd.")


def test_the_second_writer_sees_both_texts_and_keeps_both(route, minutes):
    page = _write_at_once(route, minutes)
    assert page.status == 409
    assert "Ib Kade bewaarde deze tekst terwijl u schreef." in page.text
    for text in ("Rust in de klas.", "Zelf naar binnen.", "Tijd."):
        assert text in page.text
    assert route.ib.get(minutes).form()["DOELEN"] == ["Rust in de klas."]
    # Both can stay.
    assert route.person("ib-tweede").press(page, "Beide houden").is_done
    form = route.ib.get(minutes).form()
    assert form["DOELEN"][0].split() == "Rust in de klas. Zelf naar binnen.".split()
    assert form["NODIG"] == ["Tijd."]
    assert form["GOED"] == ["Zij lacht."]


def test_one_can_stay(route, minutes):
    page = _write_at_once(route, minutes)
    assert route.person("ib-tweede").press(page, "Mijn versie houden").is_done
    form = route.ib.get(minutes).form()
    assert form["DOELEN"] == ["Zelf naar binnen."]
    assert form["GOED"] == ["Zij lacht."]
