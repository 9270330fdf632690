"""Striking use, for the privacy officer: codes only, and what was done about it (AR-35)."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from teams.audit.curiosity import Pattern
from teams.enums import AlarmKind
from teams.models import Alarm
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
class OversightPage:
    """What waits, and what was handled."""

    waiting: tuple[FlagLine, ...]
    handled: tuple[FlagLine, ...]


def oversight_page() -> OversightPage:
    """Read all flags; newest first."""
    rows = Alarm.objects.filter(kind=AlarmKind.CURIOSITY)
    handled = rows.filter(seen_at__isnull=False).order_by("-seen_at")[:MOST_HANDLED]
    return OversightPage(
        tuple(_line(row) for row in rows.filter(seen_at__isnull=True)),
        tuple(_line(row) for row in handled),
    )


def _line(row: Alarm) -> FlagLine:
    code, _, rest = row.text.partition(", ")
    title = WORDS[Pattern(code)] if code in set(Pattern) else code
    url = reverse("oversight-answer", kwargs={"flag_id": row.pk})
    return FlagLine(row.pk, title, rest, day_hour(row.raised_at), row.answer, url)
