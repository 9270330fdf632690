"""S-04: outcome 2 evaluated onvoldoende makes the VOT mandatory; no closing, no prolonging."""

from tests.scenarios.ways import agreed, agreement


def _evaluate(route, case, result):
    link = route.ib.get(case).link("/evalueren/")
    return route.ib.post(link, result=result, result_note="Zij bleef buiten staan.")


def test_onvoldoende_asks_for_the_vot_at_once(route):
    case = agreed(route)
    route.later(28)
    page = _evaluate(route, case, "ONVOLDOENDE")
    assert page.path == case and page.here == "VOT gevraagd"
    assert "De directeur is gevraagd om het VOT bijeen te roepen." in page.text
    assert "Verplicht" in route.head.get("/").row("Roep het VOT bijeen over Noor Veen")
    assert "Zij bleef buiten staan." in page.text


def test_the_coordinator_can_neither_close_nor_prolong(route):
    case = agreed(route)
    route.later(28)
    _evaluate(route, case, "ONVOLDOENDE")
    closed = route.ib.step(case, "T-08")
    prolonged = route.ib.step(case, "T-06", **agreement(route))
    for page in (closed, prolonged):
        assert page.status == 409, page
        assert page.reasons
    assert route.ib.get(case).here == "VOT gevraagd"
    assert not {"T-03", "T-05", "T-06", "T-08"} & route.ib.get(case).steps


def test_the_head_can_plan_it_but_not_give_it_back(route):
    case = agreed(route)
    route.later(28)
    _evaluate(route, case, "ONVOLDOENDE")
    page = route.head.step(case, "T-12", reason="Te druk.", requester_agrees="on")
    assert page.status == 409 and "vot_is_voluntary" in page.reasons
    assert "Dit VOT is verplicht en kan niet worden teruggegeven." in page.text


def test_voldoende_closes_only_when_every_agreement_is(route):
    case = agreed(route)
    refused = route.ib.step(case, "T-08")
    assert refused.status == 409 and refused.reasons == {"agreements_are_sufficient"}
    route.later(28)
    assert _evaluate(route, case, "VOLDOENDE").here == "Afspraken"
    assert route.ib.step(case, "T-08").here == "Afgerond"
