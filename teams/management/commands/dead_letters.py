"""`manage.py dead_letters [--again]`: work that was given up and waits for a person."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import transaction

from teams import clock
from teams.outbox import revive
from teams.queries.ledger import dead_letters


class Command(BaseCommand):
    """Lists dead letters by kind, object and cause, without names; or takes them up again."""

    help = "Lists work that was given up; --again takes all of it up once more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to try again."""
        parser.add_argument("--again", action="store_true", help="try all of them once more")

    def handle(self, *args: object, again: bool, **options: object) -> None:
        """List them, and revive them when asked to."""
        rows = list(dead_letters())
        for row in rows:
            moment = f"{row.dead_at:%Y-%m-%d %H:%M}"
            self.stdout.write(
                f"{moment}  {row.kind:22} {row.subject_id}  {row.attempts} x {row.last_error}"
            )
        if again:
            with transaction.atomic():
                for row in rows:
                    revive(row, now=clock.now())
        self.stdout.write(f"{len(rows)} given up{', taken up again' if again and rows else ''}.")
