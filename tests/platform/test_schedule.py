"""Every task that beat or `drain` queues exists, so that none is silently thrown away."""

import pytest
from celery import current_app

from config.schedule import DUE_TASKS, SCHEDULE

NAMES = sorted({entry["task"] for entry in SCHEDULE.values()} | set(DUE_TASKS))


@pytest.mark.parametrize("name", NAMES)
def test_the_task_exists(name: str) -> None:
    current_app.loader.import_default_modules()
    assert name in current_app.tasks


def test_lost_work_is_found_again_soon() -> None:
    """The measured settings: late acknowledgement, and a sweep each ten seconds."""
    settings = current_app.conf
    assert settings.task_acks_late and settings.task_reject_on_worker_lost
    assert settings.worker_prefetch_multiplier == 1
    transport = settings.broker_transport_options
    assert transport["visibility_timeout"] > settings.task_time_limit
    assert transport["unacked_restore_interval"] * transport["unacked_restore_throttle"] <= 10
