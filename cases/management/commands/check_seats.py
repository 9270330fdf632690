"""`manage.py check_seats [--repair]`: recompute who sits at which table, and name what differs."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from cases.actions.seat_check import check_seats
from teams import clock


class Command(BaseCommand):
    """Fails when standing seats are not what the facts say; ids and codes only, no names."""

    help = "Recomputes all seats; names every difference, exits 1 when there is one left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to set right what differs."""
        parser.add_argument("--repair", action="store_true", help="rewrite what differs")

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        """Check all, and say what was found.

        Errors: CommandError with the number of differences that are left.
        """
        now, count = clock.now(), 0
        for difference in check_seats(day=now.date(), now=now, is_repairing=repair):
            count += 1
            self.stdout.write(str(difference))
        if count and not repair:
            raise CommandError(f"{count} differences; --repair sets them right.")
        done = f"{count} differences set right." if count else "All seats are as the facts say."
        self.stdout.write(done)
