"""The addresses of django-allauth, each named an action like every other page of the house."""

from allauth.urls import urlpatterns as allauth_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from teams.access.pages import page
from teams.access.rules import Action

# Reached before or during sign-in; all others stand behind the login wall.
BEFORE_SIGN_IN = {
    "account_login",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}
# Addresses belong to the school's administration: nobody changes their own here, and opening the
# library's page for it would store an address that keeps a second factor from being added.
NOT_OFFERED = {"account_email", "account_confirm_email", "account_email_verification_sent"}


def not_offered(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer as a page that does not exist."""
    raise Http404


def labelled(entries: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Put `@page` around every view, also in the nested lists.

    Shape: the same patterns, changed in place, since allauth has them to itself.
    """
    for entry in entries:
        if isinstance(entry, URLResolver):
            labelled(entry.url_patterns)
            continue
        action = Action.SIGN_IN if entry.name in BEFORE_SIGN_IN else Action.SIGN_OUT
        if not hasattr(entry.callback, "action"):
            view = not_offered if entry.name in NOT_OFFERED else entry.callback
            entry.callback = page(action)(view)
    return entries


urlpatterns = labelled(allauth_patterns)
