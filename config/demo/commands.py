"""What the commands that look into the demo from outside share."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError

from config.installation import is_demo


class DemoCommand(BaseCommand):
    """A command that works on a running demo only, and can answer in JSON."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Refuse outside the demo.

        Errors: CommandError when this is no demo, or none runs.
        """
        try:
            allowed = is_demo()
        except OperationalError as error:
            raise CommandError("No demo runs here; start one with `manage.py demo`.") from error
        if not allowed:
            raise CommandError("This command exists in the demo only.")
        return super().execute(*args, **options)

    def answer(self, content: Any, lines: list[str], *, as_json: bool) -> None:
        """Print JSON for programs or lines for people."""
        if as_json:
            lines = [json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)]
        for line in lines:
            self.stdout.write(line)
