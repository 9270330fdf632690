"""The beat table: which task runs when. Times are those of Amsterdam."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {
        "task": "config.tasks.beat_heart",
        "schedule": 10.0,
        "options": {"expires": 30},
    },
    "outbox": {
        "task": "teams.tasks.sweep_outbox",
        "schedule": 5.0,
        "options": {"expires": 30},
    },
    "door": {
        "task": "teams.tasks.forget_tries",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    "sessions": {
        "task": "teams.tasks.forget_sessions",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
    # Rows fall due by the day; the mails they make wait in the outbox for the morning.
    "reminders": {
        "task": "cases.tasks.send_due",
        "schedule": 60.0,
        "options": {"expires": 300},
    },
    # Every seat against the facts; a difference is an alarm that a person sees (access.md 2.9).
    "seats": {
        "task": "cases.tasks.watch_seats",
        "schedule": crontab(hour="2", minute="30"),
        "options": {"expires": 3600},
    },
    "trace-heads": {
        "task": "teams.tasks.sign_trace",
        "schedule": crontab(minute=0),
        "options": {"expires": 1800},
    },
    "curiosity": {
        "task": "cases.tasks.watch_looks",
        "schedule": 240.0,
        "options": {"expires": 240},
    },
    "trace-check": {
        "task": "teams.tasks.check_trace",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 6 * 3600},
    },
}

# What `drain` runs at once after the demo's clock was moved.
DUE_TASKS = ("cases.tasks.send_due", "teams.tasks.sweep_outbox")
