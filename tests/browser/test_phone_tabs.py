"""On a phone a tab of a case begins at once: the route stands on the first, and the row of tabs shows which is open."""

import pytest

from tests.browser.window import PHONE, Windows
from tests.cases.ladder import signaling_case
from tests.world import World

pytestmark = pytest.mark.browser


def test_the_open_tab_is_in_view_and_its_content_comes_first(
    region: World, windows: Windows
) -> None:
    case = signaling_case(region)
    window = windows(viewport=PHONE, has_touch=True)
    window.be(region.people["ib-kade"])
    window.open(f"/casussen/{case.pk}/")
    assert window.page.locator("#route").is_visible()
    window.open(f"/casussen/{case.pk}/gekeken/")
    assert not window.page.locator("#route").is_visible()
    tab = window.page.locator(".tabs [aria-current]").bounding_box()
    assert tab and tab["x"] >= 0 and tab["x"] + tab["width"] <= PHONE["width"]
    title = window.page.locator("#gekeken").bounding_box()
    assert title and title["y"] < PHONE["height"]
    assert window.complaints == []
