"""A-63: of what someone types at most the last five seconds are lost, and nobody else reads it.

Twenty-one scenarios: seven fields, and at each the session ends, the web server is gone, or the network.
"""

import time
from collections.abc import Callable

import pytest
from django.urls import reverse

from cases.models import Draft
from teams.models import Session
from tests.browser.window import Window, Windows
from tests.cases.ladder import consulting_case
from tests.world import NOW, World

pytestmark = pytest.mark.browser
KEPT = "Moeder belde: Noor slaapt slecht sinds de verhuizing."
LAST = " En dit schreef ik er in de laatste tel nog bij."
# The beat of the page, and what an answer takes on a busy machine.
SECONDS = 5 + 3
STEPS = (("T-02", "content"), ("T-02", "carers_words"), ("T-03", "reason"))
STEPS += (("T-05", "motivation"), ("T-07", "motivation"))


def _fields(region: World) -> list[tuple[str, str]]:
    case = consulting_case(region, now=NOW)
    steps = [(reverse("case-step", args=[case.pk, code]), name) for code, name in STEPS]
    return [(reverse("note-new"), "text"), (reverse("signal-new"), "observation"), *steps]


def _session_ends(window: Window) -> None:
    Session.objects.all().delete()


def _server_is_gone(window: Window) -> None:
    window.page.context.route("**/*", lambda route: route.abort("connectionrefused"))


def _network_is_cut(window: Window) -> None:
    window.page.context.set_offline(True)


def _restore(window: Window) -> None:
    window.page.context.unroute_all()
    window.page.context.set_offline(False)


@pytest.mark.parametrize("fails", [_session_ends, _server_is_gone, _network_is_cut])
def test_a63_at_most_five_seconds_are_lost(
    region: World, windows: Windows, fails: Callable[[Window], None]
) -> None:
    window, other = windows(), windows()
    writer, colleague = region.people["ib-kade"], region.people["head-kade"]
    for path, name in _fields(region):
        window.be(writer)
        assert window.open(path) == 200, path
        area = window.page.locator(f"textarea[name={name}]")
        # The page asked for an older draft before someone types.
        window.page.wait_for_load_state("networkidle")
        begun = time.monotonic()
        area.fill(KEPT)
        window.page.get_by_text("Concept bewaard om").first.wait_for()
        assert time.monotonic() - begun <= SECONDS, path
        area.fill(KEPT + LAST)
        fails(window)
        # Whoever looks away from the field tries to save at once.
        area.blur()
        window.page.get_by_text("Het concept is nu niet bewaard").first.wait_for()
        assert area.input_value() == KEPT + LAST
        window.page.goto("about:blank")
        _restore(window)

        assert [KEPT in str(row.body) for row in Draft.objects.all()] == [False], path
        other.be(colleague)
        other.open(path)
        other.page.wait_for_load_state("networkidle")
        assert "Moeder belde" not in other.page.content(), path

        window.be(writer)
        window.open(path)
        offer = window.page.get_by_text("Er is een niet bewaarde tekst")
        offer.wait_for()
        window.click("Terugzetten")
        assert area.input_value() == KEPT, path
        Draft.objects.all().delete()


def test_a63_once_the_network_is_back_nothing_is_lost(region: World, windows: Windows) -> None:
    window = windows()
    window.be(region.people["ib-kade"])
    window.open(reverse("note-new"))
    area = window.page.locator("textarea[name=text]")
    _network_is_cut(window)
    area.fill(KEPT + LAST)
    window.page.get_by_text("Het concept is nu niet bewaard").wait_for()
    assert not Draft.objects.exists()
    _restore(window)
    window.page.get_by_text("Concept bewaard om").wait_for()
    window.open(reverse("note-new"))
    window.click("Terugzetten")
    assert area.input_value() == KEPT + LAST
