"""`manage.py sign_trace [--public-key]`: sign the heads of the trace now."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from teams import clock
from teams.access.actor import as_system
from teams.audit.signing import public_key_of_this_process, sign_heads


class Command(BaseCommand):
    """Writes the next file of signed heads, as the hourly job does."""

    requires_system_checks = ()
    help = "Signs the heads of the trace and writes them outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether only the public half of the key is wanted."""
        parser.add_argument("--public-key", action="store_true", help="print it, and sign nothing")

    def handle(self, *args: object, public_key: bool, **options: object) -> None:
        """Print the name of the file."""
        if public_key:
            self.stdout.write(public_key_of_this_process().hex())
            return
        with as_system("sign_trace"):
            self.stdout.write(sign_heads(now=clock.now()).name)
