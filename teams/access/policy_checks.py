"""System checks on what stands in the database: every sensitive table fenced, by the rules of today."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from teams.access.policies import POLICY, policies_of_sensitive
from teams.access.scope import SensitiveRow

_FENCED = """
    SELECT c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid)
    FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity
      AND c.relnamespace = 'public'::regnamespace
"""


def sensitive_models() -> Iterator[type[SensitiveRow]]:
    """Every model whose rows are about a child."""
    return (model for model in apps.get_models() if issubclass(model, SensitiveRow))


def history_tables() -> Iterator[str]:
    """Tables in which triggers keep earlier versions of sensitive rows."""
    for model in apps.get_models():
        tracked: Any = getattr(model, "pgh_tracked_model", None)
        if tracked and issubclass(tracked, SensitiveRow):
            yield model._meta.db_table


def linking_tables() -> Iterator[str]:
    """Tables between a sensitive row and others."""
    for model in sensitive_models():
        for field in model._meta.many_to_many:
            through: Any = field.remote_field.through
            yield through._meta.db_table


@register(Tags.database)
def check_policies(*, databases: Any = None, **_kwargs: object) -> list[CheckMessage]:
    """Every table about a child has its policies, enabled and forced (access.E005, E006)."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if _is_being_migrated(alias):
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute(_FENCED)
            rows = cursor.fetchall()
        standing: dict[str, dict[str, str]] = {}
        for table, policy, condition in rows:
            standing.setdefault(table, {})[policy] = condition or ""
        for model in sensitive_models():
            found += _missing(model, standing.get(model._meta.db_table, {}))
        for table in sorted({*history_tables(), *linking_tables()} - standing.keys()):
            found.append(Error(f"{table} has no row security", id="access.E005"))
    return found


def _is_being_migrated(alias: str) -> bool:
    """Whether migrations wait: `migrate` asks the checks first, and brings the policies itself."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _missing(model: type[SensitiveRow], policies: dict[str, str]) -> Iterator[CheckMessage]:
    name = model._meta.label
    if not policies.keys() >= {POLICY, *policies_of_sensitive()}:
        yield Error(f"{name} has no policy {POLICY}, or lacks a denial", id="access.E005")
        return
    for denial, roles in policies_of_sensitive().items():
        if any(f"'{role}'" not in policies[denial] for role in roles):
            yield Error(f"{name}: policy {denial} does not name every role", id="access.E006")
