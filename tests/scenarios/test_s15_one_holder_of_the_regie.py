"""S-15: a declined regie stays where it was; until somebody accepts, the old holder keeps it."""

import pytest

from tests.scenarios.ways import accepted, consented, lay, ot_ahead, ot_convened

HANDOVER = "Moeder belt liever dan dat ze mailt."


def _holder(route, case):
    """Who has the regie, as the page about it says."""
    page = route.teacher.get(f"{case}regie/")
    card = page.tree.xpath("//section[@aria-labelledby='houder']")[0]
    return " ".join(card.text_content().split())


def _offer(route, case, person, role, **more):
    candidate = f"{route.world.people[person].pk}:{role}"
    return route.ib.post(f"{case}regie/", candidate=candidate, **more)


def _answer(person, case, answer):
    return person.post(f"{case}regie/antwoord/", at=f"{case}regie/", answer=answer)


@pytest.fixture
def case(route):
    """The intern begeleider holds the regie; the onderwijsspecialist sits at the OT with consent."""
    case = ot_ahead(route)
    consented(route, case, "swv")
    omar = f"person:{route.world.people['education-omar'].pk}"
    seat = {f"in-{omar}": "on", f"why-{omar}": "gaf advies in het consult"}
    lay(route, case, "OT", student_choice="Noor wil dat eerst niet.", **seat)
    assert route.head.step(case, "T-15").here == "OT"
    accepted(route, case)
    return case


def test_the_specialist_declines_and_the_coordinator_stays(route, case):
    assert _offer(route, case, "education-omar", "EDUCATION_SPECIALIST").reasons == {
        "handover_is_written"
    }
    page = _offer(route, case, "education-omar", "EDUCATION_SPECIALIST", handover=HANDOVER)
    assert "De regie is aangeboden aan Education Omar." in page.text
    assert "Wie heeft de regie Ib Kade" in _holder(route, case)
    omar = route.person("education-omar")
    assert "De regie is aan u aangeboden" in omar.get(f"{case}regie/").text
    page = _answer(omar, case, "nee")
    assert "Wie de regie had, houdt die." in page.text
    assert "Wie heeft de regie Ib Kade" in _holder(route, case)
    # Asked again: until the other accepts the old holder remains.
    _offer(route, case, "education-omar", "EDUCATION_SPECIALIST", handover=HANDOVER)
    assert "Wie heeft de regie Ib Kade" in _holder(route, case)
    assert route.teacher.send(f"{case}regie/antwoord/", answer="ja").status == 403
    _answer(omar, case, "ja")
    assert "Wie heeft de regie Education Omar" in _holder(route, case)
    assert "Regie: Education Omar" in route.ib.get(case).text
    assert HANDOVER in omar.get(case).text


def test_an_offer_that_nobody_answers_lapses_and_the_holder_stays(route, case):
    _offer(route, case, "education-omar", "EDUCATION_SPECIALIST", handover=HANDOVER)
    for _ in range(8):
        route.later(1)
        route.mails()
    assert "Wie heeft de regie Ib Kade" in _holder(route, case)
    assert "nog geen antwoord" not in _holder(route, case)


def test_without_anybody_the_head_holds_it_by_default(route):
    case = ot_convened(route)
    assert "Wie heeft de regie Head Kade" in _holder(route, case)
    assert "Nog niemand nam de regie aan. De directeur heeft die zolang." in _holder(route, case)
    accepted(route, case)
    assert "Wie heeft de regie Ib Kade" in _holder(route, case)
