"""The cookie of a registered phone: it names a row, and opens nothing by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from teams.access.actor import Actor, actor_for
from teams.access.middleware import ACTING_ROLE
from teams.models import Device
from teams.session_store import DEVICE, ONLY

LASTS = timedelta(days=365)
_SALT = "phone"
# The page that asks for a write-only session.
QUICK_PAGE = "quick-note"


def asks_quick(request: HttpRequest) -> Device | None:
    """Give the phone that asks to note quickly: registered, and on its way to that page only."""
    back = request.POST.get("next") or request.GET.get("next")
    return phone_of(request) if back == reverse(QUICK_PAGE) else None


def narrow(request: HttpRequest, *, now: datetime) -> None:
    """Let the session that just began write only, when its owner's phone asked for that."""
    phone = asks_quick(request)
    if phone is None or phone.person_id != request.user.pk:
        return
    request.session[ONLY] = QUICK_PAGE
    request.session[DEVICE] = str(phone.pk)
    phone.used_at = now
    phone.save(update_fields=["used_at"])


def writer_of(request: HttpRequest, *, now: datetime) -> Actor:
    """Give the whole actor behind a write-only session, to write as and never to show a page."""
    role = request.session.get(ACTING_ROLE)
    return actor_for(request.user, day=now.date(), role=role, now=now)  # type: ignore[arg-type]


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
