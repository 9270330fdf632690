"""The one clock: every process reads the time here and nowhere else."""

import time
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_OFFSET_LIVES_SECONDS = 1.0
_offset = timedelta(0)
_read_at = float("-inf")


def now() -> datetime:
    """Give the present moment; in demo mode moved by the offset in the database.

    Shape:  an aware moment in the current time zone.
    Units:  the offset is read again at most once a second.
    """
    return timezone.localtime(timezone.now() + _demo_offset())


def today() -> date:
    """Give the present date in Europe/Amsterdam."""
    return now().date()


def forget() -> None:
    """Drop the remembered offset, after this process changed it."""
    global _read_at
    _read_at = float("-inf")


def _demo_offset() -> timedelta:
    global _offset, _read_at
    if not getattr(settings, "DEMO", False):
        return timedelta(0)
    if time.monotonic() - _read_at > _OFFSET_LIVES_SECONDS:
        from teams.models import ClockOffset  # slow import

        _offset = ClockOffset.current()
        _read_at = time.monotonic()
    return _offset
