"""S-19: consent (c) given and (d) refused are two answers; the one never implies the other."""

from cases.enums import ConsentDecisionKind, ConsentForm
from cases.models import Case, Consent
from cases.queries.facts import CaseFacts
from tests.scenarios.ways import paper, signaled


def ask(route, case: str, purpose: str, **fields) -> str:
    """Ask for one purpose. Gives the address of the consent."""
    asked = route.ib.post(f"{case}toestemming/?doel={purpose}", **fields)
    assert asked.is_done, asked
    consent = Consent.unscoped.latest("created_at")
    return f"/toestemming/{consent.pk}/"


def answer(route, where: str, decision: str) -> None:
    """Both parents answer the same."""
    for carer in route.world.carers["noor"]:
        given = {"giver": str(carer.pk), "decision": decision, "form": ConsentForm.PAPER}
        page = route.ib.post(where, scan=paper(), **given)
        assert page.is_done, page


def test_school_to_wijkteam_says_nothing_of_wijkteam_to_school(route):
    case = signaled(route)
    district = str(route.world.organizations["district"].pk)
    there = ask(route, case, "c", recipients=[district])
    route.clock.shift(60)
    back = ask(route, case, "d", sender=district)
    assert "De Kade → vertelt aan Wijkteam West" in route.ib.get(there).text
    assert "Wijkteam West → vertelt aan De Kade" in route.ib.get(back).text
    answer(route, there, ConsentDecisionKind.GIVEN)
    answer(route, back, ConsentDecisionKind.REFUSED)
    facts = CaseFacts(Case.unscoped.select_related("student").get(), route.today)
    school, team = route.world.organizations["kade"].pk, route.world.organizations["district"].pk
    assert facts.is_valid("c", team) and not facts.is_valid("c", school)
    assert not facts.is_valid("d", school, "K4") and not facts.is_valid("d", team, "K4")
    page = route.ib.get(f"{case}toestemming/").text
    assert "Alleen deze kant op" in page and "wil dit niet" in page
