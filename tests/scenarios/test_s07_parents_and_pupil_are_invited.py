"""S-07: no OT without every parent with custody, nor without the pupil of 13."""

from tests.scenarios.ways import lay, ot_ahead


def _seats(page):
    """The ticks of the family at the table, parents first."""
    carers = page.names("in-carer:")
    return carers, page.names("in-student")


def test_an_ot_without_every_parent_with_custody_is_refused(route):
    case = ot_ahead(route)
    carers, _ = _seats(route.ib.get(f"{case}tafel/OT/"))
    lay(route, case, "OT", student_choice="later", **dict.fromkeys(carers))
    refused = route.head.step(case, "T-15")
    assert refused.status == 409 and refused.reasons == {"parents_are_invited"}
    words = "Linda Veen en Youssef Veen hebben gezag en zijn nog niet uitgenodigd."
    assert words in refused.text, refused
    assert route.head.get(case).here == "OT voorbereiden"
    # With one of the two the other is still missed, by name.
    father = f"in-carer:{route.world.carers['noor'][1].pk}"
    ticks = {**dict.fromkeys(carers, "on"), father: None}
    lay(route, case, "OT", student_choice="later", **ticks)
    refused = route.head.step(case, "T-15")
    assert refused.status == 409 and refused.reasons == {"parents_are_invited"}
    assert refused.row("gezag").startswith("Youssef Veen heeft gezag en is nog niet uitgenodigd.")
    lay(route, case, "OT", student_choice="later", **{father: "on"})
    assert route.head.step(case, "T-15").here == "OT"


def test_a_pupil_of_thirteen_sits_at_the_table(route):
    case = ot_ahead(route, "Daan Kok")
    page = route.ib.get(f"{case}tafel/OT/")
    _, student = _seats(page)
    assert page.form()[student[0]] == ["on"]
    lay(route, case, "OT", **{student[0]: None})
    refused = route.head.step(case, "T-15")
    assert refused.status == 409 and refused.reasons == {"student_is_invited_or_chose"}
    assert "Daan is 13 jaar en hoort zelf te zijn uitgenodigd." in refused.text
    lay(route, case, "OT", **{student[0]: "on"})
    assert route.head.step(case, "T-15").here == "OT"


def test_of_a_younger_pupil_the_choice_is_recorded(route):
    case = ot_ahead(route)
    lay(route, case, "OT")
    refused = route.head.step(case, "T-15")
    assert refused.status == 409 and refused.reasons == {"student_is_invited_or_chose"}
    lay(route, case, "OT", student_choice="Noor wil eerst van haar ouders horen.")
    assert route.head.step(case, "T-15").here == "OT"
    assert (
        "Noor wil eerst van haar ouders horen."
        in route.ib.get(route.ib.get(f"{case}overleg/").link("/casus/", "OT")).text
    )
