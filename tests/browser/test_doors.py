"""The way in and the pages that say no: through axe at both widths, and by the keyboard."""

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Page

from tests.browser.error_pages import CODES
from tests.browser.test_axe import faults
from tests.browser.window import PASSWORD, Windows
from tests.world import World

pytestmark = pytest.mark.browser

ERRORS = [f"/fout/{code}/" for code in CODES] + ["/fout/409/reden/", "/fout/409/tekst/"]


@pytest.mark.urls("tests.browser.error_pages")
@pytest.mark.parametrize("reader", ["ib-kade", ""])
def test_pages_that_say_no(
    region: World, windows: Windows, axe: Callable[[Page], list[str]], reader: str
):
    window = windows()
    window.be(region.people.get(reader))
    found = []
    for path in ERRORS if reader else ["/bestaat-niet/", "/bestaat/niet/"]:
        window.complaints.clear()
        status = window.open(path)
        assert status >= 400, path
        assert window.page.get_by_role("heading", level=1).count() == 1, path
        found += [f"{path}: {line}" for line in faults(window, axe)]
        # The browser itself complains of the status, and of nothing else.
        found += [line for line in window.complaints if f"status of {status}" not in line]
    assert not found, "\n".join(found)


def test_signing_in_with_a_second_factor_by_keyboard(
    region: World, windows: Windows, axe: Callable[[Page], list[str]]
):
    person, secret = region.people["teacher-kade"], generate_totp_secret()
    TOTP.activate(person, secret)
    window = windows()
    window.open("/casussen/")
    keyboard = window.page.keyboard
    window.page.locator("#id_login").focus()
    keyboard.type(person.email)
    while window.page.evaluate("document.activeElement.id") != "id_password":
        keyboard.press("Tab")
    keyboard.type("een verkeerd wachtwoord")
    keyboard.press("Enter")
    window.page.locator("main [role=alert]").first.wait_for()
    assert faults(window, axe) == []
    window.page.locator("#id_password").fill(PASSWORD)
    keyboard.press("Enter")
    window.page.wait_for_url("**/2fa/authenticate/**")
    assert faults(window, axe) == []
    counter = next(iter(yield_hotp_counters_from_time()))
    window.page.locator("#id_code").fill(format_hotp_value(hotp_value(secret, counter)))
    keyboard.press("Enter")
    window.page.wait_for_url("**/casussen/")
    assert window.complaints == []


def test_a_key_is_made_and_asked_for_again(
    region: World, windows: Windows, axe: Callable[[Page], list[str]]
):
    window = windows()
    window.give_key()
    window.type_password(region.people["nurse-fien"])
    assert window.path == "/accounts/2fa/"
    assert "Voor uw rol is een passkey nodig." in window.text
    assert faults(window, axe) == []
    window.click("Passkey maken", role="link")
    window.page.locator("#id_name").fill("Telefoon van Fien")
    assert faults(window, axe) == []
    window.click("Maken")
    window.page.wait_for_url("**/recovery-codes/")
    assert window.main.locator(".codes li").count() == 10
    assert faults(window, axe) == []
    window.click("Ik heb ze bewaard", role="link")
    window.open("/accounts/2fa/recovery-codes/")
    assert window.main.locator(".codes li").count() == 0
    window.open("/accounts/2fa/webauthn/")
    assert "Telefoon van Fien" in window.text
    for path in ("", "totp/activate/", "webauthn/reauthenticate/", "recovery-codes/generate/"):
        window.open(f"/accounts/2fa/{path}")
        assert faults(window, axe) == [], path
    assert window.complaints == []
