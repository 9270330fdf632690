"""Groepsbespreking: a class of 25, walked in one round with four notes and one save (ui.md)."""

from datetime import date

import pytest

from tests.scenarios.ways import signaled
from tests.world import add_student

NOTES = {
    "Noor Veen": "Komt nu zelf de klas in.",
    "Daan Kok": "Werkt graag samen.",
    "Kind3 Berg": "Vaak moe op maandag.",
    "Kind23 Berg": "Leest boven niveau.",
}


@pytest.fixture
def group(route):
    """Group 5A with 25 pupils; one of them has a case."""
    for number in range(1, 24):
        add_student(route.world, f"kind{number}", f"Kind{number}", "Berg", born=date(2016, 5, 5))
    signaled(route)
    return f"/groepsbespreking/{route.world.groups['kade'].pk}/"


def _fields(page):
    rows = page.tree.xpath("//tbody/tr")
    return {
        row.xpath("string(.//th)").strip(): row.xpath(".//input[@type='text']/@name")[0]
        for row in rows
    }


def test_a_class_is_walked_with_four_notes_in_one_save(route, group):
    assert route.teacher.get("/groepsbespreking/").answer.status_code == 200
    page = route.teacher.get(group)
    fields = _fields(page)
    assert len(fields) == 25
    assert page.text.count("geen casus") == 24 and "Signalering sinds 23 nov" in page.text
    lines = {fields[name]: text for name, text in NOTES.items()}
    ticked = fields["Kind7 Berg"].replace("line-", "tick-")
    saved = route.teacher.fill(page, group, **lines, **{ticked: "on"})
    assert "5 regels bewaard." in saved.text
    case = route.ib.get("/casussen/").link("/casussen/", "Noor Veen")
    assert NOTES["Noor Veen"] in route.ib.get(case).text
    for name in ("Daan Kok", "Kind23 Berg"):
        child = page.link("/leerlingen/", name)
        assert NOTES[name] in route.ib.get(child).text, route.ib.get(child)
    assert (
        "besproken, geen bijzonderheden"
        in route.ib.get(page.link("/leerlingen/", "Kind7 Berg")).text.lower()
    )
    # A round takes no step, opens no case, and does not exist for another school.
    assert "1 casus" in route.ib.get("/casussen/").text
    assert route.person("teacher-werf").get(group).status == 404
    assert route.person("teacher-werf").send(group).status == 404
