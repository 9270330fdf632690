"""`manage.py pdf_check FILE`: are the tags there that a screen reader needs?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pikepdf
from django.core.management.base import BaseCommand, CommandError

from cases.documents.tags import check_pdf


class Command(BaseCommand):
    """Show Marked, Lang, structure tree, title and PDF/UA part of a PDF; exit code 1 on a fault."""

    help = "Show whether a PDF carries the tags that a screen reader needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print one line per fact. Errors: CommandError when one is not right."""
        try:
            facts = check_pdf(options["file"])
        except (OSError, pikepdf.PdfError) as error:
            raise CommandError(f"not a readable PDF: {type(error).__name__}") from error
        for fact in facts:
            self.stdout.write(f"{'ok ' if fact.is_right else 'NOT'} {fact.name}: {fact.found}")
        if wrong := [fact.name for fact in facts if not fact.is_right]:
            raise CommandError("not accessible: " + ", ".join(wrong))
