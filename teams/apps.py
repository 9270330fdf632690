"""Start-up of the ground floor."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class TeamsConfig(AppConfig):
    """People, organizations, access, trace and outbox."""

    name = "teams"
    verbose_name = "Mensen en toegang"

    def ready(self) -> None:
        """Register the system checks of access and the mails of the door, and tell the database who looks."""
        from teams.access import checks, fence, policy_checks  # noqa: F401  # slow import
        from teams.door import mails  # noqa: F401  # slow import
        from teams.glass import mails as glass_mails  # noqa: F401  # slow import

        connection_created.connect(fence.install, dispatch_uid="fence")
