"""`manage.py drain`: wait until nothing is due any more."""

import time
from argparse import ArgumentParser

from celery import current_app
from django.core.management.base import CommandError

from config.demo.commands import DemoCommand
from config.schedule import DUE_TASKS
from teams import clock
from teams.queries.ledger import dead_letters, due_reminders, due_work

PAUSE_SECONDS = 0.3
NUDGE_SECONDS = 3.0


class Command(DemoCommand):
    """Nudges the worker and waits until the outbox and the due rows are empty."""

    help = "Waits until the outbox and the due rows of this moment are empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to wait."""
        super().add_arguments(parser)
        parser.add_argument("--timeout", type=float, default=120.0, help="seconds to wait at most")

    def handle(self, *args: object, as_json: bool, timeout: float, **options: object) -> None:
        """Wait, and tell how long it took.

        Errors: CommandError with what is left when the time is up.
        """
        began = time.monotonic()
        nudged_at = float("-inf")
        while left := rows_left():
            if time.monotonic() - began > timeout:
                raise CommandError(f"Still waiting for {left}.")
            if time.monotonic() - nudged_at > NUDGE_SECONDS:
                nudge()
                nudged_at = time.monotonic()
            time.sleep(PAUSE_SECONDS)
        seconds = round(time.monotonic() - began, 1)
        self.answer({"seconds": seconds, **dead()}, [f"Empty after {seconds} s."], as_json=as_json)


def rows_left() -> dict[str, int]:
    """How many rows are due and not done.

    Shape: empty when all is done; rows given up are not waited for.
    """
    now = clock.now()
    counts = {"outbox": due_work(now).count(), "due": due_reminders(now).count()}
    return {name: count for name, count in counts.items() if count}


def dead() -> dict[str, int]:
    """How many rows were given up and wait for a person."""
    return {"given_up": dead_letters().count()}


def nudge() -> None:
    """Queue the sweeps now: beat follows the real clock, not the demo's."""
    for name in DUE_TASKS:
        current_app.send_task(name, expires=NUDGE_SECONDS * 10)
