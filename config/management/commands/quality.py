"""`manage.py quality`: linters, types, layers, templates, migrations, sizes and house rules."""

import sys

from django.core.management.base import BaseCommand

from config import quality


class Command(BaseCommand):
    """Runs every check that needs no server."""

    help = "Runs ruff, mypy, import-linter, djlint, the migration check and the house rules."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        """Run all checks.

        Errors: SystemExit(1) when one of them is not clean.
        """
        sys.exit(quality.run())
