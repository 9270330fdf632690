"""Fence 2 alone: PostgreSQL shows a reader the rows of the reader's seats, whatever Python asks."""

from itertools import product

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.signals import connection_created
from django.db.utils import ProgrammingError

from cases.enums import CaseState
from cases.models import Case, Note
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as, as_system
from teams.access.fence import NOBODY, beyond_seats, limited_to
from teams.access.logins import demand_restricted_login, is_restricted
from teams.access.policy_checks import check_policies, sensitive_models
from teams.access.rules import DENIED_COMPARTMENTS
from teams.enums import Ground, Relation
from teams.models import Recusal, Seat
from tests.access.full_case import build_full_case
from tests.access.row_matrix import by_database_alone, by_python_alone
from tests.conftest import log_in
from tests.world import NOW, build_world

READERS = (
    "teacher-kade",
    "ib-kade",
    "head-kade",
    "family-sanne",
    "education-omar",
    "ib-werf",
    "district-lotte",
    "admin-bo",
)


@pytest.fixture
def full(world):
    return build_full_case(world)


def _ids(table: str) -> set:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {pk for (pk,) in cursor.fetchall()}


def _count(table: str = "cases_case") -> int:
    return len(_ids(table))


def test_sql_and_the_scoped_manager_show_the_same_rows(full):
    different = []
    for key, model in product(READERS, sensitive_models()):
        with acting_as(full.world.actor(key, now=full.now)):
            by_python = set(model.objects.values_list("pk", flat=True))
            if by_python != _ids(model._meta.db_table):
                different.append((key, model.__name__))
    assert different == []


def test_nobody_sees_a_row_of_any_sensitive_table(full):
    with limited_to(NOBODY):
        assert {model.__name__ for model in sensitive_models() if _count(model._meta.db_table)} == (
            set()
        )


def test_earlier_versions_are_for_the_house_only(full):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_caseevent")
        assert cursor.fetchone()[0] > 0
        with acting_as(full.world.actor("ib-kade", now=full.now)):
            cursor.execute("SELECT count(*) FROM cases_caseevent")
            assert cursor.fetchone()[0] == 0


def test_what_is_told_ends_with_its_block(full):
    outsider, own = (full.world.actor(key, now=full.now) for key in ("ib-werf", "ib-kade"))
    with acting_as(own):
        assert _count() == 1
        with acting_as(outsider):
            assert _count() == 0
        assert _count() == 1
        with pytest.raises(ValueError, match="undone"), transaction.atomic(), acting_as(outsider):
            assert _count() == 0
            raise ValueError("undone")
        assert _count() == 1


def test_a_broken_statement_does_not_change_who_looks(full):
    own, outsider = (full.world.actor(key, now=full.now) for key in ("ib-kade", "ib-werf"))
    with acting_as(own):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(outsider):
            _ids("cases_case WHERE 1 / 0 = 1")
        assert _count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_remembers_nobody():
    with transaction.atomic(), as_system("first request"):
        assert _setting("fence.house") == "first request"
    with limited_to(NOBODY):
        assert _setting("fence.house") in {None, ""}
        with as_system("outside a transaction"):
            assert _setting("fence.house") == "outside a transaction"
        assert _setting("fence.house") in {None, ""}


def _setting(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


def test_nobody_writes_under_a_case_that_is_hidden(full):
    note = Note.unscoped.filter(case=full.case).first()
    with acting_as(full.world.actor("ib-werf", now=full.now)):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Note(dossier_id=note.dossier_id, created_at=NOW, case_id=full.pk).save(
                force_insert=True
            )
        assert Note.unscoped.filter(pk=note.pk).update(text="x") == 0
    assert Note.unscoped.get(pk=note.pk).text == note.text


@pytest.mark.parametrize("denial", sorted(DENIED_COMPARTMENTS))
def test_a_wrong_seat_lifts_no_hard_denial(full, denial):
    compartment, roles = DENIED_COMPARTMENTS[denial]
    note = Note.unscoped.filter(case=full.case).first()
    Note.unscoped.filter(pk=note.pk).update(compartment=compartment)
    tried = 0
    for key in READERS:
        actor = full.world.actor(key, now=full.now)
        if actor.role not in roles:
            continue
        tried += 1
        Seat.objects.create(
            dossier_id=note.dossier_id,
            party=actor.parties[0],
            role=actor.role,
            relation=Relation.PARTICIPANT,
            compartments=[compartment],
            audiences=["*"],
            ground=Ground.DUTY_OF_CARE,
            rule="wrong",
            since=NOW.date(),
        )
        with acting_as(actor):
            assert not Note.objects.filter(pk=note.pk).exists(), key
            assert not Note.unscoped.filter(pk=note.pk).exists(), key
    assert tried


@pytest.mark.parametrize("see", [by_python_alone, by_database_alone])
def test_d5_each_fence_alone_stays_shut_to_who_is_recused(full, see):
    reader = full.world.people["ib-kade"]
    dossier = Case.unscoped.get(pk=full.pk).dossier_id
    for is_seen in (True, False):
        with acting_as(full.world.actor("ib-kade", now=full.now)):
            assert bool(see(Case)) is is_seen
        Recusal.objects.get_or_create(person=reader, dossier_id=dossier, since=NOW.date())


def test_a21_no_state_moves_outside_the_route_also_straight_in_sql(full):
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, target FROM route_moves()")
        known = set(cursor.fetchall())
    free = {"T-12": {"SIGNALING", "CONSULTING", "AGREEMENTS"}, "T-14": {"AGREEMENTS", "CLOSED"}}
    assert known == {
        (source.value, str(target))
        for row in ROUTE.values()
        for source in row.sources
        for target in free.get(row.code, {row.target})
        if source != target
    }
    refused = 0
    reachable = {target for _, target in known} | {"SIGNALING"}
    for source, target in product(CaseState.values, CaseState.values):
        if source == target or (source, target) in known or source not in reachable:
            continue
        with (
            connection.cursor() as cursor,
            pytest.raises(IntegrityError, match="R-6.1"),
            transaction.atomic(),
        ):
            _force(cursor, full.pk, source)
            cursor.execute("UPDATE cases_case SET state = %s WHERE id = %s", [target, full.pk])
        refused += 1
    print(f"A-21: {refused} of {refused} illegal moves refused by the database")


def _force(cursor, pk, state: str) -> None:
    """Put the case in a state by the steps that lead there, as far as the database asks."""
    cursor.execute("SELECT source, target FROM route_moves()")
    moves: dict[str, list[str]] = {}
    for source, target in cursor.fetchall():
        moves.setdefault(source, []).append(target)
    for step in _trail(moves, Case.unscoped.get(pk=pk).state, state):
        cursor.execute(
            "UPDATE cases_case SET state = %s, closing_reason = 'x', closed_on = now() "
            "WHERE id = %s",
            [step, pk],
        )


def _trail(moves: dict[str, list[str]], start: str, goal: str) -> list[str]:
    trails, seen = [[start]], {start}
    while trails:
        trail = trails.pop(0)
        if trail[-1] == goal:
            return trail[1:]
        for state in moves.get(trail[-1], []):
            if state not in seen:
                seen.add(state)
                trails.append([*trail, state])
    raise AssertionError(f"no steps lead from {start} to {goal}")


@pytest.mark.django_db(transaction=True)
def test_powerful_logins_are_refused_at_the_start():
    assert is_restricted(connection)
    for role in ("owner", "backup_rt", "postgres"):
        log_in(role)
        try:
            assert not is_restricted(connection)
            with pytest.raises(ImproperlyConfigured, match="row security"):
                demand_restricted_login()
        finally:
            _forget_demand()
            log_in("app_rt")


def _forget_demand() -> None:
    connection_created.disconnect(dispatch_uid="restricted login")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("policy", ["seated", "d2", "d3"])
def test_the_check_misses_a_dropped_policy(policy):
    assert check_policies(databases=["default"]) == []
    log_in("owner")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP POLICY {policy} ON cases_note")
            found = [error.id for error in check_policies(databases=["default"])]
            transaction.set_rollback(True)
    finally:
        log_in("app_rt")
    assert found == ["access.E005"]


@pytest.mark.django_db(transaction=True)
def test_figures_read_no_table_and_backups_read_every_row(transactional_world):
    log_in("backup_rt")
    try:
        assert _count("cases_case") >= 0
        backed = {model: _count(model._meta.db_table) for model in sensitive_models()}
        log_in("report_rt")
        with pytest.raises(ProgrammingError, match="permission denied"):
            _ids("schools_student")
    finally:
        log_in("app_rt")
    with beyond_seats("count"):
        assert backed == {model: _count(model._meta.db_table) for model in sensitive_models()}
    assert sum(backed.values()) > 0


@pytest.fixture
def transactional_world(transactional_db):
    return build_world()
