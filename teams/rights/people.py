"""Accounts: made by whoever keeps the organization, and empty until there is a task."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed, Reason
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import User
from teams.queries.rights import kept_nodes


def add_person(*, given: Mapping[str, Any], actor: Actor, now: datetime) -> User:
    """Make an account at one of the actor's own organizations; it has no password yet.

    Errors: NotAllowed elsewhere; Blocked when the address is taken.
    """
    if not may(actor, Action.MANAGE_RIGHTS) or given["employer"].pk not in kept_nodes(actor):
        raise NotAllowed(Action.MANAGE_RIGHTS)
    if User.objects.filter(email__iexact=given["email"]).exists():
        raise Blocked([Reason("Dit adres kan hier niet.", "", "address_is_free")])
    with transaction.atomic():
        names = ("email", "first_name", "last_name", "employer")
        person = User.objects.create_user(**{name: given[name] for name in names})
        record(Verb.PERSON_ADDED, person, actor=actor, now=now)
    return person
