"""The rules of access as a page for readers: `docs/access-rules.md` is printed from the tables."""

from collections.abc import Iterable, Iterator

from teams.access.rules import DENIED_COMPARTMENTS, ROLES_FOR, STEP_UP_ACTIONS, Action
from teams.access.seat_rules import GLASS_RULES, ROUTE, SEAT_RULES, GlassRule, SeatRule
from teams.enums import CONTACT_ONLY, DossierKind, Role

HEAD = """\
# Who may see and do what

Printed from `teams/access/seat_rules.py` and `teams/access/rules.py` by `manage.py print_rules`; a
test keeps it current. The numbers are those of the access model; a letter behind a number is a part
of that rule. Anything that stands in no row is denied.
"""
WIDTHS = {
    "everything": "all",
    "common": "what is open, signals, and what names them",
    "open": "what is open to all",
    "shared": "the whole K2-blok with the OT",
    "monitoring": "monitoring plan and evaluations",
    "signals": "signals",
    "consents": "consents",
    "named": "what names them",
    "own": "what they wrote",
    "absence": "absence facts and attendance agreements",
    "contacts": "pupil and carers, a secret address only if named in it",
    "pupil": "the same, and declared family",
}


def rules_page() -> str:
    """Print all rules as Markdown; the same tables give the same text."""
    parts = [HEAD]
    for kind in (DossierKind.CASE, DossierKind.STUDENT, DossierKind.SCHOOL):
        parts.append(f"\n## Seats at a dossier of kind {kind.value}\n\n")
        parts += _seats(rule for rule in SEAT_RULES if rule.kind == kind)
    parts += ["\n## Compartments closed to roles, whatever seat there is\n\n", *_denied()]
    parts += ["\n## Break-glass\n\n", *_glass()]
    parts += ["\n## Actions by role\n\n", *_actions()]
    return "".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(head)
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"


def _seats(rules: Iterable[SeatRule]) -> Iterator[str]:
    head = ("Rule", "Roles", "Relation", "Opens", "Of it", "Ground", "States", "Needs")
    return _table(head, (_seat(rule) for rule in rules))


def _seat(rule: SeatRule) -> tuple[str, ...]:
    return (
        rule.code,
        _roles(rule.roles),
        rule.relation.value,
        " ".join(part.value for part in rule.compartments),
        WIDTHS[rule.breadth],
        rule.ground.value,
        _states(rule.states),
        " ".join(sorted(need.value for need in rule.needs)) or "-",
    )


def _roles(roles: Iterable[Role]) -> str:
    order = list(Role)
    return ", ".join(role.value for role in sorted(roles, key=order.index))


def _states(states: frozenset[str]) -> str:
    on_route = [state for state in ROUTE if state in states]
    found = sorted(states - set(ROUTE))
    if on_route:
        first, last = ROUTE.index(on_route[0]), ROUTE.index(on_route[-1])
        is_span = last - first + 1 == len(on_route) > 2
        found = [f"{on_route[0]}..{on_route[-1]}"] + found if is_span else on_route + found
    return ", ".join(found) or "-"


def _denied() -> Iterator[str]:
    rows = ((code, part.value, _roles(who)) for code, (part, who) in DENIED_COMPARTMENTS.items())
    return _table(("Denial", "Compartment", "Roles"), rows)


def _glass() -> Iterator[str]:
    head = ("For", "Role", "Dossier", "Opens", "States", "Second person")
    return _table(head, (_glass_row(rule) for rule in GLASS_RULES))


def _glass_row(rule: GlassRule) -> tuple[str, ...]:
    return (
        rule.category.value,
        rule.role.value,
        rule.kind.value,
        " ".join(part.value for part in rule.compartments),
        _states(rule.states),
        "before it opens" if rule.needs_second else "for another hour",
    )


def _actions() -> Iterator[str]:
    everyone = frozenset(Role) - CONTACT_ONLY
    rows = (
        (
            action.value,
            "every role" if everyone <= roles else _roles(roles),
            "yes" if action in STEP_UP_ACTIONS else "-",
        )
        for action, roles in sorted(ROLES_FOR.items(), key=lambda row: list(Action).index(row[0]))
    )
    return _table(("Action", "Roles", "Shows again who one is"), rows)
