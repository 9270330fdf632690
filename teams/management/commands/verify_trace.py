"""`manage.py verify_trace [--connections N]`: is the trace what was written?"""

import sys
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from teams.access.actor import as_system
from teams.audit.verifying import verify


class Command(BaseCommand):
    """Hashes every line again and holds the chains against the heads signed outside the database.

    Reads only, so it can run as a login that may only read, with TRACE_PUBLIC_KEY for the files.
    """

    help = "Checks the trace; each fault on a line with table, shard, seq, id and what is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many connections share the work."""
        parser.add_argument("--connections", type=int, default=2, help="that work together")

    def handle(self, *args: object, connections: int, **options: object) -> None:
        """Print faults and figures. Errors: SystemExit(1) when something is wrong."""
        started = time.monotonic()
        with as_system("verify_trace"):
            verdict = verify(parts=connections)
        for fault in verdict.faults:
            self.stdout.write(str(fault))
        took = time.monotonic() - started
        self.stdout.write(
            f"{verdict.lines} lines and {verdict.files} files of signed heads checked in"
            f" {took:.1f} s: {len(verdict.faults)} faults."
        )
        if verdict.faults:
            sys.exit(1)
