"""Whether the demo exists for a request: settings, database and host must all agree."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.request import split_domain_port

from config.installation import is_demo

OWN_HOSTS = {"localhost", "127.0.0.1"}
PREFIX = "/demo/"

View = Callable[..., HttpResponse]


def is_own_host(request: HttpRequest) -> bool:
    """Whether the browser runs on this very machine.

    The raw header, so that no forwarded host can open the door.
    """
    host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
    return host in OWN_HOSTS


def is_open_for(request: HttpRequest) -> bool:
    """Demo settings, a database marked demo, and a browser on this very machine."""
    return is_own_host(request) and is_demo()


def demo_only(view: View) -> View:
    """Make a view exist in the demo only.

    Errors: Http404 everywhere else.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_open_for(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class DoorMiddleware:
    """Answers 404 for the demo's pages by settings and host, before a strange host becomes a 400."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what may be looked at further."""
        if request.path.startswith(PREFIX) and not (settings.DEMO and is_own_host(request)):
            return HttpResponseNotFound()
        return self.get_response(request)
