"""A class of 25 is walked in Groepsbespreking with the keyboard alone: four notes, one save."""

from datetime import date

import pytest

from cases.models import Note
from teams.access.actor import as_system
from tests.browser.window import Window, Windows
from tests.world import World, add_student

pytestmark = pytest.mark.browser

FIRST_NAMES = (
    "Ada Bas Cas Dana Emil Fleur Guus Hanna Ilse Jip Kiki Lars Mila Niek Otis Puck Quinn Roos Siem "
    "Teun Una Veerle Wout"
).split()
SAID = {
    "Bas": "Let beter op sinds hij vooraan zit.",
    "Hanna": "Vaak moe op maandag, navragen thuis.",
    "Roos": "Leest nu graag voor aan een ander.",
    "Wout": "Zoekt rust bij het aquarium.",
}
MOST_KEYS = 120


def focused(window: Window) -> str:
    """The words by which a screen reader names what has the focus."""
    return str(
        window.page.evaluate(
            "() => { const a = document.activeElement;"
            " return a.labels && a.labels.length ? a.labels[0].textContent.trim()"
            " : a.textContent.trim(); }"
        )
    )


def tab_to(window: Window, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(MOST_KEYS):
        window.page.keyboard.press("Tab")
        if words in focused(window):
            return
    raise AssertionError(f"the keyboard never reached {words!r} on {window.path}")


def test_a_class_of_25_with_four_notes_by_keyboard_only(region: World, windows: Windows):
    for number, name in enumerate(FIRST_NAMES):
        add_student(region, name.lower(), name, "Bakker", born=date(2016, 1, 1 + number))
    window = windows()
    window.be(region.people["teacher-kade"])
    window.open("/groepsbespreking/")
    assert window.page.locator("tbody tr").count() == 25
    keyboard = window.page.keyboard
    tab_to(window, "Naar de inhoud")
    keyboard.press("Enter")
    for name, text in SAID.items():
        tab_to(window, f"{name} Bakker besproken")
        keyboard.press("Space")
        tab_to(window, f"Eén regel over {name} Bakker")
        keyboard.type(text)
    tab_to(window, "Alles bewaren")
    keyboard.press("Enter")
    window.page.get_by_text("4 regels bewaard.").wait_for()
    with as_system("look"):
        kept = {note.student.first_name: note.text for note in Note.objects.all()}
    assert kept == SAID
    assert window.complaints == []
