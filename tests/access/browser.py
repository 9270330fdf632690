"""A session straight on the handler: all middleware, none of the test client's cost."""

from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from teams.access.middleware import ACTING_ROLE
from tests.access.personas import ROLES, Persona
from tests.access.region import Region
from tests.signed_in import forget_factor

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Browser:
    """One session: of a persona, of nobody, or after the password alone."""

    def __init__(
        self, region: Region, persona: Persona | None = None, *, has_factor: bool = True
    ) -> None:
        client = Client()
        if persona:
            client.force_login(region.people[persona.person], backend=BACKEND)
            session = client.session
            session[ACTING_ROLE] = ROLES.get(persona.role, "")
            session.save()
        if persona and not has_factor:
            forget_factor(client)
        self.cookie = "; ".join(f"{name}={row.value}" for name, row in client.cookies.items())
        self.factory = RequestFactory(HTTP_COOKIE=self.cookie)
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def get(self, address: str) -> HttpResponse:
        """Ask for a page."""
        return self.ask(self.factory.get(address))

    def post(self, address: str, given: dict | None = None) -> HttpResponse:
        """Send a form."""
        return self.ask(self.factory.post(address, given or {}))

    def ask(self, request: HttpRequest) -> HttpResponse:
        """Answer as the server would, but for the cross-site token."""
        request._dont_enforce_csrf_checks = True
        return self.handler.get_response(request)


def lets_in(response: HttpResponse, *, is_expected: bool) -> bool:
    """Was this answer a way in? What is blocked for now (409) was let in, and shows nothing by itself.

    An answer that no page should give, as 500, always counts as wrong.
    """
    status = response.status_code
    if status in (403, 404):
        return False
    if status == 409:
        return is_expected
    if status == 302:
        return not response["Location"].startswith("/accounts/")
    return True if status in (200, 204, 405, 422) else not is_expected
