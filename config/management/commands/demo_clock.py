"""`manage.py demo_clock --set ISO | --advance 30d | --reset`: move the demo through time."""

import re
from argparse import ArgumentParser
from datetime import datetime, time, timedelta

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from config.demo.commands import DemoCommand
from teams import clock
from teams.models import ClockOffset

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Command(DemoCommand):
    """Changes the offset in the database that every process obeys, within a second."""

    help = "Moves the demo's clock; without arguments it tells the time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one way to move the clock."""
        super().add_arguments(parser)
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--set", dest="moment", help="a date or a moment, as 2026-12-01T09:00")
        ways.add_argument("--advance", dest="step", help="a step, as 30d, 12h or 45m")
        ways.add_argument("--reset", action="store_true", help="back to the real time")

    def handle(
        self,
        *args: object,
        as_json: bool,
        moment: str | None,
        step: str | None,
        reset: bool,
        **options: object,
    ) -> None:
        """Move the clock and print the time it shows."""
        if moment:
            keep_offset(parse_moment(moment) - timezone.now())
        elif step:
            keep_offset(ClockOffset.current() + parse_step(step))
        elif reset:
            keep_offset(timedelta(0))
        now = clock.now().isoformat(timespec="seconds")
        self.answer({"now": now}, [now], as_json=as_json)


def keep_offset(offset: timedelta) -> None:
    """Store the difference with the real time."""
    ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
    clock.forget()


def parse_moment(text: str) -> datetime:
    """A moment in the time zone of the house; a date alone is nine in the morning.

    Errors: CommandError when it is neither.
    """
    try:
        moment = parse_datetime(text) if "T" in text or " " in text else None
        day = parse_date(text) if moment is None else None
    except ValueError as error:
        raise CommandError(f"--set: {error}.") from error
    if day:
        moment = datetime.combine(day, time(9))
    if moment is None:
        raise CommandError("--set takes a date or a moment, as 2026-12-01T09:00.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def parse_step(text: str) -> timedelta:
    """A step through time.

    Errors: CommandError when it is not a number with d, h or m.
    """
    found = re.fullmatch(r"(-?\d+)([dhm])", text)
    if not found:
        raise CommandError("--advance takes a step, as 30d, 12h or 45m.")
    return timedelta(**{UNITS[found[2]]: int(found[1])})
