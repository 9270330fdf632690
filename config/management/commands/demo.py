"""`manage.py demo [--port 8000] [--reset]`: the whole product on this machine, until Ctrl-C."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from config.demo import run


class Command(BaseCommand):
    """Starts servers, web, worker, beat and mail sink, and loads the demo region on first run."""

    help = "Starts the demo on this machine and stays until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and whether to begin anew."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--reset",
            action="store_true",
            help="throw this checkout's demo data away first",
        )

    def handle(self, *args: object, port: int, reset: bool, **options: object) -> None:
        """Run until a signal ends it."""
        if not 1 <= port <= 65535:
            raise CommandError("--port must be a number from 1 to 65535.")
        run.run(port=port, reset=reset)
