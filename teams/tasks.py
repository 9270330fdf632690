"""Celery tasks of the ground floor: thin, ids only."""

from celery import shared_task

from teams import outbox


@shared_task(name="teams.tasks.sweep_outbox", ignore_result=True)
def sweep_outbox() -> int:
    """Run what is due in the outbox."""
    return outbox.sweep()
