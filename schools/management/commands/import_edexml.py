"""Imports an EDEXML file of a school: a preview, and with --commit the change itself."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.actions.edexml import apply_edexml, preview_edexml
from schools.imports.edexml import read_edexml
from schools.imports.preview import LABELS, Preview
from schools.imports.records import BrokenFile, EdexmlFile
from schools.management.report import preview_lines
from schools.models import School
from schools.queries.schools import school_by_key
from teams import clock
from teams.access.actor import as_system


class Command(BaseCommand):
    """`manage.py import_edexml FILE --school KEY [--commit]`."""

    help = "Leest een EDEXML-bestand (2.0 of 2.1) en toont wat er verandert; met --commit gebeurt het ook."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file, the school and whether to carry it through."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", required=True, help="sleutel van de school")
        parser.add_argument("--commit", action="store_true", help="voer de wijzigingen door")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the preview; carry it through when asked."""
        now = clock.now()
        try:
            school = school_by_key(options["school"])
            content = self._read(options["file"])
        except School.DoesNotExist as error:
            raise CommandError(f"Er is geen school met sleutel {options['school']}.") from error
        except (BrokenFile, OSError) as error:
            raise CommandError(str(error)) from error
        with as_system("import_edexml", day=now.date()) as actor:
            if options["commit"]:
                preview = apply_edexml(
                    school, content, actor=actor, now=now, on_progress=self._progress
                )
            else:
                preview = preview_edexml(school, content, today=now.date())
        self._show(preview, is_committed=options["commit"])

    def _read(self, path: Path) -> EdexmlFile:
        with path.open("rb") as stream:
            return read_edexml(
                stream, on_progress=lambda count: self._say(f"{count} leerlingen gelezen")
            )

    def _progress(self, done: int, total: int) -> None:
        self._say(f"{100 * done // total if total else 100} % doorgevoerd")

    def _say(self, line: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(line, ending="\r")

    def _show(self, preview: Preview, *, is_committed: bool) -> None:
        counts = {LABELS[kind]: count for kind, count in preview.counts.items()}
        changes = [
            f"{change.key} {change.name}: {LABELS[change.kind]}"
            + (f" ({', '.join(change.details)})" if change.details else "")
            for change in preview.changes
        ]
        self.stdout.write(
            f"{preview.total} leerlingen in het bestand, schooljaar {preview.school_year}."
        )
        for line in preview_lines(counts, changes, preview.deviations, preview.doubts):
            self.stdout.write(line)
        self.stdout.write(
            "Doorgevoerd." if is_committed else "Niets gewijzigd; met --commit voert u dit door."
        )
