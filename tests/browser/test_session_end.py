"""A-63: a session that ends takes nothing typed with it, and leaves nothing on the screen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Draft
from teams.models import Session
from tests.browser.test_axe import faults
from tests.browser.window import DESK, Windows
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.real_limits]
TYPED = "Moeder belde: Noor slaapt slecht sinds de verhuizing."


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that ends after half a minute instead of a quarter."""
    monkeypatch.setattr("teams.access.limits.IDLE", timedelta(seconds=30))
    monkeypatch.setattr("teams.access.limits.SEEN_EVERY", timedelta(seconds=1))


def test_a_warning_comes_first_and_one_click_goes_on(
    region: World, windows: Windows, axe, short: None
):
    window = windows(viewport=DESK)
    window.be(region.people["ib-kade"])
    window.open("/notities/nieuw/")
    box = window.page.locator(".session-box")
    box.wait_for()
    assert "wordt u afgemeld" in box.inner_text()
    assert faults(window, axe) == []
    with window.page.expect_response("**/sessie/door/") as told:
        window.click("Ik werk door")
    assert told.value.json()["seconds"] >= 29
    assert window.complaints == []


def test_what_was_typed_comes_back_to_its_writer_alone(
    region: World, windows: Windows, axe, short: None
):
    window, person = windows(viewport=DESK), region.people["ib-kade"]
    window.be(person)
    window.open("/notities/nieuw/")
    window.fill("In één regel", TYPED)
    window.page.get_by_text("Concept bewaard om").wait_for()
    draft = Draft.objects.get()
    assert "Noor" not in str(draft.body)
    Session.objects.filter(person=person).delete()
    window.page.locator("body.signed-out").wait_for(timeout=60_000)
    assert not window.page.get_by_label("In één regel").is_visible()
    assert faults(window, axe) == []
    # Someone else at the same desk finds nothing.
    window.be(region.people["head-kade"])
    window.open("/notities/nieuw/")
    window.page.wait_for_load_state("networkidle")
    assert "Moeder belde" not in window.page.content()
    window.be(person)
    window.open("/notities/nieuw/")
    window.page.get_by_text("Er is een niet bewaarde tekst").wait_for()
    assert TYPED in window.text
    window.click("Terugzetten")
    with window.page.expect_response(lambda answer: "/concepten/" in answer.url):
        window.click("Bewaren")
    window.page.wait_for_url(lambda url: reverse("note-new") not in url)
    assert not Draft.objects.exists()
