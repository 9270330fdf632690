"""Taking a lost second factor away, after two people agreed to it (A-10)."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from teams.access.actor import Actor
from teams.audit import Verb, record
from teams.door.mails import tell_owner
from teams.models import Device, Session, User

CHANGE = "mfa/email/factor_reset"


def reset_factor(person: User, *, actor: Actor, now: datetime) -> None:
    """Take every factor away, end every session and tell the owner, in the caller's transaction.

    The helper gets no password and no code: its owner signs in with their own password and sets
    up a new factor. The owner hears it by mail, and for two weeks on Vandaag.
    """
    Authenticator.objects.filter(user=person).delete()
    Device.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=now)
    Session.objects.filter(person=person).delete()
    tell_owner(CHANGE, person, now=now)
    record(Verb.FACTOR_RESET, person, actor=actor, now=now)
