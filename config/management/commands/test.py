"""`manage.py test [--fast] [pytest arguments]`: the whole suite on real servers."""

import sys

from django.core.management.base import BaseCommand

from config import testing


class Command(BaseCommand):
    """Hands its arguments to pytest untouched."""

    help = (
        "Runs quality and all tests; --fast leaves out browser and faults; else pytest arguments."
    )
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Run with the raw arguments, which are pytest's and not Django's.

        Errors: SystemExit with pytest's code.
        """
        sys.exit(testing.run(argv[2:]))
