"""Who looked at one dossier: the lines of the trace, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from teams.models import AccessEntry

_SQL = "SELECT * FROM trace_looks(%s, %s, %s, %s, %s, %s)"
REFUSED = ("302", "401", "403", "404")


@dataclass(frozen=True)
class Place:
    """A place in the list: below the line written at this moment under this key."""

    at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.pk}"

    @classmethod
    def of(cls, text: str) -> "Place | None":
        """Read a place as an address carries it; none when it makes no sense."""
        at, _, pk = text.replace(" ", "+").partition("_")
        try:
            return cls(datetime.fromisoformat(at), UUID(pk))
        except ValueError:
            return None


def looks_at(
    dossier_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    below: Place | None = None,
    most: int = 50,
) -> list[AccessEntry]:
    """Give the lines of one dossier, also lists and refusals, newest first.

    Shape:  at most `most`; empty for who has no seat at this dossier.
    """
    place = (below.at, below.pk) if below else (None, None)
    return list(AccessEntry.objects.raw(_SQL, [dossier_id, since, until, *place, most]))


def refusals(*, since: datetime) -> QuerySet[AccessEntry]:
    """Give the refused looks from a moment on."""
    return AccessEntry.objects.filter(at__gte=since, outcome__in=REFUSED)
