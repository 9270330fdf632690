"""Alarms that wait, and those that were seen."""

from teams.enums import AlarmKind
from teams.models import Alarm

# Striking use has a page of its own, for the privacy officer alone.
_OTHERS = Alarm.objects.exclude(kind=AlarmKind.CURIOSITY)


def open_alarms() -> list[Alarm]:
    """Alarms that nobody saw yet, newest first."""
    return list(_OTHERS.filter(seen_at__isnull=True))


def seen_alarms(most: int = 20) -> list[Alarm]:
    """The last alarms that were seen, with by whom and what was done."""
    return list(_OTHERS.filter(seen_at__isnull=False).select_related("seen_by")[:most])
