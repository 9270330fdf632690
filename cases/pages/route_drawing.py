"""The route drawn as a line of stations, for the professionals' pages (ui.md 1)."""

from collections.abc import Mapping
from datetime import date

from cases.enums import CaseState
from cases.queries.facts import CaseFacts
from teams.components import Route, Station, StationState
from teams.templatetags.ui import short_day

S = CaseState
_STATIONS: tuple[tuple[str, frozenset[str], str], ...] = (
    ("Signaal", frozenset({S.SIGNALING}), ""),
    ("Consult", frozenset({S.CONSULTING}), "de vraag aan een collega"),
    ("Afspraken", frozenset({S.AGREEMENTS}), "wie doet wat"),
    ("VOT", frozenset({S.VOT_REQUESTED, S.VOT}), "de directeur roept bijeen"),
    ("OT", frozenset({S.OT_PREPARING, S.OT, S.ESCALATED}), "met ouders en {name}"),
    ("Afweging", frozenset({S.WEIGHING}), "als school niet genoeg kan bieden"),
    ("Uitvoering", frozenset({S.RUNNING}), "plan met doelen en regie"),
    ("Afgerond", frozenset({S.CLOSED, S.TRANSFERRED}), "geëvalueerd met ouders"),
)
# While we are there, the station bears the name of what is going on.
_NOW = {
    S.VOT_REQUESTED: "VOT gevraagd",
    S.OT_PREPARING: "OT voorbereiden",
    S.TRANSFERRED: "Overgedragen",
    S.ESCALATED: "Team Nooit Opgeven",
}
_STUCK = (
    "Loopt het vast door een wachtlijst, onenigheid of geld? "
    "Zeg het tegen wie de regie heeft: daarvoor is er Team Nooit Opgeven."
)


def draw_route(facts: CaseFacts, *, usual: Mapping[str, int]) -> Route:
    """Draw where a case was, is since when, and what the next stations ask.

    `usual` says how many school days a state usually takes.
    """
    here = _index(facts.case.state)
    visited = _visited(facts)
    stations = tuple(
        _station(facts, position, here=here, visited=visited, usual=usual)
        for position in range(len(_STATIONS))
    )
    return Route(stations, note=_STUCK if facts.case.is_open else "")


def _index(state: str) -> int:
    found = (place for place, (_, states, _) in enumerate(_STATIONS) if state in states)
    return next(found, len(_STATIONS) - 1)


def _visited(facts: CaseFacts) -> dict[int, date]:
    days: dict[int, date] = {}
    for step in facts.transitions:
        if step.from_state != step.to_state:
            days[_index(step.to_state)] = step.created_at.date()
    return days


def _station(
    facts: CaseFacts,
    position: int,
    *,
    here: int,
    visited: dict[int, date],
    usual: Mapping[str, int],
) -> Station:
    label, _, condition = _STATIONS[position]
    case = facts.case
    if position == here:
        state = S(case.state)
        detail = f"sinds {short_day(case.state_since)}"
        if case.is_open and usual.get(state):
            detail += f", meestal {usual[state]} schooldagen"
        return Station(_NOW.get(state, label), StationState.NOW, detail)
    if position > here:
        name = case.student.first_name
        return Station(label, StationState.NEXT, condition.format(name=name))
    if position not in visited:
        return Station(label, StationState.SKIPPED, "overgeslagen")
    return Station(label, StationState.PAST, short_day(visited[position]))
