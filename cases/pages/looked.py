"""Who looked at a case: every line of the trace as a sentence, newest first."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from cases.forms.looked import PeriodForm
from cases.models import Case
from teams.audit import words
from teams.components import Badge, BadgeKind, Pager
from teams.enums import Role
from teams.models import AccessEntry, Organization, User
from teams.queries.looks import REFUSED, Place, looks_at
from teams.templatetags.ui import hour, long_day

MOST_LINES = 50
# An outbox row's kind is no action of a page.
SYSTEM = "systeem"


@dataclass(frozen=True)
class LookLine:
    """One look: when, by whom, at what, why."""

    day: str
    hour: str
    name: str
    who: str
    what: str
    parts: str
    ground: str
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class LookedPage:
    """The lines of one period, and where to look further."""

    form: PeriodForm
    lines: tuple[LookLine, ...]
    pager: Pager
    is_watched: bool
    watch_url: str


def looked_page(case: Case, asked: QueryDict) -> LookedPage:
    """Tell who looked, from the place in the list that the address names."""
    form = PeriodForm(asked)
    below = Place.of(asked.get("onder", ""))
    rows = looks_at(case.dossier_id, **form.moments(), below=below, most=MOST_LINES + 1)
    shown = rows[:MOST_LINES]
    url = reverse("looked", kwargs={"case_id": case.pk})
    kept = {key: asked[key] for key in ("van", "tot") if asked.get(key)}
    further = (
        {**kept, "onder": str(Place(shown[-1].at, shown[-1].pk))} if len(rows) > MOST_LINES else {}
    )
    pager = Pager(
        f"{url}?{urlencode(kept)}" if below else "",
        f"{url}?{urlencode(further)}" if further else "",
    )
    return LookedPage(
        form,
        tuple(_lines(shown)),
        pager,
        is_watched=case.dossier.is_watched,
        watch_url=reverse("looked-watch", kwargs={"case_id": case.pk}),
    )


def _lines(rows: list[AccessEntry]) -> list[LookLine]:
    nodes = Organization.objects.in_bulk({row.organization_id for row in rows} - {None})
    people = User.objects.in_bulk({row.on_behalf_id for row in rows} - {None})
    return [_line(row, nodes, people) for row in rows]


def _line(row: AccessEntry, nodes: dict[UUID, Organization], people: dict[UUID, User]) -> LookLine:
    is_refused = row.outcome in REFUSED
    return LookLine(
        day=long_day(row.at),
        hour=hour(row.at),
        name=row.actor_name,
        who=_who(row, nodes, people),
        what=_what(row),
        parts="" if is_refused else words.parts(row.compartments),
        ground="" if is_refused else words.ground(row.ground) or _follows(row),
        badges=tuple(_badges(row, is_refused)),
    )


def _who(row: AccessEntry, nodes: dict[UUID, Organization], people: dict[UUID, User]) -> str:
    parts = [Role(row.acting_role).label if row.acting_role else ""]
    if row.organization_id in nodes:
        parts.append(str(nodes[row.organization_id]))
    if row.on_behalf_id in people:
        parts.append(f"namens {people[row.on_behalf_id]}")
    return ", ".join(part for part in parts if part)


def _is_work(row: AccessEntry) -> bool:
    return row.actor_id is None and row.actor_name == SYSTEM


def _follows(row: AccessEntry) -> str:
    return words.WORK_FOLLOWS if _is_work(row) else ""


def _what(row: AccessEntry) -> str:
    if _is_work(row):
        return words.WORK
    others = len(row.dossier_ids) - 1
    # A pupil's own dossier comes along with a case; only a list shows many.
    return words.looked_at(row.action) + (f", met {others} andere" if others > 1 else "")


def _badges(row: AccessEntry, is_refused: bool) -> list[Badge]:
    found = []
    if is_refused:
        found.append(Badge("geweigerd", BadgeKind.ATTENTION))
    if row.is_break_glass:
        found.append(Badge("noodtoegang", BadgeKind.ERROR))
    return found
