"""Striking use, for the privacy officer: codes only, and what was done about it (AR-35)."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from teams.access.fence import beyond_seats
from teams.audit import words
from teams.audit.curiosity import Pattern
from teams.enums import AlarmKind, Role
from teams.models import AccessEntry, Alarm
from teams.queries.looks import REFUSED, looks_at
from teams.templatetags.ui import day_hour

WORDS = {
    Pattern.REFUSED: "Vijf keer op een dag iets geprobeerd dat dicht bleef",
    Pattern.SURNAME: "Een leerling met dezelfde achternaam",
    Pattern.STREET: "Een leerling uit dezelfde straat",
    Pattern.MANY: "Dertig of meer dossiers in een uur",
    Pattern.NIGHT: "Drie of meer keer gekeken in de nacht",
    Pattern.WATCHED: "Gekeken bij een dossier waarop extra wordt gelet",
    Pattern.GLASS: "Noodtoegang bij meer dan één dossier in een week",
    Pattern.SEARCHES: "Twintig of meer zoekvragen in een uur",
    Pattern.DOCUMENTS: "Stukken van acht of meer dossiers in een uur",
    Pattern.CLOSED: "Vijf keer op een dag bij een afgesloten casus gekeken",
}
# Handled flags stay in sight for a while.
MOST_HANDLED = 30
MOST_LINES = 100
# Of a list of hundreds the first few codes.
MOST_DOSSIERS = 3


@dataclass(frozen=True)
class FlagLine:
    """One flag: what stood out, whose code, and how it was handled."""

    pk: UUID
    title: str
    codes: str
    raised: str
    answer: str
    url: str


@dataclass(frozen=True)
class LogLine:
    """One line of the trace as the privacy officer reads it: codes, and no name (AR-35)."""

    at: str
    person: str
    role: str
    dossiers: str
    what: str
    outcome: str
    ground: str


@dataclass(frozen=True)
class OversightPage:
    """What waits, what was handled, and the lines of the code that was asked for."""

    waiting: tuple[FlagLine, ...]
    handled: tuple[FlagLine, ...]
    code: str
    log: tuple[LogLine, ...]


@beyond_seats("oversight, by code")
def oversight_page(code: str = "") -> OversightPage:
    """Read all flags, newest first, and the newest lines of one person or dossier."""
    rows = Alarm.objects.filter(kind=AlarmKind.CURIOSITY)
    handled = rows.filter(seen_at__isnull=False).order_by("-seen_at")[:MOST_HANDLED]
    return OversightPage(
        tuple(_line(row) for row in rows.filter(seen_at__isnull=True)),
        tuple(_line(row) for row in handled),
        code,
        tuple(_log_line(row) for row in _log(code)),
    )


def _log(code: str) -> list[AccessEntry]:
    try:
        key = UUID(code)
    except ValueError:
        return []
    own = AccessEntry.objects.filter(actor_id=key).order_by("-at", "-pk")[:MOST_LINES]
    found = [*own, *looks_at(key, most=MOST_LINES)]
    return sorted(found, key=lambda row: row.at, reverse=True)[:MOST_LINES]


def _log_line(row: AccessEntry) -> LogLine:
    return LogLine(
        at=day_hour(row.at),
        person=str(row.actor_id or "-"),
        role=Role(row.acting_role).label if row.acting_role else "",
        dossiers=", ".join(map(str, row.dossier_ids[:MOST_DOSSIERS])),
        what=words.looked_at(row.action),
        outcome="geweigerd" if row.outcome in REFUSED else "getoond",
        ground=" ".join(filter(None, (row.ground, row.rule))),
    )


def _line(row: Alarm) -> FlagLine:
    code, _, rest = row.text.partition(", ")
    title = WORDS[Pattern(code)] if code in set(Pattern) else code
    url = reverse("oversight-answer", kwargs={"flag_id": row.pk})
    return FlagLine(row.pk, title, rest, day_hour(row.raised_at), row.answer, url)
