"""A-45: no login changes, removes or empties the trace, or takes its guards away."""

import psycopg
import pytest

from tests.audit.lines import write_lines
from tests.audit.logins import ROLES, raw

TABLES = ("teams_auditentry", "teams_accessentry", "teams_tracelink", "teams_tracehead")
ATTEMPTS = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table} CASCADE",
    "DROP TABLE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER USER",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "DROP TRIGGER append_only ON {table}",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {table} RENAME TO elsewhere",
    "CREATE RULE nothing AS ON INSERT TO {table} DO INSTEAD NOTHING",
)
ELSEWHERE = (
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION trace_refuse() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NULL; END $$",
    "DROP FUNCTION trace_refuse() CASCADE",
    "ALTER FUNCTION trace_refuse() RENAME TO nothing",
    "DROP SCHEMA seal CASCADE",
    "DROP EVENT TRIGGER sealed_change",
    "ALTER EVENT TRIGGER sealed_drop DISABLE",
    "DROP OWNED BY owner CASCADE",
    "INSERT INTO teams_tracelink (entry_id, kind, shard, seq, hash)"
    " VALUES (gen_random_uuid(), 'audit', 1, 1, '')",
    "INSERT INTO teams_tracehead (shard, seq, hash) VALUES (1023, 9, '')",
    "SELECT trace_append('audit', gen_random_uuid(), gen_random_uuid(), '')",
)
COLUMN = {"teams_tracelink": "seq", "teams_tracehead": "seq"}


def _attempts() -> list[str]:
    filled = [
        attempt.format(table=table, column=COLUMN.get(table, "at"))
        for table in TABLES
        for attempt in ATTEMPTS
    ]
    return [*filled, *ELSEWHERE]


@pytest.mark.django_db(transaction=True)
def test_a45_no_login_touches_what_was_written():
    write_lines(12)
    succeeded, tried = [], 0
    for role in ROLES:
        with raw(role) as connection:
            for statement in _attempts():
                tried += 1
                try:
                    with connection.transaction(force_rollback=True):
                        connection.execute(statement)
                except psycopg.errors.InsufficientPrivilege:
                    continue
                except psycopg.Error as error:
                    succeeded.append((role, statement, str(error)))
                    continue
                succeeded.append((role, statement, "done"))
    print(f"A-45: {len(succeeded)} of {tried} attempts succeeded, {len(ROLES)} logins")
    assert succeeded == []
