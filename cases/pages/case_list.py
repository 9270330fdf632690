"""The list of cases, as lines or as a board; the address bar says all of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from cases.enums import CaseState
from cases.forms.case_filter import CaseFilterForm
from cases.models import Case
from cases.queries.case_list import MOST_ON_BOARD, PAGE_SIZE, Key, after, filtered_cases
from cases.queries.picker import current_groups
from teams.access.actor import Actor
from teams.components import Badge, BadgeKind, FilterChip, Pager, Tab
from teams.templatetags.ui import short_day

MOST_IN_FILE = 5000
# Behind a fold until one of them is chosen, so that a phone shows the list first.
_FOLDED = ("groep", "mijn", "wacht")
_FILTERS = ("zoek", "stand", *_FOLDED)
# On a card of the board, where the column names the station already.
_SHORT: dict[str, str] = {
    CaseState.VOT_REQUESTED: "gevraagd",
    CaseState.VOT: "bijeengeroepen",
    CaseState.OT_PREPARING: "wordt voorbereid",
    CaseState.OT: "bijeengeroepen",
}
# Columns of the board: a station and the states that stand there.
_COLUMNS = (
    ("Signaal", (CaseState.SIGNALING,)),
    ("Consult", (CaseState.CONSULTING,)),
    ("Afspraken", (CaseState.AGREEMENTS,)),
    ("VOT", (CaseState.VOT_REQUESTED, CaseState.VOT)),
    ("OT", (CaseState.OT_PREPARING, CaseState.OT)),
    ("Afweging", (CaseState.WEIGHING,)),
    ("Uitvoering", (CaseState.RUNNING,)),
    ("Afgerond", (CaseState.CLOSED, CaseState.TRANSFERRED)),
)


@dataclass(frozen=True)
class CaseLine:
    """One case in the list."""

    name: str
    url: str
    number: str
    group: str
    state: str
    badge: Badge
    since: str
    lead: str
    school: str


@dataclass(frozen=True)
class Column:
    """One station of the board with its cases."""

    label: str
    lines: tuple[CaseLine, ...]
    has_states: bool


@dataclass(frozen=True)
class CaseListPage:
    """What the page shows: lines or columns, never both."""

    form: CaseFilterForm
    filters: tuple[FilterChip, ...]
    has_more_filters: bool
    result_text: str
    clear_url: str
    shapes: tuple[Tab, ...]
    is_board: bool
    lines: tuple[CaseLine, ...]
    columns: tuple[Column, ...]
    pager: Pager
    has_many_schools: bool
    exports: tuple[Tab, ...]


def case_list_page(asked: QueryDict, *, actor: Actor, day: date) -> CaseListPage:
    """Build the page from the address bar."""
    form = CaseFilterForm(asked, groups=current_groups(actor, day=day))
    rows = filtered_cases(form.wanted(), actor=actor, day=day)
    count = rows.order_by().count()
    is_board = asked.get("vorm") == "bord"
    lines: tuple[CaseLine, ...] = ()
    pager = Pager("", "")
    columns: tuple[Column, ...] = ()
    if is_board:
        columns = _columns(list(rows[:MOST_ON_BOARD]))
    else:
        key = Key.parse(asked.get("na", ""))
        found = list(after(rows, key)[: PAGE_SIZE + 1])
        lines = tuple(_line(case) for case in found[:PAGE_SIZE])
        pager = _pager(asked, key, found)
    return CaseListPage(
        form=form,
        filters=tuple(_chips(asked, form)),
        has_more_filters=bool(_asked(asked, *_FOLDED)),
        result_text="1 casus" if count == 1 else f"{count} casussen",
        clear_url=_url({"vorm": "bord"} if is_board else {}),
        shapes=_shapes(asked, is_board),
        is_board=is_board,
        lines=lines,
        columns=columns,
        pager=pager,
        has_many_schools=len(actor.schools) != 1,
        exports=_exports(asked) if count else (),
    )


def exported_lines(asked: QueryDict, *, actor: Actor, day: date) -> list[CaseLine]:
    """Every line that the same address shows on the screen, over all its pages."""
    form = CaseFilterForm(asked, groups=current_groups(actor, day=day))
    rows = filtered_cases(form.wanted(), actor=actor, day=day)
    return [_line(case) for case in rows[:MOST_IN_FILE]]


def _exports(asked: QueryDict) -> tuple[Tab, ...]:
    kept = _asked(asked, *_FILTERS)
    return tuple(
        Tab(label, _url({**kept, "als": key})) for label, key in (("CSV", "csv"), ("Excel", "xlsx"))
    )


def _url(query: dict[str, str]) -> str:
    base = reverse("cases")
    return f"{base}?{urlencode(query)}" if query else base


def _asked(asked: QueryDict, *names: str) -> dict[str, str]:
    return {name: asked[name] for name in names if asked.get(name)}


def _chips(asked: QueryDict, form: CaseFilterForm) -> list[FilterChip]:
    chips = []
    for name in _FILTERS:
        if name not in form.fields or not form.cleaned_data.get(name):
            continue
        value = form.cleaned_data[name]
        field = form.fields[name]
        words = dict(getattr(field, "choices", ())).get(value, value)
        rest = _asked(asked, *(each for each in (*_FILTERS, "vorm") if each != name))
        chips.append(FilterChip(f"{field.label}: {words}", _url(rest)))
    return chips


def _shapes(asked: QueryDict, is_board: bool) -> tuple[Tab, ...]:
    kept = _asked(asked, *_FILTERS)
    return (
        Tab("Lijst", _url(kept), is_current=not is_board),
        Tab("Bord", _url({**kept, "vorm": "bord"}), is_current=is_board),
    )


def _pager(asked: QueryDict, key: Key | None, found: list[Case]) -> Pager:
    kept = _asked(asked, *_FILTERS)
    following = ""
    if len(found) > PAGE_SIZE:
        last = found[PAGE_SIZE - 1]
        following = _url({**kept, "na": str(Key(last.state_since, last.pk))})
    return Pager(_url(kept) if key else "", following)


def _columns(rows: list[Case]) -> tuple[Column, ...]:
    standing: dict[str, list[CaseLine]] = defaultdict(list)
    for case in rows:
        standing[case.state].append(_line(case))
    return tuple(
        Column(label, tuple(line for state in states for line in standing[state]), len(states) > 1)
        for label, states in _COLUMNS
    )


def _line(case: Case) -> CaseLine:
    kind = BadgeKind.NEUTRAL if case.is_open else BadgeKind.DONE
    if case.is_urgent and case.is_open:
        kind = BadgeKind.ATTENTION
    return CaseLine(
        name=case.student.full_name,
        url=reverse("case", kwargs={"case_id": case.pk}),
        number=case.number,
        group=getattr(case, "group_name", "") or "",
        state=_SHORT.get(case.state, case.get_state_display().lower()),
        badge=Badge(case.get_state_display(), kind),
        since=short_day(case.state_since),
        lead=getattr(case, "lead_name", "") or "",
        school=case.school.name,
    )
