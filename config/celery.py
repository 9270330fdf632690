"""The distributed engine: Celery on Redis or Valkey, which carry work and remember nothing."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

from config.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

# Longer than the longest task, or a running one is handed out twice.
VISIBILITY_SECONDS = 900
HARD_LIMIT_SECONDS = 600

app = Celery("ondersteuningsroute")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=HARD_LIMIT_SECONDS,
    task_soft_time_limit=HARD_LIMIT_SECONDS - 30,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    enable_utc=True,
    timezone="Europe/Amsterdam",
    broker_connection_retry_on_startup=True,
    # A broker that is away for an hour finds its worker waiting.
    broker_connection_max_retries=None,
    worker_hijack_root_logger=False,
    # With the defaults the sweep for lost tasks runs every 100 seconds only (measured).
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # A request that nudges a broker in trouble goes on at once, not after six seconds (measured).
        "max_retries": 0,
        "interval_start": 0,
        "socket_connect_timeout": 1,
    },
    beat_schedule=SCHEDULE,
)
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def demand_login(**_kwargs: object) -> None:
    """Start only behind the fence (access.md 2.9)."""
    from teams.access.logins import demand_restricted_login  # slow import

    demand_restricted_login()
