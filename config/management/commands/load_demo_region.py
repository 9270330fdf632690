"""`manage.py load_demo_region`: fill an empty demo database with an invented region."""

import time
from argparse import ArgumentParser

from django.core.management.base import CommandError

from config.demo.commands import DemoCommand
from config.demo.region.load import load_region
from teams import clock
from teams.models import User


class Command(DemoCommand):
    """Loads organizations, people, schools, pupils and cases, around today."""

    help = "Fills an empty demo database with the invented region."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the share of pupils."""
        super().add_arguments(parser)
        parser.add_argument("--scale", type=float, default=1.0, help="share of the pupils")

    def handle(self, *args: object, as_json: bool, scale: float, **options: object) -> None:
        """Load, and tell how long it took.

        Errors: CommandError when somebody is in the database already.
        """
        if User.objects.exists():
            raise CommandError("The database holds people already; start anew with --reset.")
        began = time.monotonic()
        cases = load_region(now=clock.now(), scale=scale)
        seconds = round(time.monotonic() - began, 1)
        answer = {"seconds": seconds, "cases": cases}
        self.answer(answer, [f"Loaded {cases} cases in {seconds} s."], as_json=as_json)
