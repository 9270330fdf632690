"""What templates may know about the demo; each part is looked up only where a page shows it."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config.demo import door, people


def demo(request: HttpRequest) -> dict[str, object]:
    """`demo_is_open`, the people behind the demo door by role, and the way to its mailbox.

    Shape: empty outside demo settings; otherwise lazy.
    """
    if not settings.DEMO:
        return {}
    is_open = SimpleLazyObject(lambda: door.is_open_for(request))
    return {
        "demo_is_open": is_open,
        "demo_personas": SimpleLazyObject(lambda: people.by_role() if is_open else []),
        "footer_links": SimpleLazyObject(lambda: footer_links() if is_open else []),
    }


def footer_links() -> list[dict[str, str]]:
    """Pages that only the demo has."""
    return [{"label": "Postvak (demo)", "url": reverse("demo_mailbox")}]
