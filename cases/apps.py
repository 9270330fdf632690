"""Start-up of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Configuration of cases."""

    name = "cases"

    def ready(self) -> None:
        """Register who makes documents and who sends mails."""
        from cases import mails  # noqa: F401  # slow import
        from cases.documents import making  # noqa: F401  # slow import
