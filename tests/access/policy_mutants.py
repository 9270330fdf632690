"""Taking away one policy of one table at a time, where the code forgot every filter (A-15)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from teams.access.rules import DENIED_COMPARTMENTS
from tests.access.mutants import wrong_seat
from tests.access.personas import PERSONAS, Persona
from tests.access.region import Region
from tests.access.row_matrix import acting

# Whom each denial keeps out, though a wrong seat opens everything there.
KEPT_OUT = {"D2": "ib-kade", "D3": "a9-part"}


def survivors(region: Region, model: type[models.Model]) -> Iterator[tuple[str, bool]]:
    """Each policy of one table by name, and whether its loss was noticed."""
    table = model._meta.db_table
    fg = next(row for row in PERSONAS if row.key == "fg")
    with _undone():
        _as_owner(f"ALTER POLICY seated ON {table} USING (true)")
        yield f"{table}.seated", bool(_seen(region, fg, model))
    for code, (compartment, _roles) in DENIED_COMPARTMENTS.items():
        persona = next(row for row in PERSONAS if row.key == KEPT_OUT[code])
        with _undone():
            dossier = wrong_seat(region, persona.key, compartment)
            _as_owner(
                "SET LOCAL session_replication_role = replica",
                f"UPDATE {table} SET dossier_id = '{dossier}', compartment = '{compartment}'",
                "SET LOCAL session_replication_role = origin",
            )
            is_held = not _seen(region, persona, model)
            _as_owner(f"DROP POLICY {code.lower()} ON {table}")
            yield f"{table}.{code.lower()}", is_held and bool(_seen(region, persona, model))


def _seen(region: Region, persona: Persona, model: type[models.Model]) -> int:
    with acting(region, persona):
        return int(model.unscoped.count())  # type: ignore[attr-defined]


def _as_owner(*statements: str) -> None:
    """Change what only the owner may, and be the web server again."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE app_rt")


@contextmanager
def _undone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT mutant")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT mutant")
        cursor.execute("SET LOCAL ROLE app_rt")
