"""Celery tasks of the ground floor: thin, ids only."""

from celery import shared_task
from django.utils import timezone

from teams import clock, outbox
from teams.access.actor import as_system
from teams.actions.sessions import forget_ended
from teams.actions.trace import check_trace as find_faults
from teams.audit.signing import sign_heads
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


@shared_task(name="teams.tasks.forget_sessions", ignore_result=True)
def forget_sessions() -> int:
    """Clear away sessions that are over, forms that nobody sent again and looks of long ago."""
    with as_system("end of sessions"):
        return forget_ended(now=clock.now())


@shared_task(name="teams.tasks.sign_trace", ignore_result=True)
def sign_trace() -> str:
    """Sign the heads of the trace, outside the database."""
    with as_system("signed heads"):
        return sign_heads(now=clock.now()).name


@shared_task(name="teams.tasks.check_trace", ignore_result=True)
def check_trace() -> int:
    """Check the whole trace; what is wrong becomes an alarm that a person sees."""
    with as_system("check of the trace"):
        return len(find_faults(now=clock.now()))
