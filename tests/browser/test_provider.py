"""Signing in by the provider of one's organization, in a real browser: the content policy lets it go and come back."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.window import Windows
from tests.door.provider import Provider, set_up
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def elsewhere(
    region: World, live_url: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    """The board's own provider, at another origin than ours."""
    provider = Provider(email=region.people["teacher-kade"].email)
    assert provider.issuer.split(":")[:2] != live_url.split(":")[:2]
    settings.SITE_ADDRESS = live_url
    set_up(provider, monkeypatch)
    yield provider
    provider.close()


def test_there_and_back_past_the_content_policy(elsewhere: Provider, windows: Windows) -> None:
    window = windows()
    window.open("/accounts/login/?next=/casussen/")
    window.click("Stichting Stroom", role="link")
    window.page.wait_for_url(window.address + "/accounts/2fa/")
    assert "/authorize" in elsewhere.asked
    assert window.complaints == []
