"""Codes of an app: good for one moment, on the database's clock, and once (A-3)."""

from datetime import datetime, timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import IntegrityError, connection, transaction

from teams.models import UsedCode, User

KEPT = timedelta(days=1)


def accept(person: User, authenticator: Authenticator, code: str, *, now: datetime) -> bool:
    """Take a code from an app or from the list of recovery codes; true at most once a code."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        # The library locks its row while it crosses a code off.
        return bool(authenticator.wrap().validate_code(code))
    if authenticator.type != Authenticator.Type.TOTP:
        return False
    return use(person, decrypt(authenticator.data["secret"]), code, now=now)


def use(person: User, secret: str, code: str, *, now: datetime) -> bool:
    """Take a code made with this secret, and cross it off."""
    step = matching_step(secret, code)
    if step is None:
        return False
    try:
        with transaction.atomic():
            UsedCode.objects.create(person=person, step=step, at=now)
    except IntegrityError:
        return False
    return True


def matching_step(secret: str, code: str) -> int | None:
    """Find the step of the clock that this code belongs to: now, or just before or after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        current = cursor.fetchone()[0] // app_settings.TOTP_PERIOD
    slack = app_settings.TOTP_TOLERANCE
    for step in range(current - slack, current + slack + 1):
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return int(step)
    return None


def forget_old(*, now: datetime) -> int:
    """Clear away codes that no clock makes again. Shape: how many rows."""
    gone, _by_model = UsedCode.objects.filter(at__lte=now - KEPT).delete()
    return gone
