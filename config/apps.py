"""The wiring as an installed app: demo, health and the commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the heartbeat of the processes and the commands of the house."""

    name = "config"
    label = "config"
    verbose_name = "Inrichting"

    def ready(self) -> None:
        """Make Celery's app the one that tasks of every process belong to; register the checks."""
        from config import celery, checks  # noqa: F401  # slow import
