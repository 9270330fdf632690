"""Writes an EDEXML file of a believable school that does not exist."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.imports.edexml_writer import write_records
from schools.imports.sample import SampleLevel, sample_school
from teams import clock

# BRIN codes that begin with 99 are given to no school.
TEST_BRIN = "99ZZ"


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
        parser.add_argument("--brin", default=TEST_BRIN, help=f"BRIN-code, standaard {TEST_BRIN}")
        parser.add_argument(
            "--level",
            choices=[level.value for level in SampleLevel],
            default=SampleLevel.PRIMARY.value,
        )
        parser.add_argument("--seed", type=int, default=1, help="ander getal, andere school")
        parser.add_argument(
            "--out",
            type=Path,
            help="bestand; zonder deze optie naar de standaarduitvoer",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say on the error stream what is in it."""
        if options["pupils"] < 1:
            raise CommandError("Geef met --pupils ten minste 1 leerling op.")
        school = sample_school(
            school_key=options["school"],
            brin=options["brin"],
            pupils=options["pupils"],
            today=clock.today(),
            seed=options["seed"],
            level=SampleLevel(options["level"]),
        )
        if options["out"] is None:
            write_records(sys.stdout.buffer, school)
            return
        with options["out"].open("wb") as stream:
            write_records(stream, school)
        self.stdout.write(
            f"{options['out']}: {len(school.students)} leerlingen in {len(school.groups)} groepen."
        )
