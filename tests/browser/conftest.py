"""What a test in the browser gets: the small world on a live server, windows, and a clock to move."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from config.demo.programs import mail_folder
from config.embedded.layout import Layout
from teams import clock
from teams.models import ClockOffset
from tests.browser.window import Window, Windows, opened
from tests.demo_mark import marked_as_demo
from tests.world import NOW, World, build_world


@pytest.fixture
def move_to(transactional_db: None, settings: Any) -> Iterator[Callable[[timedelta], None]]:
    """Every process stands at the world's moment; gives a way to move on from there."""
    settings.DEMO = True

    def move(step: timedelta) -> None:
        offset = NOW + step - timezone.now()
        ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
        clock.forget()

    move(timedelta(0))
    yield move
    clock.forget()


@pytest.fixture
def demo_mark(
    move_to: Callable[[timedelta], None], settings: Any, tmp_path: Path
) -> Iterator[Path]:
    """A database marked as a demo, so that the door and the mailbox of the demo open. Gives its mails."""
    settings.LAYOUT = Layout(tmp_path, tmp_path / "postgres", tmp_path / "run", {})
    with marked_as_demo():
        yield mail_folder(settings.LAYOUT)


@pytest.fixture
def region(move_to: Callable[[timedelta], None]) -> World:
    """The small world, written for every process to see."""
    return build_world()


@pytest.fixture
def windows(browser: Browser, live_url: str) -> Iterator[Windows]:
    """A way to open windows; each closes with its test."""
    made: list[Window] = []

    def make(**context: Any) -> Window:
        made.append(opened(browser, live_url, **context))
        return made[-1]

    yield make
    for window in made:
        window.page.context.close()
