"""Views of allauth where this house asks more: passkeys that need no password, and factors that stay."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetFromKeyView
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from config.accounts import needs_passkey
from teams.access.factor import Factor, record_factor
from teams.access.phones import asks_quick
from teams.models import IdentityProvider


class FactorsView(IndexView):
    """Someone's factors; before the second step the choice of a first one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether the house is open yet, and whether only a passkey will do."""
        person = authenticated_user(self.request)
        return {
            **super().get_context_data(**kwargs),
            "is_live": self.request.actor.is_live,
            "needs_passkey": needs_passkey(person.pk),
        }


class AddPasskeyView(AddWebAuthnView):
    """Adds a passkey that the device keeps, so that it can sign in without a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for a key that is kept on the device and proves who holds it."""
        # After the parent, which begins one of its own.
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, True)
        return {**context, "js_data": {"creation_options": options}}

    def form_valid(self, form: Any) -> HttpResponse:
        """Making a passkey shows it."""
        answer = super().form_valid(form)
        record_factor(self.request.session, self.request.user.pk, Factor.PASSKEY)
        return answer


class ShowPasskeyView(ReauthenticateWebAuthnView):
    """Shows a passkey once more, or after a code that was not enough for one's role."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep that it was shown."""
        record_factor(self.request.session, self.request.user.pk, Factor.PASSKEY)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say on this very page that it did not hold."""
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(self.request.get_full_path())


class AddAppView(ActivateTOTPView):
    """Adds an app with codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The first code shows the app."""
        answer = super().form_valid(form)
        record_factor(self.request.session, self.request.user.pk, Factor.APP)
        return answer


class RemovePasskeyView(RemoveWebAuthnView):
    """Takes a passkey away, unless it is the last that opens the house."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse for the last one."""
        authenticator: Authenticator = self.get_object()
        adapter = get_adapter()
        if adapter.can_delete_authenticator(authenticator):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return HttpResponseRedirect(reverse("mfa_list_webauthn"))


class SignInView(LoginView):
    """The door itself, with the providers of organizations beside it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also the providers."""
        providers = [
            {"name": each.name, "url": reverse("account_provider", kwargs={"key": each.key})}
            for each in IdentityProvider.objects.filter(is_active=True)
        ]
        phone = asks_quick(self.request)
        return {**super().get_context_data(**kwargs), "providers": providers, "phone": phone}


class NewPasswordView(PasswordResetFromKeyView):
    """Chooses a new password from a link; then one signs in with it, second step included."""

    success_url = reverse_lazy("account_login")
