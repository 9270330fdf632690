"""What now: the next steps of a case, each a button or the reasons why not yet."""

from dataclasses import dataclass, replace

from django.urls import reverse

from cases.workflow.engine import is_one_who_may, reasons_against
from cases.workflow.steps import Step, Transition
from cases.workflow.table import ROUTE
from teams.access.errors import Reason
from teams.components import Action, Row
from teams.enums import Relation, Role

MOST_STEPS = 3
_BUTTONS = {
    "T-02": "Vastleggen",
    "T-03": "Afronden",
    "T-04": "Vraag stellen",
    "T-05": "Afronden",
    "T-06": "Afspraken maken",
    "T-07": "VOT vragen",
    "T-08": "Afronden",
    "T-09": "VOT vragen",
    "T-10": "VOT vragen",
    "T-11": "Bijeenroepen",
    "T-12": "Teruggeven",
    "T-13": "Naar het OT",
    "T-14": "Afzien van OT",
    "T-15": "Uitnodigen",
    "T-16": "Plan starten",
    "T-17": "Nieuw OT",
    "T-18": "Afwegen",
    "T-19": "Afronden",
    "T-22": "Starten",
    "T-23": "Naar het OT",
    "T-25": "Evalueren",
    "T-26": "Naar het OT",
    "T-27": "Afronden",
    "T-31": "Overdragen",
    "T-32": "Heropenen",
}
# Ways off the line: shown after the steps that lead on.
_ASIDE = ("T-09", "T-10", "T-17", "T-12", "T-14", "T-23", "T-19", "T-03", "T-31")
_RELATIONS = {
    Relation.LEAD: "wie de regie heeft",
    Relation.ASKED: "wie om advies is gevraagd",
}


@dataclass(frozen=True)
class NextSteps:
    """At most three steps that lead on, and the other ways behind a fold."""

    rows: tuple[Row, ...]
    others: tuple[Row, ...]


def next_steps(step: Step) -> NextSteps:
    """List every step from this state: what the reader may do, and what others must do."""
    open_rows = [row for row in ROUTE.values() if step.case.state in row.sources]
    found = [(row, is_one_who_may(row, step), reasons_against(row, step)) for row in open_rows]
    found.sort(key=lambda each: _rank(step, *each))
    main = [each for each in found if each[0].code != "T-31"][:MOST_STEPS]
    rest = [each for each in found if each not in main]
    rows = [_row(step, *each) for each in (*main, *rest)]
    # One button stands out: the first step that can be taken.
    first = next((row for row in rows if row.action and not row.action.reasons), None)
    rows = [row if row is first else _quiet(row) for row in rows]
    return NextSteps(tuple(rows[: len(main)]), tuple(rows[len(main) :]))


def _quiet(row: Row) -> Row:
    return replace(row, action=row.action and replace(row.action, is_quiet=True))


def _rank(step: Step, row: Transition, may: bool, reasons: list[Reason]) -> tuple:
    # A talk that was recorded already comes after the step it made possible.
    is_again = row.code == "T-02" and bool(step.facts.conversations)
    aside = _ASIDE.index(row.code) + 1 if row.code in _ASIDE else 0
    return (aside, is_again, not may, bool(reasons), row.code)


def _row(step: Step, row: Transition, may: bool, reasons: list[Reason]) -> Row:
    against = tuple(reasons)
    if not may:
        against = (Reason(f"Dat doet {_who(row)}.", "", "who_may"), *against)
    url = reverse("case-step", kwargs={"case_id": step.case.pk, "code": row.code})
    button = Action(
        label=_BUTTONS.get(row.code, row.label),
        url=url,
        step=row.code,
        reasons=against,
    )
    why = "" if against else row.explanation
    return Row(title=row.label, why=why, action=button, is_muted=bool(against))


def _who(row: Transition) -> str:
    words = [_words(who.role, who.relation) for who in row.who]
    unique = list(dict.fromkeys(words))[:3]
    if len(unique) == 1:
        return unique[0]
    return f"{', '.join(unique[:-1])} of {unique[-1]}"


def _words(role: Role | None, relation: Relation) -> str:
    if role is None:
        return _RELATIONS.get(relation, "wie aan tafel zit")
    return f"de {role.label}"
