"""Ending sessions, and registering a phone for Snel noteren."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from teams.access import limits
from teams.access.actor import Actor
from teams.audit import Verb, record
from teams.models import Device, KeptPost, Look, ReportCount, Session, User


def end_session(handle: UUID, *, actor: Actor, now: datetime) -> None:
    """End one session of one's own; its cookie opens nothing from here on. Errors: DoesNotExist."""
    with transaction.atomic():
        Session.objects.get(handle=handle, person=actor.person_id).delete()
        record(Verb.SESSION_ENDED, _self(actor), actor=actor, now=now)


def end_sessions(*, actor: Actor, now: datetime) -> int:
    """End every session of one's own, this one too. Shape: how many there were."""
    with transaction.atomic():
        count, _kinds = Session.objects.filter(person=actor.person_id).delete()
        record(Verb.SESSION_ENDED, _self(actor), actor=actor, now=now, reason="alle")
    return count


def register_phone(name: str, *, actor: Actor, now: datetime) -> Device:
    """Let this phone open Snel noteren with its owner's passkey."""
    with transaction.atomic():
        phone = Device.objects.create(person=_self(actor), name=name, registered_at=now)
        record(Verb.PHONE_REGISTERED, phone, actor=actor, now=now)
    return phone


def revoke_phone(phone_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a phone's way in away, and end what it has open. Errors: DoesNotExist."""
    with transaction.atomic():
        phone = Device.objects.get(pk=phone_id, person=actor.person_id, revoked_at__isnull=True)
        phone.revoked_at = now
        phone.save(update_fields=["revoked_at"])
        Session.objects.filter(device=phone).delete()
        record(Verb.PHONE_REVOKED, phone, actor=actor, now=now)


def forget_ended(*, now: datetime) -> int:
    """Throw away what being signed in leaves behind, once nobody can use it any more.

    Shape:  how many rows went.
    """
    over = Q(seen_at__lte=now - limits.IDLE) | Q(begun_at__lte=now - limits.WHOLE)
    gone = (
        Session.objects.filter(over).delete(),
        Session.objects.filter(begun_at__isnull=True, expire_date__lte=now).delete(),
        KeptPost.objects.filter(kept_at__lte=now - limits.KEPT).delete(),
        Look.objects.filter(at__lte=now - limits.COUNTED).delete(),
        ReportCount.objects.filter(day__lte=now.date() - limits.REPORTS_KEPT).delete(),
    )
    return sum(count for count, _kinds in gone)


def _self(actor: Actor) -> User:
    return User.objects.get(pk=actor.person_id)
