"""Celery tasks of the route: thin, ids only."""

from celery import shared_task

from cases.actions.reminding import remind
from teams import clock


@shared_task(name="cases.tasks.send_due", ignore_result=True)
def send_due() -> int:
    """Turn the reminders of today, and those missed before, into notices."""
    return remind(now=clock.now())
