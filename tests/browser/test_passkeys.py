"""A-2 in a real browser: a passkey is made, opens the door, and its copy does not."""

import pytest

from tests.browser.window import Windows
from tests.world import World

pytestmark = pytest.mark.browser


def test_a02_made_used_and_copied(region: World, windows: Windows) -> None:
    window = windows()
    ring = window.give_key()
    window.type_password(region.people["ib-kade"])
    window.click("Passkey maken", role="link")
    window.click("Maken")
    window.click("Ik heb ze bewaard", role="link")
    window.page.wait_for_url(window.address + "/")
    (copy,) = ring.keys()
    assert copy["isResidentCredential"] and copy["rpId"] == "localhost"

    window.page.context.clear_cookies()
    window.open("/accounts/login/?next=/casussen/")
    window.click("Aanmelden met een passkey")
    window.page.wait_for_url(lambda url: "/accounts/" not in url)
    assert window.open("/casussen/") == 200

    window.page.context.clear_cookies()
    window.type_password(region.people["ib-kade"])
    window.click("Gebruik uw passkey")
    window.page.wait_for_url(window.address + "/")

    # The copy signs as well as the original, and its counter lags behind.
    ring.put(copy)
    window.page.context.clear_cookies()
    window.open("/accounts/login/")
    window.click("Aanmelden met een passkey")
    window.page.get_by_text("Dit klopt niet.").wait_for()
    assert window.open("/casussen/") == 200
    assert window.path.startswith("/accounts/login/")


def test_a02_saying_no_on_the_device_says_so_on_the_page(region: World, windows: Windows) -> None:
    window = windows()
    window.give_key(isUserVerified=False)
    window.open("/accounts/login/")
    window.click("Aanmelden met een passkey")
    window.page.get_by_text("Het is afgebroken of duurde te lang.").wait_for()
