"""Celery tasks of the route: thin, ids only."""

from celery import shared_task

from cases.actions.curiosity import watch_looks as find_flags
from cases.actions.reminding import remind
from cases.actions.seat_check import watch_seats as watch
from teams import clock
from teams.access.actor import as_system


@shared_task(name="cases.tasks.send_due", ignore_result=True)
def send_due() -> int:
    """Turn the reminders of today, and those missed before, into notices."""
    return remind(now=clock.now())


@shared_task(name="cases.tasks.watch_seats", ignore_result=True)
def watch_seats() -> int:
    """Let seats follow the calendar at night, and raise an alarm about what else differs."""
    now = clock.now()
    return watch(day=now.date(), now=now)


@shared_task(name="cases.tasks.watch_looks", ignore_result=True)
def watch_looks() -> int:
    """Flag striking use for the privacy officer."""
    with as_system("patterns of looking"):
        return len(find_flags(now=clock.now()))
