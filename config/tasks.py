"""Tasks of the wiring itself."""

from celery import shared_task
from django.utils import timezone

from config.models import Heartbeat, record_heartbeat


@shared_task
def beat_heart() -> None:
    """Show that beat queues and a worker runs; read by `/readyz`."""
    record_heartbeat(Heartbeat.WORKER, at=timezone.now())
