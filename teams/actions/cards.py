"""A person's own card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from teams.access.actor import Actor
from teams.access.errors import NotAllowed
from teams.audit import Verb, record
from teams.models import User


def save_card(person: User, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> User:
    """Save phone, days and introduction; everyone keeps their own card. Errors: NotAllowed."""
    if actor.person_id != person.pk:
        raise NotAllowed("edit-own-card")
    with transaction.atomic():
        person.phone = given["phone"]
        person.introduction = given["introduction"]
        person.days = given["days"]
        person.wants_digest = given["wants_digest"]
        person.save(update_fields=["phone", "introduction", "days", "wants_digest"])
        record(Verb.CARD_CHANGED, person, actor=actor, now=now)
    return person


def switch_role(person: User, role: str, *, actor: Actor, now: datetime) -> None:
    """Record that someone works in another of their roles from now on. Errors: NotAllowed.

    Source: access.md 2.1 point 2, one role at a time; the session carries the choice.
    """
    if role not in actor.roles:
        raise NotAllowed("switch-role")
    record(Verb.ROLE_SWITCHED, person, actor=actor, now=now, reason=role)


def remember_visit(person: User, *, now: datetime, idle_minutes: int = 30) -> None:
    """Start a new visit after a pause, so that "new since last time" keeps its meaning."""
    last = person.this_visit_at
    if last is None or (now - last).total_seconds() > idle_minutes * 60:
        person.last_visit_at = last
    person.this_visit_at = now
    person.save(update_fields=["last_visit_at", "this_visit_at"])
