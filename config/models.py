"""What the wiring itself remembers: when the worker was last seen at work."""

from datetime import datetime
from uuid import uuid4

from django.db import models


class Heartbeat(models.Model):
    """One row a kind of process, renewed by a task that beat queues and a worker runs."""

    WORKER = "worker"
    BACKUP = "backup"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    process = models.CharField("proces", max_length=20, unique=True)
    seen_at = models.DateTimeField("laatst gezien")

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self) -> str:
        return self.process


def record_heartbeat(process: str, *, at: datetime) -> None:
    """Note that a kind of process is at work."""
    Heartbeat.objects.update_or_create(process=process, defaults={"seen_at": at})
