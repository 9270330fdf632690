"""Celery tasks of the ground floor: thin, ids only."""

from celery import shared_task
from django.utils import timezone

from teams import outbox
from teams.door import codes, guesses


@shared_task(name="teams.tasks.sweep_outbox", ignore_result=True)
def sweep_outbox() -> int:
    """Run what is due in the outbox."""
    return outbox.sweep()


@shared_task(name="teams.tasks.forget_tries", ignore_result=True)
def forget_tries() -> int:
    """Clear away tries and used codes that no longer count."""
    now = timezone.now()
    return guesses.forget_old(now=now) + codes.forget_old(now=now)
