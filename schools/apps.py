"""Start-up of schools."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Configuration of schools."""

    name = "schools"

    def ready(self) -> None:
        """Register the work that the outbox carries for this room."""
        from schools import tasks  # noqa: F401  # slow import
        from schools.queries.glass import student_target  # slow import
        from teams.access.glass import find_target  # slow import
        from teams.enums import DossierKind  # slow import

        find_target(DossierKind.STUDENT, student_target)
