"""`manage.py bench fences`: measurements on real servers, apart from the tests."""

import sys

from django.core.management.base import BaseCommand

from config import testing
from config.embedded.layout import ROOT

BENCHES = sorted(path.stem for path in (ROOT / "tests" / "bench").glob("[a-z]*.py"))


class Command(BaseCommand):
    """Runs one measurement and prints what it found."""

    help = f"Measures one of: {', '.join(BENCHES)}."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Run one measurement.

        Errors: SystemExit with 1 when what was measured lies above its limit, 2 for an unknown name.
        """
        names = argv[2:]
        if len(names) != 1 or names[0] not in BENCHES:
            sys.stderr.write(f"Name one of: {', '.join(BENCHES)}.\n")
            sys.exit(2)
        sys.exit(testing.run([f"tests/bench/{names[0]}.py", "-q", "-s"]))
