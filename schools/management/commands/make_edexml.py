"""Writes an EDEXML file of a believable school that does not exist."""

import argparse
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.enums import SchoolType
from schools.imports.edexml_writer import write_records
from schools.imports.records import EdexmlFile
from schools.imports.sample import SampleLevel, sample_school
from schools.models import School
from teams import clock

# BRIN codes that begin with 99 are given to no school.
TEST_BRIN = "99ZZ"
LEVELS: dict[str, SampleLevel] = {
    SchoolType.PRESCHOOL: SampleLevel.PLAYGROUP,
    SchoolType.PRIMARY: SampleLevel.PRIMARY,
    SchoolType.SBO: SampleLevel.SPECIAL_PRIMARY,
    SchoolType.SO: SampleLevel.SPECIAL_PRIMARY,
    SchoolType.SECONDARY: SampleLevel.SECONDARY,
    SchoolType.VSO: SampleLevel.SECONDARY,
}


class Command(BaseCommand):
    """`manage.py make_edexml --pupils 120 --school KEY [--out FILE]`."""

    help = "Schrijft een EDEXML-bestand (2.1) van een geloofwaardige, niet bestaande school."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare how large the school is, how it is called and where the file goes."""
        parser.add_argument(
            "--pupils",
            type=int,
            required=True,
            help="aantal leerlingen, vertrokken leerlingen inbegrepen",
        )
        parser.add_argument("--school", required=True, help="sleutel van de school")
        parser.add_argument(
            "--brin", help=f"BRIN-code; standaard die van de school, anders {TEST_BRIN}"
        )
        parser.add_argument(
            "--level",
            choices=[level.value for level in SampleLevel],
            help="soort school; standaard die van de school, anders po",
        )
        parser.add_argument("--seed", type=int, default=1, help="ander getal, andere school")
        parser.add_argument(
            "--out",
            type=Path,
            help="bestand; zonder deze optie naar de standaarduitvoer",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; a school that exists lends its BRIN and its kind."""
        if options["pupils"] < 1:
            raise CommandError("Geef met --pupils ten minste 1 leerling op.")
        known = School.objects.filter(organization__key=options["school"]).first()
        level = options["level"] or LEVELS.get(known.school_type if known else "")
        sample = sample_school(
            school_key=options["school"],
            brin=options["brin"] or (known and known.brin) or TEST_BRIN,
            pupils=options["pupils"],
            today=clock.today(),
            seed=options["seed"],
            level=SampleLevel(level) if level else SampleLevel.PRIMARY,
        )
        if known:
            sample = replace(sample, school=replace(sample.school, branch_code=known.site_code))
        self._write(sample, options["out"])

    def _write(self, sample: EdexmlFile, path: Path | None) -> None:
        content = BytesIO()
        write_records(content, sample)
        if path is None:
            self.stdout.write(content.getvalue().decode(), ending="")
            return
        path.write_bytes(content.getvalue())
        self.stdout.write(
            f"{path}: {len(sample.students)} leerlingen in {len(sample.groups)} groepen."
        )
