"""The addresses of django-allauth, each named an action like every other page of the house."""

from collections.abc import Callable
from typing import Any

from allauth.urls import urlpatterns as allauth_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views import View

from config import account_providers, account_views
from teams.access.pages import page
from teams.access.rules import Action

# Reached by whoever knocks; with the two of a provider these are eight names.
BEFORE_SIGN_IN = {
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
# All that a password alone leads to: adding or showing a second factor, or leaving.
BEFORE_SECOND_FACTOR = {
    "account_logout": Action.SIGN_OUT,
    "account_reauthenticate": Action.SECOND_FACTOR,
    "mfa_index": Action.SECOND_FACTOR,
    "mfa_activate_totp": Action.SECOND_FACTOR,
    "mfa_add_webauthn": Action.SECOND_FACTOR,
    "mfa_reauthenticate_webauthn": Action.SECOND_FACTOR,
}
# Addresses belong to the school's administration: nobody changes their own here, nobody signs up,
# and an account that ended answers as one that never was.
NOT_OFFERED = {
    "account_signup",
    "account_inactive",
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_reset_password_from_key_done",
    "account_set_password",
}
# Where this house asks more than the library does.
OWN_VIEWS: dict[str, type[View]] = {
    "account_login": account_views.SignInView,
    "account_reset_password_from_key": account_views.NewPasswordView,
    "mfa_index": account_views.FactorsView,
    "mfa_activate_totp": account_views.AddAppView,
    "mfa_add_webauthn": account_views.AddPasskeyView,
    "mfa_reauthenticate_webauthn": account_views.ShowPasskeyView,
    "mfa_remove_webauthn": account_views.RemovePasskeyView,
}


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
        if not hasattr(entry.callback, "action"):
            entry.callback = page(action_of(entry.name or ""))(view_of(entry))
    return entries


def view_of(entry: URLPattern) -> Callable[..., Any]:
    """The view behind an address: ours, none, or the library's."""
    if entry.name in NOT_OFFERED:
        return not_offered
    own = OWN_VIEWS.get(entry.name or "")
    return own.as_view() if own else entry.callback


def action_of(name: str) -> Action:
    """What an address of the library asks of a session."""
    if name in BEFORE_SIGN_IN:
        return Action.SIGN_IN
    return BEFORE_SECOND_FACTOR.get(name, Action.OWN_ACCOUNT)


urlpatterns = [
    path("dienst/<slug:key>/", account_providers.ask, name="account_provider"),
    path("dienst/<slug:key>/terug/", account_providers.come_back, name="account_provider_back"),
    *labelled(allauth_patterns),
]
