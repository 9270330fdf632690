"""Start-up of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Configuration of cases."""

    name = "cases"

    def ready(self) -> None:
        """Register who makes documents, who sends mails, and what schools must know."""
        from cases import looks, mails  # noqa: F401  # slow import
        from cases.documents import making  # noqa: F401  # slow import
        from cases.pages.for_schools import CasesForSchools  # slow import
        from cases.queries.glass import case_target  # slow import
        from schools.contributions import contribute  # slow import
        from teams.access.glass import find_target  # slow import
        from teams.enums import DossierKind  # slow import

        contribute("cases", CasesForSchools())
        find_target(DossierKind.CASE, case_target)
        looks.register()
