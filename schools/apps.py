"""Start-up of schools."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Configuration of schools."""

    name = "schools"
