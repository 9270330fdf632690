"""The judge stands on its own, and the region holds every kind of row."""

import ast
import sys
from pathlib import Path

from django.apps import apps

from teams.access.scope import SensitiveRow
from tests.access import facts, oracle, oracle_pages, relations
from tests.access.region_consents import full_region

JUDGE = (facts, relations, oracle, oracle_pages)


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_judge_imports_nothing_of_ours():
    own = {module.__name__ for module in JUDGE}
    for module in JUDGE:
        others = _imported(Path(module.__file__)) - own
        assert {name.split(".")[0] for name in others} <= sys.stdlib_module_names, module.__name__


def test_every_sensitive_model_stands_in_the_region(db):
    models = {model for model in apps.get_models() if issubclass(model, SensitiveRow)}
    region = full_region()
    assert models == set(region.things)
    assert len(region.tokens) >= 2_000
