"""Imports a CSV file with carers: a preview, and with --commit the change itself."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.actions.carers_file import apply_carers, preview_carers
from schools.imports.carers_csv import CarersFile, read_carers
from schools.imports.carers_preview import CARER_LABELS, CarersPreview
from schools.imports.records import BrokenFile
from schools.management.report import preview_lines
from schools.models import Enrollment, School
from schools.queries.carers import school_carers
from teams import clock
from teams.access.actor import as_system


class Command(BaseCommand):
    """`manage.py import_carers FILE.csv [--school KEY] [--commit]`."""

    help = "Leest verzorgers uit een CSV-bestand en toont wat er verandert; met --commit gebeurt het ook."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the file, the school and whether to carry it through."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--school", help="sleutel van de school; niet nodig als maar één school past"
        )
        parser.add_argument("--commit", action="store_true", help="voer de wijzigingen door")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the preview; carry it through when asked."""
        now = clock.now()
        try:
            with options["file"].open("rb") as stream:
                content = read_carers(stream)
        except (BrokenFile, OSError) as error:
            raise CommandError(str(error)) from error
        with as_system("import_carers", day=now.date()) as actor:
            school = self._school(options["school"], content)
            if options["commit"]:
                preview = apply_carers(school, content, actor=actor, now=now)
            else:
                preview = preview_carers(content, school_carers(school))
        self._show(preview, is_committed=options["commit"])

    def _school(self, key: str | None, content: CarersFile) -> School:
        """The school named, or the only one that knows every pupil of the file."""
        schools = School.objects.select_related("organization")
        if key:
            found = list(schools.filter(organization__key=key))
            problem = f"Er is geen school met sleutel {key}."
        else:
            wanted = {carer.student_key for carer in content.carers}
            rows = Enrollment.objects.filter(key__in=wanted, until__isnull=True)
            known = Counter(rows.values_list("school_id", flat=True))
            found = list(
                schools.filter(pk__in=[pk for pk, count in known.items() if count == len(wanted)])
            )
            problem = "Noem met --school de sleutel van de school waar deze leerlingen staan."
        if len(found) != 1:
            raise CommandError(problem)
        return found[0]

    def _show(self, preview: CarersPreview, *, is_committed: bool) -> None:
        counts = Counter(CARER_LABELS[change.kind] for change in preview.changes)
        changes = [
            f"regel {change.record.line}, leerling {change.record.student_key}: {CARER_LABELS[change.kind]}"
            + (f" ({', '.join(change.details)})" if change.details else "")
            for change in preview.changes
        ]
        self.stdout.write(f"{preview.total} verzorgers in het bestand.")
        for line in preview_lines(counts, changes, preview.deviations):
            self.stdout.write(line)
        self.stdout.write(
            "Doorgevoerd." if is_committed else "Niets gewijzigd; met --commit voert u dit door."
        )
