"""The addresses of django-allauth, each named an action like every other page of the house."""

from allauth.urls import urlpatterns as allauth_patterns
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
            entry.callback = page(action)(entry.callback)
    return entries


urlpatterns = labelled(allauth_patterns)
