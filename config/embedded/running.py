"""The note a running demo leaves: its address, processes and the port of its mail sink."""

import json
from typing import Any

from config.embedded.layout import Layout

NO_SINK = "smtp://127.0.0.1:9"


def read_note(layout: Layout) -> dict[str, Any]:
    """What the running demo wrote about itself.

    Shape: empty when none runs.
    """
    try:
        return json.loads((layout.home / "demo.json").read_text())
    except FileNotFoundError:
        return {}


def write_note(layout: Layout, note: dict[str, Any]) -> None:
    """Replace the note in one step, so that a reader never sees half of it."""
    path = layout.home / "demo.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(note, indent=1))
    draft.replace(path)


def remove_note(layout: Layout) -> None:
    """Forget the demo that has stopped."""
    (layout.home / "demo.json").unlink(missing_ok=True)


def smtp_url(layout: Layout) -> str:
    """Address of the mail sink; one that refuses when no demo runs."""
    return str(read_note(layout).get("smtp", NO_SINK))
