"""How django-allauth behaves in this house: closed, counted in PostgreSQL, and silent about who exists."""

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.encoding import force_bytes

from teams import clock
from teams.access.rules import PASSKEY_ROLES
from teams.door import guesses, mails
from teams.models import Assignment, GuessKind, User

WAYS = {
    "reauthenticate": "Met uw wachtwoord",
    "mfa_reauthenticate": "Met een code",
    "mfa_reauthenticate:webauthn": "Met uw passkey",
}


class HouseAccountAdapter(DefaultAccountAdapter):
    """Accounts come from an assignment made by someone who may; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "Er is te vaak geprobeerd. Wacht een uur, of meld u aan met uw passkey."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No one may register."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Look at a password, at most so many times an hour (A-5); the rest is turned away unseen."""
        attempt = guesses.begin(
            GuessKind.PASSWORD,
            account=str(credentials.get("email", "")),
            address=self.get_client_ip(request),
            now=timezone.now(),
        )
        if attempt is None:
            raise self.validation_error("too_many_login_attempts")
        person = authenticate(request, **credentials)
        if person is not None:
            attempt.forget()
        return person  # type: ignore[return-value]

    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask for one's own password again, under the same count."""
        return self.authenticate(context.request, email=user.email, password=password) == user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in just now is not asked again."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Name the ways in our own words."""
        return [
            {**way, "description": WAYS[way["id"]]}
            for way in super().get_reauthentication_methods(user)
        ]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account that ended is answered as one that never was."""
        return redirect("account_login")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner by the outbox, in our own words."""
        mails.tell_owner(template_prefix, user, now=clock.now())


class HouseMFAAdapter(DefaultMFAAdapter):
    """Second factors: kept encrypted, named in Dutch, and the last one stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Dit klopt niet. Een code werkt één keer en een halve minuut.",
        "cannot_delete_authenticator": (
            "Dit is uw laatste manier om u aan te melden. Voeg eerst een andere toe."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Lock a secret, so that a stolen backup makes no codes."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock a secret; one locked with a key that is gone fits no code any more."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether enough is left: a factor for everyone, a passkey for who may open K3 to K7."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id)
        others = others.exclude(pk=authenticator.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
        is_passkey = authenticator.type == Authenticator.Type.WEBAUTHN
        if is_passkey and needs_passkey(authenticator.user_id):
            others = others.filter(type=Authenticator.Type.WEBAUTHN)
        return others.exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """A name to start from."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Mijn passkey" if count == 0 else f"Passkey {count + 1}"


def needs_passkey(person_id: Any) -> bool:
    """Tell whether someone holds a role today for which only a passkey will do (A-2)."""
    held = Assignment.objects.on(clock.today()).filter(role__in=PASSKEY_ROLES)
    return held.filter(person=person_id).exists() or held.filter(deputy=person_id).exists()


def _lock() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"second factor:" + force_bytes(each)).digest() for each in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
