"""The other ways before the OT, each taken once by its form (T-03, T-09, T-10, T-12, T-14)."""

import pytest

from cases.forms.late import GOES_ON
from tests.scenarios.ways import agreed, lay, signaled, vot_convened


def test_a_lapsed_signal_closes(route):
    case = signaled(route)
    assert route.ib.step(case, "T-03").reasons == {"reason_is_given", "carers_are_told"}
    page = route.ib.step(case, "T-03", reason="Het was de verhuizing.", are_carers_told="on")
    assert page.here == "Afgerond"


def test_a_vot_straight_from_the_signal_is_mandatory(route):
    case = signaled(route)
    assert route.ib.step(case, "T-10", reason="").reasons == {"grounds_are_named"}
    assert route.ib.step(case, "T-10", reason="Het houdt aan.").here == "VOT gevraagd"
    assert "vot_is_voluntary" in route.head.step(case, "T-12", reason="Nee.").reasons


def test_a_voluntary_vot_can_be_given_back(route):
    case = agreed(route)
    assert route.ib.step(case, "T-09", reason="We komen er niet uit.").here == "VOT gevraagd"
    assert route.head.step(case, "T-12", reason="Wacht af.").reasons == {"requester_agrees"}
    page = route.head.step(case, "T-12", reason="Wacht af.", requester_agrees="on")
    assert page.here == "Afspraken"


@pytest.mark.parametrize(("goes_on", "here"), [(GOES_ON, "Afspraken"), ("afronden", "Afgerond")])
def test_no_ot_only_by_exception(route, goes_on, here):
    case = vot_convened(route)
    assert route.ib.step(case, "T-14", reason="Vertrekt.").status == 403
    assert route.head.step(case, "T-14", reason="Vertrekt.").reasons == {"carers_are_spoken"}
    given = {"reason": "Zorg is weg.", "talk": "Gebeld met moeder.", "goes_on": goes_on}
    page = route.head.step(case, "T-14", **given)
    assert page.here == here, page


def test_haste_of_before_ends_with_the_case(route):
    case = signaled(route)
    page = route.ib.step(case, "T-10", reason="Het houdt aan.", is_urgent="on")
    assert "Met spoed" in page.text
    lay(route, case, "VOT")
    assert route.head.step(case, "T-11").here == "VOT"
    given = {"reason": "Zorg is weg.", "talk": "Gebeld met moeder."}
    assert route.head.step(case, "T-14", **given).here == "Afgerond"
    page = route.ib.step(case, "T-32", reason="Toch weer.")
    assert page.here == "Signaal" and "Met spoed" not in page.text
