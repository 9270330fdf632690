"""Start-up of schools."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Configuration of schools."""

    name = "schools"

    def ready(self) -> None:
        """Register the work that the outbox carries for this room."""
        from schools import tasks  # noqa: F401  # slow import
