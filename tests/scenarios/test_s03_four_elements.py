"""S-03: an agreement without "wat moet het opleveren" is refused by name of what is missing."""

from tests.scenarios.ways import agreement, consulted

MISSING = {
    "doer": "“wie”",
    "what": "“doet wat”",
    "needed": "“wat is daarvoor nodig”",
    "yields": "“wat moet het opleveren”",
}


def test_what_is_missing_is_named_and_nothing_typed_is_lost(route):
    case = consulted(route)
    for element, words in MISSING.items():
        page = route.ib.step(case, "T-06", **agreement(route, **{element: ""}))
        assert page.status == 409
        assert page.reasons == {"agreements_are_complete"}
        assert f"Bij afspraak 1 ontbreekt {words}." in page.text
        kept = agreement(route)
        del kept[f"rows-0-{element}"]
        form = page.form()
        assert all(form[name] == [value] for name, value in kept.items())
    assert route.ib.get(case).here == "Consult"


def test_every_row_is_looked_at(route):
    case = consulted(route)
    rows = agreement(route) | agreement(route, 1, what="belt thuis", yields="")
    page = route.ib.step(case, "T-06", **rows)
    assert page.status == 409
    assert "Bij afspraak 2 ontbreekt “wat moet het opleveren”." in page.text
    # The evaluation lies ahead, and within eight school weeks.
    for day in ("", route.day(0), route.day(120)):
        page = route.ib.step(case, "T-06", **agreement(route, evaluate_on=day))
        assert page.status == 409 and page.reasons == {"evaluation_is_within_term"}
    page = route.ib.step(case, "T-06", **agreement(route))
    assert page.here == "Afspraken" and "vangt op bij de deur" in page.text
