"""Start-up of arrangements."""

from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    """Configuration of arrangements."""

    name = "arrangements"
