"""What templates may know about the demo."""

from django.http import HttpRequest

from config.demo.door import is_open_for


def demo(request: HttpRequest) -> dict[str, object]:
    """`demo_is_open`: whether the demo door and its mailbox exist for this request."""
    return {"demo_is_open": is_open_for(request)}
