"""People at the door: by the form, with a code, and what they see there."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest import MonkeyPatch

from teams.models import User

LOGIN = "/accounts/login/"
SECOND = "/accounts/2fa/authenticate/"
RESET = "/accounts/password/reset/"
PASSWORD = "een lang wachtwoord"


def knock(client: Client, email: str, password: str = PASSWORD, **headers: Any) -> HttpResponse:
    """Send the form of the door."""
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def give_app(person: User) -> str:
    """Add an app with codes, and the codes for when it is lost. Gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """The code that the app shows now, on the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint / 30")
        step = cursor.fetchone()[0]
    return format_hotp_value(hotp_value(secret, step + later))


def recovery_codes(person: User) -> list[str]:
    """Someone's codes that are still good."""
    row = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return list(row.wrap().get_unused_codes())


def is_signed_in(client: Client) -> bool:
    """Whether the session belongs to someone."""
    return "_auth_user_id" in client.session


def bare(answer: HttpResponse) -> tuple[int, dict[str, str], str]:
    """An answer without what differs by chance: tokens, and cookies made of them."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", answer.content.decode())
    headers = {name: value for name, value in answer.items() if name != "Content-Length"}
    return answer.status_code, headers, text


class HasherCount:
    """How often a password reached the hasher."""

    def __init__(self, patch: MonkeyPatch) -> None:
        self.calls = 0
        encode = MD5PasswordHasher.encode

        def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
            self.calls += 1
            return str(encode(hasher, password, salt))

        patch.setattr(MD5PasswordHasher, "encode", counted)
