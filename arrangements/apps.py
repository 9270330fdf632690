"""Start-up of arrangements."""

from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    """The support itself."""

    name = "arrangements"
    verbose_name = "Ondersteuning"

    def ready(self) -> None:
        """Register what this room contributes to the route."""
        from arrangements.contributions import ArrangementFacts  # slow import
        from cases.contributions import contribute  # slow import

        contribute("arrangements", ArrangementFacts())
