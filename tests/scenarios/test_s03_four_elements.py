"""S-03: an agreement without "wat moet het opleveren" is refused by name of what is missing."""

import pytest

from tests.scenarios.ways import agreed, agreement, consulted

MISSING = {
    "doer": "“wie”",
    "what": "“doet wat”",
    "needed": "“wat is daarvoor nodig”",
    "yields": "“wat moet het opleveren”",
}


@pytest.mark.parametrize("element", MISSING)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(route, element):
    case = consulted(route)
    page = route.ib.step(case, "T-06", **agreement(route, **{element: ""}))
    assert page.status == 409
    assert page.reasons == {"agreements_are_complete"}
    assert f"Bij afspraak 1 ontbreekt {MISSING[element]}." in page.text
    kept = {name: value for name, value in agreement(route).items() if not name.endswith(element)}
    form = page.form()
    assert all(form[name] == [value] for name, value in kept.items())
    assert route.ib.get(case).here == "Consult"


def test_the_second_row_is_looked_at_as_well(route):
    case = consulted(route)
    rows = agreement(route) | agreement(route, 1, what="belt thuis", yields="")
    page = route.ib.step(case, "T-06", **rows)
    assert page.status == 409
    assert "Bij afspraak 2 ontbreekt “wat moet het opleveren”." in page.text


def test_the_evaluation_lies_ahead_and_within_eight_school_weeks(route):
    case = consulted(route)
    for day in ("", route.day(0), route.day(120)):
        page = route.ib.step(case, "T-06", **agreement(route, evaluate_on=day))
        assert page.status == 409 and page.reasons == {"evaluation_is_within_term"}


def test_complete_agreements_run(route):
    page = route.ib.get(agreed(route))
    assert "vangt op bij de deur" in page.text
