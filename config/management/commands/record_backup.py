"""`manage.py record_backup`: what makes the backups says that one was made and proved."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from config.models import Heartbeat, record_heartbeat


class Command(BaseCommand):
    """Note the moment; `check --deploy` warns when it is longer than 26 hours ago."""

    help = "Record that a backup was made just now."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the moment down."""
        record_heartbeat(Heartbeat.BACKUP, at=timezone.now())
        self.stdout.write("De back-up is genoteerd.")
