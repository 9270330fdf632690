"""Alarms: raised once until seen, and seen by those who can act."""

import pytest

from teams.access.errors import NotAllowed
from teams.actions.alarms import acknowledge_alarm, raise_alarm
from teams.enums import AlarmKind
from teams.models import Alarm, AuditEntry
from tests.world import NOW


def test_the_same_alarm_is_raised_once_until_it_is_seen(world):
    first = raise_alarm(AlarmKind.SEATS, "3 dossiers wijken af", now=NOW)
    assert raise_alarm(AlarmKind.SEATS, "3 dossiers wijken af", now=NOW) == first
    acknowledge_alarm(first, answer="Hersteld.", actor=world.actor("admin-bo"), now=NOW)
    assert raise_alarm(AlarmKind.SEATS, "3 dossiers wijken af", now=NOW) != first


def test_who_saw_it_first_counts_and_leaves_a_line(world):
    alarm = raise_alarm(AlarmKind.TRACE, "keten 4 breekt bij regel 12", now=NOW)
    acknowledge_alarm(alarm, answer="Gemeld.", actor=world.actor("admin-bo"), now=NOW)
    acknowledge_alarm(alarm, answer="Ook ik.", actor=world.actor("admin-bo"), now=NOW)
    seen = Alarm.objects.get()
    assert (seen.seen_by, seen.answer) == (world.people["admin-bo"], "Gemeld.")
    assert AuditEntry.objects.filter(verb="ALARM_SEEN").count() == 1


def test_nobody_else_sees_alarms(world):
    alarm = raise_alarm(AlarmKind.TRACE, "keten 4", now=NOW)
    with pytest.raises(NotAllowed):
        acknowledge_alarm(alarm, answer="", actor=world.actor("ib-kade"), now=NOW)
