"""Row security as migrations write it: one set of policies for every sensitive table (2.9).

The functions stand in teams/migrations/0003_fence.py. A table is fenced by one line in the
migration that makes it: `fence("cases_note")`.
"""

from django.db.migrations import RunSQL

from teams.access.rules import DENIED_COMPARTMENTS

HOUSE = "fence_is_house()"
# One look at the index on (party, dossier) per row; docs/adr/0006 tells why not the array form.
SEATED = f"{HOUSE} OR fence_opens(dossier_id, compartment, audience)"
POLICY = "seated"


def fence(table: str) -> RunSQL:
    """Fence a table of sensitive rows: dossier, compartment and audience must be opened.

    D2 and D3 are policies of their own: no seat, right or wrong, lifts them.
    """
    statements = [_switch_on(table), _policy(table, POLICY, SEATED)]
    for name, allowed in denials().items():
        statements.append(_policy(table, name, allowed, kind="RESTRICTIVE"))
    return _migration(table, statements, [POLICY, *denials()])


def fence_listed(table: str) -> RunSQL:
    """Ask the same inside the policy of a table that lists read whole: a third of a call per row.

    For all tables it would cost the case page more to plan than it saves (docs/adr/0007).
    """
    asked = (
        f"{HOUSE} OR EXISTS (SELECT FROM fence_seats() seat"  # noqa: S608
        f" WHERE seat.dossier_id = {table}.dossier_id"
        f" AND {table}.compartment = ANY (seat.compartments)"
        f" AND ({table}.audience = ANY (seat.audiences) OR '*' = ANY (seat.audiences)))"
    )
    change = f"ALTER POLICY {POLICY} ON {table} USING ({{}})"
    return RunSQL(change.format(asked), change.format(SEATED))


def denials() -> dict[str, str]:
    """The conditions of the hard denials by policy; the house acts in no role, and passes."""
    return {
        denial.lower(): f"compartment <> '{compartment}' OR fence_role() NOT IN "
        + "({})".format(", ".join(f"'{role}'" for role in sorted(roles)))
        for denial, (compartment, roles) in DENIED_COMPARTMENTS.items()
    }


def policies_of_sensitive() -> dict[str, frozenset[str]]:
    """The denials that stand as policies of their own on every sensitive table, with their roles."""
    return {
        denial.lower(): frozenset(map(str, roles))
        for denial, (_, roles) in DENIED_COMPARTMENTS.items()
    }


def fence_history(table: str) -> RunSQL:
    """Fence a table that triggers fill with earlier versions of rows: only the house reads it."""
    statements = [
        _switch_on(table),
        f"CREATE POLICY written ON {table} FOR INSERT WITH CHECK (true)",
        f"CREATE POLICY house ON {table} FOR SELECT USING ({HOUSE})",
    ]
    return _migration(table, statements, ["written", "house"])


def fence_by(table: str, condition: str) -> RunSQL:
    """Fence a table by a condition of its own; the house passes."""
    return _migration(
        table, [_switch_on(table), _policy(table, "own", f"{HOUSE} OR ({condition})")], ["own"]
    )


def _switch_on(table: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    )


def _policy(table: str, name: str, condition: str, kind: str = "PERMISSIVE") -> str:
    return f"CREATE POLICY {name} ON {table} AS {kind} USING ({condition}) WITH CHECK ({condition})"


def _migration(table: str, statements: list[str], policies: list[str]) -> RunSQL:
    back = [f"DROP POLICY {name} ON {table}" for name in policies]
    back.append(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    back.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    return RunSQL(";\n".join(statements), ";\n".join(back))
