"""Start-up of the ground floor."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """People, organizations, access, trace and outbox."""

    name = "teams"
    verbose_name = "Mensen en toegang"

    def ready(self) -> None:
        """Register the system checks of access."""
        from teams.access import checks  # noqa: F401  # slow import
