"""Start-up of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Configuration of cases."""

    name = "cases"
