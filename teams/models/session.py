"""Being signed in: sessions with their limits, registered phones, and what was typed just too late."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from teams.models.base import Row


class Device(Row):
    """A phone that someone registered for Snel noteren; it opens nothing without their passkey."""

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="devices")
    name = models.CharField("naam", max_length=60)
    registered_at = models.DateTimeField("aangemeld op")
    used_at = models.DateTimeField("laatst gebruikt", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "telefoon"

    def __str__(self) -> str:
        return self.name


class Session(AbstractBaseSession):
    """One session, in PostgreSQL; deleting the row ends it at once (A-8).

    `handle` names it on a page, and the row keeps a digest of the key, so that the key itself
    never leaves the cookie.
    """

    handle = models.UUIDField(default=uuid4, unique=True)
    person = models.ForeignKey(
        "teams.User", models.CASCADE, null=True, related_name="sessions", db_constraint=False
    )
    begun_at = models.DateTimeField("begonnen", null=True)
    seen_at = models.DateTimeField("laatst gezien", null=True)
    # Which browser, in words; no address is kept.
    words = models.CharField("apparaat", max_length=80, blank=True)
    device = models.ForeignKey(Device, models.CASCADE, null=True, related_name="sessions")

    class Meta:
        verbose_name = "sessie"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        from teams.session_store import SessionStore  # slow import

        return SessionStore


class KeptPost(Row):
    """A form that arrived when its sender had to sign in or confirm first; own eyes only.

    `body` is sealed: whoever reads the table reads nothing.
    """

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="+")
    path = models.CharField("adres", max_length=400)
    body = models.BinaryField("inhoud")
    kept_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "bewaard formulier"


class Look(models.Model):
    """The last time that someone opened one case or document, to count how many in an hour (2.8)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey("teams.User", models.CASCADE, related_name="+")
    kind = models.CharField("soort", max_length=8)
    object_id = models.UUIDField("wat")
    at = models.DateTimeField("moment")

    class Meta:
        verbose_name = "blik"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "object_id"], name="look_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%H:%M}"


class ReportCount(models.Model):
    """How often browsers reported a breach of one rule of the content policy on one day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    day = models.DateField("dag")
    directive = models.CharField("regel", max_length=40)
    count = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "melding van een browser"
        constraints = [models.UniqueConstraint(fields=["day", "directive"], name="report_once")]

    def __str__(self) -> str:
        return f"{self.directive}: {self.count}"


def moment(text: object) -> datetime | None:
    """Read a moment as a session keeps it; none for anything else."""
    return datetime.fromisoformat(text) if isinstance(text, str) else None
