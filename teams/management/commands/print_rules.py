"""`manage.py print_rules`: print the rules of access into the documentation."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from teams.access.printed import rules_page


class Command(BaseCommand):
    """Writes docs/access-rules.md anew from the tables in the code."""

    help = "Prints the rules of access into docs/access-rules.md."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Write the page."""
        page = Path(settings.BASE_DIR) / "docs" / "access-rules.md"
        page.write_text(rules_page(), encoding="utf-8")
        self.stdout.write(f"{page.relative_to(settings.BASE_DIR)} written.")
