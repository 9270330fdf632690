"""Alarms: anything of ours may raise one, and a person says that they saw it."""

from datetime import datetime

from django.db import transaction

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.errors import NotAllowed
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.enums import AlarmKind
from teams.models import Alarm


def raise_alarm(kind: AlarmKind, text: str, *, now: datetime) -> Alarm:
    """Tell the functional administrator and the privacy officer that something is wrong.

    Shape:  the alarm; the same one again as long as nobody has seen it.
    `text` holds ids and codes, never a name: its readers see no content (D10).
    """
    alarm, _ = Alarm.objects.get_or_create(
        kind=kind, text=text[:400], seen_at=None, defaults={"raised_at": now}
    )
    return alarm


def acknowledge_alarm(alarm: Alarm, *, answer: str, actor: Actor, now: datetime) -> Alarm:
    """Say that one saw an alarm, and what was done; the first who does so counts.

    Errors: NotAllowed.
    """
    if not may(actor, Action.SEE_ALARMS):
        raise NotAllowed(Action.SEE_ALARMS)
    with transaction.atomic():
        alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
        if alarm.seen_at:
            return alarm
        alarm.seen_by_id, alarm.seen_at, alarm.answer = actor.person_id, now, answer[:400]
        alarm.save(update_fields=["seen_by", "seen_at", "answer"])
        record(Verb.ALARM_SEEN, alarm, actor=actor, now=now)
    return alarm
