"""`manage.py route [--json]`: the table of the route, as the engine reads it."""

from typing import Any

from cases.workflow.steps import Guard, Transition, Who
from cases.workflow.table import ROUTE
from config.demo.commands import DemoCommand


class Command(DemoCommand):
    """Lists every step with who may take it, its guards and its texts."""

    help = "Lists the transitions of a case."

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        """Print the table."""
        rows = [describe(row) for row in ROUTE.values()]
        lines = [
            f"{row['code']}  {', '.join(row['from']) or 'nieuw'} -> {row['to'] or 'hangt ervan af'}"
            f"  {row['label']}"
            for row in rows
        ]
        self.answer(rows, lines, as_json=as_json)


def describe(row: Transition) -> dict[str, Any]:
    """One row of the table; `to` is None where it depends on the case or on what is given."""
    return {
        "code": row.code,
        "label": row.label,
        "explanation": row.explanation,
        "from": sorted(row.sources),
        "to": None if callable(row.target) else row.target,
        "who": [_who(who) for who in row.who],
        "facts": [_guard(guard) for guard in row.facts],
        "asks": [_guard(guard) for guard in row.asks],
        "compartment": row.compartment,
    }


def _who(who: Who) -> dict[str, str | None]:
    return {
        "role": who.role,
        "role_label": str(who.role.label) if who.role else None,
        "relation": who.relation,
        "relation_label": str(who.relation.label),
    }


def _guard(guard: Guard) -> dict[str, str]:
    name = getattr(guard, "__name__", "")
    return {"name": name, "text": (guard.__doc__ or "").strip()}
