"""The other ways from the OT on, each taken once by its form (T-17 to T-19, T-22, T-23, T-26, T-31, T-32)."""

from arrangements.models import Facility
from cases.enums import Conclusion, EvaluationConclusion
from tests.scenarios.ways import (
    accepted,
    evaluated,
    held,
    item_of,
    lay,
    ot_ahead,
    ot_concluded,
    ot_convened,
    paper,
    plan_written,
    running,
)

WHY = "School kan dit niet alleen."


def test_parents_who_stay_away_twice(route):
    case = ot_convened(route)
    accepted(route, case)
    for round_ in (1, 2):
        item = item_of(route, case, "OT")
        route.later(3)
        names = route.ib.get(f"{item}aanwezig/").names("seen-")
        assert held(route, item, absent=tuple(names), conclusion=Conclusion.BASIC).is_done
        assert "onder voorbehoud" in route.ib.get(item).text
        if round_ == 1:
            plan_written(route, case)
            refused = route.head.step(case, "T-16")
            assert refused.reasons == {"parents_were_there_or_invited_twice"}
            assert route.head.step(case, "T-17", reason="Ouders ontbraken.").is_done
            lay(route, case, "OT", student_choice="later")
            assert route.head.step(case, "T-15").here == "OT"
    assert route.head.step(case, "T-16").here == "Uitvoering"


def test_a_report_that_asks_for_more_says_why_before_it_is_final(route):
    case = ot_convened(route)
    item = item_of(route, case, "OT")
    route.later(3)
    assert route.ib.post(f"{item}aanwezig/").is_done
    assert route.ib.post(f"{item}verslag/", conclusion=Conclusion.ADDITIONAL, NODIG="Rust.").is_done
    page = route.head.send(f"{item}definitief/")
    assert page.status == 409 and page.reasons == {"more_support_is_needed"}
    given = {"conclusion": Conclusion.ADDITIONAL, "conclusion_reason": WHY}
    assert route.ib.post(f"{item}verslag/", **given).is_done
    assert route.head.post(f"{item}definitief/", at=item).is_done


def _weighing(route):
    """The OT concluded that more is needed; the plan is written and the regie accepted."""
    case = ot_convened(route)
    accepted(route, case)
    ot_concluded(route, case, conclusion=Conclusion.ADDITIONAL, conclusion_reason=WHY)
    assert "ot_concludes" in route.head.step(case, "T-16").reasons
    plan_written(route, case)
    assert route.ib.step(case, "T-18").here == "Afweging"
    return case


def test_a_free_facility_fits(route):
    region = route.world.organizations["town"]
    facility = Facility.objects.create(name="Inloop CJG", region=region)
    case = _weighing(route)
    refused = route.ib.step(case, "T-22", do_carers_agree="on")
    assert refused.reasons == {"facility_fits"}
    where = f"{case}voorzieningen/"
    given = {"facility": str(facility.pk), "fits": "ja", "why": "Dichtbij en zonder wachten."}
    assert route.ib.post(where, **given).is_done
    assert route.ib.step(case, "T-22").reasons == {"carers_agree"}
    assert route.ib.step(case, "T-22", do_carers_agree="on").here == "Uitvoering"


def test_back_from_weighing_and_finished_at_the_second_ot(route):
    case = _weighing(route)
    page = route.ib.step(case, "T-23", reason="Ouders willen dit niet.")
    assert page.here == "OT voorbereiden"
    lay(route, case, "OT", student_choice="Later.")
    assert route.head.step(case, "T-15").here == "OT"
    assert route.head.step(case, "T-19", reason="Klaar.").reasons >= {"ot_is_held"}
    ot_concluded(route, case, conclusion=Conclusion.NOTHING_NEEDED)
    assert route.head.step(case, "T-19", reason="Klaar.").reasons == {"carers_agree"}
    page = route.head.step(case, "T-19", reason="Klaar.", do_carers_agree="on")
    assert page.here == "Afgerond"


def test_an_evaluation_leads_back_to_the_ot_and_the_plan_starts_again(route):
    case = running(route)
    page = evaluated(route, case, EvaluationConclusion.CONTINUE)
    assert page.reasons == {"next_evaluation_is_set"}
    page = evaluated(route, case, EvaluationConclusion.CONTINUE, next_on=route.day(40))
    assert page.here == "Uitvoering"
    assert route.ib.step(case, "T-26").reasons == {"evaluation_asks_for_ot"}
    assert evaluated(route, case, EvaluationConclusion.BACK_TO_OT).is_done
    assert route.ib.step(case, "T-26").here == "OT voorbereiden"
    lay(route, case, "OT", student_choice="Later.")
    assert route.head.step(case, "T-15").here == "OT"
    assert "ot_report_is_final" in route.head.step(case, "T-16").reasons
    ot_concluded(route, case, conclusion=Conclusion.BASIC)
    assert route.head.step(case, "T-16").here == "Uitvoering"


def test_a_closed_case_walks_the_route_again_with_a_plan_of_its_own(route):
    case = running(route)
    evaluated(route, case, EvaluationConclusion.FINISH)
    assert route.head.step(case, "T-27").here == "Afgerond"
    assert route.ib.step(case, "T-32", reason="Het begint opnieuw.").here == "Signaal"
    assert route.ib.step(case, "T-10", reason="Het houdt aan.").here == "VOT gevraagd"
    lay(route, case, "VOT")
    assert route.head.step(case, "T-11").here == "VOT"
    assert route.ib.step(case, "T-13").reasons == {"vot_report_is_final"}
    item = item_of(route, case, "VOT")
    route.later(3)
    held(route, item)
    assert route.ib.step(case, "T-13").here == "OT voorbereiden"
    lay(route, case, "OT", student_choice="Later.")
    assert route.head.step(case, "T-15").here == "OT"
    accepted(route, case)
    ot_concluded(route, case, conclusion=Conclusion.BASIC)
    assert "plan_has_goals" in route.head.step(case, "T-16").reasons
    plan_written(route, case, goal="Speelt weer mee")
    assert route.head.step(case, "T-16").here == "Uitvoering"


def test_moving_to_another_school_asks_for_consent(route):
    case = ot_ahead(route)
    given = {"new_school": "De Werf", "are_carers_told": "on"}
    assert route.ib.step(case, "T-31", **given).reasons == {"handover_is_consented"}
    asking = f"{case}toestemming/?doel=h"
    assert route.ib.post(asking, recipient_name="De Werf").is_done
    for carer in route.world.carers["noor"]:
        link = route.ib.get(f"{case}toestemming/").link(f"van={carer.pk}")
        assert route.ib.post(link, decision="VERLEEND", form="PAPIER", scan=paper()).is_done
    assert route.ib.step(case, "T-31", **given).here == "Overgedragen"
