"""What the trace costs (A-46, A-47): lines a second on eight connections, a million lines checked."""

import threading
from collections.abc import Callable
from time import monotonic, perf_counter

import pytest

from teams.audit import chain
from tests.audit.logins import raw

CONNECTIONS, SECONDS, LEAST_A_SECOND = 8, 60.0, 1_000
LINES, EACH, MOST_SECONDS = 1_000_000, 500, 10.0
PARTS = 2

INSERT = """
    INSERT INTO teams_accessentry (id, at, actor_id, actor_name, acting_role, dossier_id,
        object_type, object_id, request_id, action, outcome, ground, rule, is_break_glass,
        dossier_ids, rules, consent_ids, compartments, query_digest)
    SELECT gen_random_uuid(), now(), gen_random_uuid(), 'Iemand van de school',
        'SUPPORT_COORDINATOR', d, 'case', d, gen_random_uuid()::text, 'read-case', '200',
        'ZORGPLICHT', 'AR-4', false, ARRAY[d, gen_random_uuid()], '{AR-4,AR-4p}', '{NULL,NULL}',
        '{K0,K1,K2}', ''
    FROM (SELECT gen_random_uuid() AS d FROM generate_series(1, %s)) AS dossiers
"""


@pytest.mark.django_db(transaction=True)
def test_cost_of_the_trace() -> None:
    a_second, errors = _write()
    print(
        f"\n{CONNECTIONS} connections, {SECONDS:.0f} s: {a_second:.0f} lines a second,"
        f" {errors} errors"
    )
    _fill()
    started = perf_counter()
    faults = chain.walk(parts=PARTS) + chain.wrong_heads()
    took = perf_counter() - started
    print(f"{LINES:,} lines checked in {took:.1f} s on {PARTS} connections: {len(faults)} faults")
    assert faults == [] and errors == 0
    assert a_second >= LEAST_A_SECOND and took <= MOST_SECONDS


def _write() -> tuple[float, int]:
    """One line a transaction, as requests write them."""
    written, errors = [0] * CONNECTIONS, []
    stop = monotonic() + SECONDS

    def write(number: int) -> None:
        with raw("app_rt") as own:
            while monotonic() < stop:
                try:
                    with own.transaction():
                        own.execute("SELECT set_config('fence.house', 'bench', true)")
                        own.execute(INSERT, [1])
                    written[number] += 1
                except Exception as error:  # noqa: BLE001 - any refusal counts
                    errors.append(error)

    _at_once(write)
    return sum(written) / SECONDS, len(errors)


def _fill() -> None:
    """The rest of the million, many lines a transaction."""
    with raw("postgres") as connection:
        present = connection.execute("SELECT count(*) FROM teams_tracelink").fetchone()
    assert present
    missing = (LINES - present[0]) // (EACH * CONNECTIONS) + 1

    def fill(_number: int) -> None:
        with raw("owner") as own:
            for _ in range(missing):
                own.execute(INSERT, [EACH])

    _at_once(fill)
    with raw("postgres") as connection:
        connection.execute("VACUUM ANALYZE")


def _at_once(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
