"""What changes data works in a browser that runs no script: noting, a step, a class round, a table."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.enums import MeetingKind, MeetingState
from cases.models import Case, Meeting, Note
from teams.access.actor import as_system
from tests.browser.window import PHONE, Window, Windows
from tests.cases.ladder import consulting_case
from tests.cases.late_ladder import vot_requested_case
from tests.world import NOW, World

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(region: World, windows: Windows) -> Callable[[str], Window]:
    """A window without scripts, on a phone; gives it for a person."""

    def make(key: str) -> Window:
        window = windows(java_script_enabled=False, viewport=PHONE)
        window.be(region.people[key])
        return window

    return make


def test_a_signal(plain: Callable[[str], Window]):
    window = plain("teacher-kade")
    window.open("/")
    window.page.locator('a[href="/signalen/nieuw/"]:visible').first.click()
    window.fill("Over wie", "Noor Veen")
    window.fill("Wat zag of hoorde u", "Zat alleen in de pauze.")
    window.tick("Ouders weten dit")
    window.page.get_by_role("button", name="Bewaren").first.click()
    assert "Noor Veen" in window.text
    assert Case.unscoped.count() == 1


def test_a_step_with_rows(region: World, plain: Callable[[str], Window]):
    case = consulting_case(region)
    window = plain("ib-kade")
    window.open(f"/casussen/{case.pk}/")
    window.step("T-06")
    for number, what in enumerate(("vangt op bij de deur", "belt elke vrijdag met thuis")):
        window.pick(f"#id_rows-{number}-doer", "Ib Kade")
        window.page.locator(f"#id_rows-{number}-what").fill(what)
        window.page.locator(f"#id_rows-{number}-needed").fill("tien minuten")
        window.page.locator(f"#id_rows-{number}-yields").fill("een rustig begin")
    window.page.locator('main button[data-stap="T-06"]').click()
    assert "belt elke vrijdag met thuis" in window.text
    assert case.agreements.model.unscoped.filter(case=case).count() == 2


def test_a_class_round(plain: Callable[[str], Window]):
    window = plain("teacher-kade")
    window.open("/groepsbespreking/")
    window.tick("Daan Kok besproken")
    window.fill("Eén regel over Noor Veen", "Lacht weer.")
    window.click("Alles bewaren")
    assert "2 regels bewaard." in window.text
    with as_system("look"):
        assert Note.objects.count() == 2


def test_a_table(region: World, plain: Callable[[str], Window]):
    case = vot_requested_case(region)
    window = plain("ib-kade")
    window.open(f"/casussen/{case.pk}/tafel/VOT/")
    window.fill("Andere datum", (NOW.date() + timedelta(days=3)).isoformat())
    window.tick("Er is haast bij")
    window.fill("Begint om", "13:00")
    window.click("Klaar: vraag de directeur")
    assert "De tafel ligt klaar." in window.text
    head = plain("head-kade")
    head.open(f"/casussen/{case.pk}/stap/T-11/")
    head.click("Bijeenroepen en uitnodigen")
    table = Meeting.unscoped.get(case=case, kind=MeetingKind.VOT)
    assert table.state == MeetingState.CONVENED
