"""The cookie of a registered phone: it names a row, and opens nothing by itself."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from teams.models import Device

LASTS = timedelta(days=365)
_SALT = "phone"


def give_cookie(response: HttpResponse, phone: Device) -> None:
    """Let the browser that gets this answer be that phone."""
    response.set_cookie(
        settings.PHONE_COOKIE_NAME,
        signing.dumps(str(phone.pk), salt=_SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def phone_of(request: HttpRequest) -> Device | None:
    """Give the registered phone that this browser is; none when it is not, or not any more."""
    cookie = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
    try:
        phone_id = UUID(signing.loads(cookie, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError):
        return None
    phones = Device.objects.select_related("person").filter(revoked_at__isnull=True)
    return phones.filter(pk=phone_id, person__is_active=True).first()
