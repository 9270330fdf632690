"""The note of twenty seconds: from signed out to saved, on a phone with a passkey."""

import time

import pytest
from django.conf import settings

from cases.models import Signal
from teams.access.actor import as_system
from teams.models import Device
from tests.browser.test_axe import faults
from tests.browser.window import PHONE, Windows
from tests.world import World

pytestmark = pytest.mark.browser
LONGEST_SECONDS = 20.0


def test_from_signed_out_to_saved_on_a_registered_phone(region: World, windows: Windows, axe):
    teacher = region.people["teacher-kade"]
    window = windows(viewport=PHONE, has_touch=True)
    window.give_key()
    window.be(teacher)
    window.open("/accounts/2fa/webauthn/add/")
    window.page.locator("#id_name").fill("Telefoon van de juf")
    window.click("Maken")
    window.page.wait_for_url("**/recovery-codes/**")
    window.open("/sessies/telefoon/")
    window.click("Deze telefoon aanmelden")
    window.page.wait_for_url("**/sessies/")
    assert Device.objects.filter(person=teacher).exists()
    assert faults(window, axe) == []
    window.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    began = time.monotonic()
    window.open("/snel/")
    window.click("Raak aan")
    window.page.wait_for_url("**/snel/")
    window.tick("Noor V.")
    window.fill("Wat zag of hoorde u", "Noor at haar brood niet op en wilde niet naar buiten.")
    window.click("Bewaren")
    window.page.get_by_text("Bewaard.").first.wait_for()
    seconds = time.monotonic() - began
    print(f"Snel noteren: {seconds:.1f} seconds from signed out to saved")
    assert seconds < LONGEST_SECONDS

    assert faults(window, axe) == []
    with as_system("test"):
        assert Signal.objects.get().created_by == teacher
    # The same session opens nothing else.
    window.open("/casussen/")
    assert window.path.startswith("/accounts/login/")
    assert window.complaints == []
