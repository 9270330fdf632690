"""Every page for its richest role: axe-core finds nothing, nothing scrolls sideways, nothing complains."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from teams.access.checks import patterns
from tests.access.full_case import LATER
from tests.browser.stage import Stage, build_stage, otherwise, visits
from tests.browser.window import DESK, PHONE, Window, Windows, signed_in
from tests.world import NOW

pytestmark = pytest.mark.browser

MAIL = """Subject: Er wacht iets op u
X-Envelope-To: ib-kade@voorbeeld.example
Content-Type: text/plain; charset=utf-8

Er wacht een vraag op u: http://127.0.0.1:8000/
"""


@pytest.fixture
def stage(region, move_to, demo_mark: Path) -> Stage:
    move_to(LATER - NOW)
    demo_mark.mkdir(parents=True)
    (demo_mark / "1795000000000000000-1.eml").write_text(MAIL)
    return build_stage(region)


def test_every_page_at_a_desk_and_on_a_phone(
    stage: Stage, windows: Windows, axe: Callable[[Page], list[str]]
):
    pages = visits(stage)
    assert sorted(names() - pages.keys() - otherwise(stage).keys()) == []
    window = windows()
    found = []
    for person, name, path in sorted(
        (visit.by, name, visit.path) for name, rows in pages.items() for visit in rows
    ):
        window.be(stage.full.world.people.get(person))
        found += [f"{name} for {person or 'nobody'}: {line}" for line in look(window, path, axe)]
    assert not found, "\n".join(found)


def names() -> set[str]:
    """The name of every address of the product."""
    return {pattern.name for _, pattern in patterns()}


def look(window: Window, path: str, axe: Callable[[Page], list[str]]) -> list[str]:
    """What is wrong with a page, at both widths."""
    window.complaints.clear()
    window.page.set_viewport_size(DESK)
    status = window.open(path)
    found = [] if status == 200 and window.path == path else [f"{status} at {window.path}"]
    return found + faults(window, axe) + window.complaints


def faults(window: Window, axe: Callable[[Page], list[str]]) -> list[str]:
    """What axe finds on the open page, and what scrolls sideways, at both widths."""
    found = []
    for size in (DESK, PHONE):
        window.page.set_viewport_size(size)
        width = size["width"]
        found += [f"{width} px: {line}" for line in axe(window.page)]
        if window.overflow() > 0:
            found.append(f"{width} px: {window.overflow()} px too wide")
    return found


def test_what_is_no_page_answers_as_one_expects(stage: Stage):
    for name, (visit, status) in otherwise(stage).items():
        client = signed_in(stage.full.world.people[visit.by])
        answer = client.get(visit.path)
        is_page = status == 200 and answer["Content-Type"].startswith("text/html")
        assert (answer.status_code, is_page) == (status, False), name


def test_the_look_itself_finds_what_is_wrong(
    region, windows: Windows, axe: Callable[[Page], list[str]]
):
    window = windows()
    window.open("/accounts/login/")
    window.page.evaluate(
        """() => {
            const wide = document.createElement("p");
            wide.textContent = "breed";
            wide.style.minWidth = "2000px";
            const script = document.createElement("script");
            script.textContent = "1";
            const picture = document.createElement("img");
            const small = document.createElement("div");
            for (const label of ["a", "b"]) {
                const button = document.createElement("button");
                button.textContent = label;
                button.style.cssText = "width:8px;height:8px;padding:0;min-height:0;border:0";
                small.append(button);
            }
            document.querySelector("main").append(wide, script, picture, small);
        }"""
    )
    found = "\n".join(faults(window, axe))
    assert "image-alt" in found
    assert "target-size" in found
    assert "px too wide" in found
    assert any("Content Security Policy" in line for line in window.complaints)
