"""Whether the demo door exists for a request: settings, database and host must all agree."""

from django.http import HttpRequest
from django.http.request import split_domain_port

from config.installation import is_demo

OWN_HOSTS = {"localhost", "127.0.0.1"}


def is_open_for(request: HttpRequest) -> bool:
    """Demo settings, a database marked demo, and a browser on this very machine."""
    # The raw header, so that no forwarded host can open the door.
    host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
    return host in OWN_HOSTS and is_demo()
