"""S-02: consult outcome 1 closes the case to satisfaction; a new signal in the year reopens it."""

from tests.scenarios.ways import consulted


def test_outcome_one_closes_and_a_new_signal_reopens(route):
    case = consulted(route)
    refused = route.ib.step(case, "T-05", motivation="")
    assert refused.status == 409
    assert refused.reasons == {"outcome_is_motivated", "carers_are_told"}
    assert "Ouders zijn nog niet op de hoogte gebracht." in refused.text
    given = {"motivation": "De zorg is weg.", "are_carers_told": "on"}
    assert route.teacher.step(case, "T-05", **given).status == 403
    page = route.ib.step(case, "T-05", **given)
    assert page.here == "Afgerond"
    assert "Noor Veen" in route.ib.get("/casussen/?stand=CLOSED").text

    route.later(30)
    refused = route.ib.step(case, "T-32", reason="")
    assert refused.status == 409 and refused.reasons == {"reason_is_given"}
    page = route.ib.step(case, "T-32", reason="Staat weer bij de deur.")
    assert page.path == case and page.here == "Signaal"
    assert "Staat weer bij de deur." in page.text


def test_after_the_year_a_new_case_is_opened(route):
    case = consulted(route)
    route.ib.step(case, "T-05", motivation="De zorg is weg.", are_carers_told="on")
    route.later(300)
    page = route.ib.step(case, "T-32", reason="Staat weer bij de deur.")
    assert page.path != case and page.here == "Signaal"
    assert "Staat weer bij de deur." in page.text
    assert route.ib.get(case).here == "Afgerond"
