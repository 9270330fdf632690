"""A-44: every action that changes something reaches the audit line, in its own transaction."""

import ast
from pathlib import Path

from config.embedded.layout import ROOT

ROOMS = ("teams", "schools", "cases", "arrangements")
# What leaves no line, and why.
WITHOUT = {
    "convene_list": "one act of convening for each item, each with its own line",
    "keep_draft": "own text on its way, kept for nobody else",
    "drop_drafts": "own text on its way, kept for nobody else",
    "add_invitee": "part of laying or changing a table, whose line it is",
    "invite": "part of laying or changing a table, whose line it is",
}


def _functions() -> dict[str, list[tuple[Path, ast.FunctionDef]]]:
    """Every function and method of the rooms by name; one name may stand in more places."""
    found: dict[str, list[tuple[Path, ast.FunctionDef]]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append((path, node))
    return found


def _called(node: ast.FunctionDef, actions: set[str]) -> set[str]:
    """Functions called by name, those handed on to a call, and `module.name` of action modules."""
    names = set()
    for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
        target = call.func
        names.add(getattr(target, "id", ""))
        if isinstance(target, ast.Attribute) and target.attr in actions:
            names.add(target.attr)
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        names |= {value.id for value in given if isinstance(value, ast.Name)} - {"record"}
    return names


def _reaching(functions: dict[str, list[tuple[Path, ast.FunctionDef]]]) -> set[str]:
    """Names of functions that call `record`, or a function that does."""
    actions = {
        name for name, rows in functions.items() if any("actions" in path.parts for path, _ in rows)
    }
    calls = {
        name: set().union(*(_called(node, actions) for _, node in rows))
        for name, rows in functions.items()
    }
    reached = {"record"}
    while grown := {name for name, called in calls.items() if called & reached} - reached:
        reached |= grown
    return reached


def test_a44_every_action_that_takes_an_actor_reaches_the_trace():
    functions = _functions()
    reached = _reaching(functions)
    acting, silent = 0, []
    for name, rows in functions.items():
        for path, node in rows:
            is_action = "actions" in path.parts and not name.startswith("_")
            given = {argument.arg for argument in node.args.kwonlyargs}
            if not is_action or not {"actor", "now"} <= given:
                continue
            acting += 1
            if name not in reached and name not in WITHOUT:
                silent.append(f"{path.relative_to(ROOT)}: {name}")
    print(f"A-44: {acting} actions, {len(silent)} without a line")
    assert silent == []
    assert acting > 60
