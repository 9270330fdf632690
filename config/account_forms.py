"""Forms of the door: allauth's, with tries counted and codes crossed off in PostgreSQL."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from fido2.webauthn import AuthenticationResponse, CollectedClientData, RegistrationResponse

from teams import clock
from teams.access.factor import Factor, record_factor
from teams.door import codes, guesses, mails
from teams.models import GuessKind, User

FACTORS = {
    Authenticator.Type.TOTP: Factor.APP,
    Authenticator.Type.RECOVERY_CODES: Factor.RECOVERY_CODE,
    Authenticator.Type.WEBAUTHN: Factor.PASSKEY,
}


def show(authenticator: Authenticator) -> None:
    """Keep in the session which factor was shown."""
    factor = FACTORS[Authenticator.Type(authenticator.type)]
    record_factor(context.request.session, authenticator.user_id, factor)


def begin(kind: GuessKind, account: str) -> guesses.Try:
    """Count a try. Errors: ValidationError when there were too many."""
    adapter = get_account_adapter(context.request)
    address = adapter.get_client_ip(context.request)
    attempt = guesses.begin(kind, account=account, address=address, now=timezone.now())
    if attempt is None:
        raise adapter.validation_error("too_many_login_attempts")
    return attempt


class PlainMixin:
    """Fields with a label above and nothing else; the page says what they are for."""

    fields: dict[str, forms.Field]
    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class SignInForm(PlainMixin, LoginForm):
    """E-mail address and password; the way out for who forgot it stands below, after both."""

    labels = {"login": "E-mailadres"}


class PasswordAgainForm(PlainMixin, ReauthenticateForm):
    """One's own password, before something weighty."""


class OtherPasswordForm(PlainMixin, ChangePasswordForm):
    """Another password, by who knows the present one."""

    labels = {"password2": "Nieuw wachtwoord, nog een keer"}


class NewPasswordForm(PlainMixin, ResetPasswordKeyForm):
    """A new password, by who got the link."""

    labels = {"password2": "Nieuw wachtwoord, nog een keer"}


class AskResetForm(PlainMixin, ResetPasswordForm):
    """Asks for a link; answers the same whoever is known."""

    def clean_email(self) -> str:
        """Look nobody up here."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Leave the question for the worker; too many questions are passed over in silence."""
        email = str(self.cleaned_data["email"])
        address = get_account_adapter(request).get_client_ip(request)
        now = timezone.now()
        if guesses.begin(GuessKind.RESET, account=email, address=address, now=now):
            mails.ask_reset(email, now=clock.now())
        return email


class CodeMixin(PlainMixin):
    """A code from an app or from the list of recovery codes."""

    labels = {"code": "Code van uw app, of een herstelcode"}
    user: User
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Take a code once. Errors: ValidationError for a wrong or used one, or after too many."""
        attempt = begin(GuessKind.CODE, str(self.user.pk))
        code = str(self.cleaned_data["code"])
        for authenticator in Authenticator.objects.filter(user=self.user):
            if codes.accept(self.user, authenticator, code, now=timezone.now()):
                attempt.forget()
                authenticator.user = self.user
                self.authenticator = authenticator
                return code
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(CodeMixin, base.AuthenticateForm):
    """The second step of signing in."""

    def save(self) -> None:
        """Keep that it was shown."""
        base.AuthenticateForm.save(self)
        show(self.authenticator)


class CodeAgainForm(CodeMixin, base.ReauthenticateForm):
    """A code before something weighty."""


class AddAppForm(PlainMixin, totp.ActivateTOTPForm):
    """The first code of a new app, which counts as used."""

    labels = {"code": "Code die de app toont"}

    def clean_code(self) -> str:
        """Take the code once. Errors: ValidationError for a wrong or used one."""
        attempt = begin(GuessKind.CODE, str(self.user.pk))
        code = str(self.cleaned_data["code"])
        if not codes.use(self.user, self.secret, code, now=timezone.now()):
            raise get_adapter().validation_error("incorrect_code")
        attempt.forget()
        return code


def demand_here(said: CollectedClientData) -> None:
    """Insist on this very host: the library lets any page under it through. Errors: ValidationError."""
    host, _port = split_domain_port(context.request.get_host())
    if urlsplit(said.origin).hostname != host:
        raise get_adapter().validation_error("incorrect_code")


class CounterMixin:
    """A passkey whose counter stood still or ran back was copied (A-2)."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """Check an answer of a passkey. Errors: ValidationError for any that is not fresh and its own."""
        given = self.cleaned_data["credential"]
        authenticator = super().clean_credential()  # type: ignore[misc]
        response = AuthenticationResponse.from_dict(given).response
        demand_here(response.client_data)
        answer = response.authenticator_data
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        before = locked.data.get("counter", 0)
        if (answer.counter or before) and answer.counter <= before:
            raise get_adapter().validation_error("incorrect_code")
        locked.data["counter"] = answer.counter
        locked.save(update_fields=["data"])
        authenticator.data = locked.data
        return authenticator


class PasskeyForm(CounterMixin, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    def save(self) -> None:
        """Keep that it was shown."""
        webauthn.AuthenticateWebAuthnForm.save(self)
        show(self.cleaned_data["credential"])


class PasskeyAloneForm(CounterMixin, webauthn.LoginWebAuthnForm):
    """A passkey and nothing else: it is something one has, and knows or is."""

    def clean_credential(self) -> Authenticator:
        """Check an answer. Errors: ValidationError as above, or after too many from one address."""
        attempt = begin(GuessKind.PASSKEY, "")
        authenticator = super().clean_credential()
        attempt.forget()
        show(authenticator)
        return authenticator


class PasskeyAgainForm(CounterMixin, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something weighty, or after a code that was not enough."""


class AddPasskeyForm(webauthn._BaseAddWebAuthnForm):
    """A new passkey; it always asks for a finger, a face or a PIN."""

    name = forms.CharField(label="Naam", max_length=60, help_text="Zo herkent u hem later terug.")

    def clean(self) -> dict[str, Any]:
        """Check what the device made. Errors: ValidationError when it was made elsewhere."""
        cleaned: dict[str, Any] = super().clean()
        if given := cleaned.get("credential"):
            demand_here(RegistrationResponse.from_dict(given).response.client_data)
        return cleaned


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Naam", max_length=60)
