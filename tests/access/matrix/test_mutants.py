"""A-15: without any one rule, denial, policy, role or column, the matrices turn red."""

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import is_one_who_may
from cases.workflow.steps import Step, Transition
from cases.workflow.table import ROUTE
from teams.access.actor import current_actor
from teams.access.checks import action_of, patterns
from teams.access.rules import ROLES_FOR
from teams.access.scope import SensitiveRow
from tests.access import facts, oracle_pages
from tests.access.browser import Browser
from tests.access.duty_matrix import Try, add_duties, duty_matrix
from tests.access.duty_mutants import duty_mutants, lost_protections
from tests.access.facts import Reader
from tests.access.mutants import Expected, Mutant, Seating, denial_mutants, seat_mutants
from tests.access.oracle import Judge
from tests.access.personas import PERSONAS, ROLES
from tests.access.policy_mutants import survivors
from tests.access.region import Region
from tests.access.row_matrix import acting, judged, reader_of
from tests.access.step_matrix import cases_for_steps
from tests.conftest import log_in
from tests.world import NOW

pytestmark = pytest.mark.mutants


# They change nothing that anybody could see: another rule opens the same to the same people.
EQUAL = {
    "AR-3 without invitation": "the relation is the invitation",
    "AR-41 gone": "the regie of IB and head stands in AR-41m as well",
    "AR-41m gone": "IB and head read the evaluations by AR-4 and AR-7, and hold the regie by AR-41",
    "AR-41 in every state": "IB and head read the heading by AR-4 and AR-7",
    "AR-41m in every state": "IB and head read the evaluations by AR-4 and AR-7",
    "review-glass by everybody": "to all others no hour is listed that they could look back on",
}


# Of every part: how many were killed, and how many there were.
PARTS: dict[str, tuple[int, int]] = {}


def _report(name: str, found: list[tuple[str, bool]]) -> None:
    found = [row for row in found if row[0] not in EQUAL]
    left = [what for what, is_killed in found if not is_killed]
    PARTS[name] = (len(found) - len(left), len(found))
    print(f"\nmutants: {len(found) - len(left)} killed of {len(found)} ({name})", *left, sep="\n  ")
    assert left == []


@pytest.mark.django_db
def test_a15_rules_of_seating_and_denials(region: Region) -> None:
    expected, seating, found = Expected(region), Seating(), []
    for mutant in (*seat_mutants(seating), *denial_mutants(region)):
        with transaction.atomic():
            is_killed = _closes_a_school(region, mutant) or expected.is_killed(mutant)
            found.append((mutant.name, is_killed))
            transaction.set_rollback(True)
    _report("rules and denials", found)


def _closes_a_school(region: Region, mutant: Mutant) -> bool:
    """AR-44 opens no row yet: it opens the page of the school to who is linked there."""
    if mutant.name != "AR-44 gone":
        return False
    linked = next(row for row in PERSONAS if row.key == "a5-linked")
    address = reverse("school", args=[region.schools["kade"].pk])
    before = Browser(region, linked).get(address).status_code
    with mutant.apply():
        after = Browser(region, linked).get(address).status_code
    return (before, after) == (200, 404)


def test_a15_policies(region: Region, django_db_blocker: Any) -> None:
    models = [row for row in apps.get_models() if issubclass(row, SensitiveRow)]
    with django_db_blocker.unblock():
        log_in("postgres")
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE app_rt")
            found = [each for model in models for each in survivors(region, model)]
            transaction.set_rollback(True)
        log_in("app_rt")
    _report("policies", found)


def test_a15_tables(region: Region, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        log_in("postgres")
        with transaction.atomic():
            _leave_traces(region, add_duties(region))
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            found = list(lost_protections())
            transaction.set_rollback(True)
        log_in("app_rt")
    assert len(found) >= 12
    _report("tables", found)


def _leave_traces(region: Region, tries: list[Try]) -> None:
    """A case that was read, and a flag that was answered: a line in each of both logs."""
    people = {row.key: Browser(region, row) for row in PERSONAS if row.key in ("ib-kade", "fg")}
    people["ib-kade"].get(reverse("case", args=[cases_for_steps(region)[0].key]))
    next(each for each in tries if each.duty.kind == "flag").send(people["fg"])


@pytest.mark.django_db
def test_a15_duties(region: Region) -> None:
    tries, found = add_duties(region), []
    some = [
        row for row in PERSONAS if row.key in ("fg", "admin", "head-kade", "ib-kade", "substitute")
    ]
    assert duty_matrix(region, tries, personas=some).wrong == []
    for name, mutant in duty_mutants():
        with mutant:
            found.append((name, bool(duty_matrix(region, tries, personas=some).wrong)))
    _report("duties", found)


@pytest.mark.django_db
def test_a15_columns_of_who(region: Region) -> None:
    found = []
    for code, row in ROUTE.items():
        if code not in oracle_pages.WHO:
            continue
        if not _agrees(region, row):
            found.append((f"{code} does not agree with the judge", False))
            continue
        for who in row.who:
            left = replace(row, who=tuple(other for other in row.who if other != who))
            name = f"{code} without {who.role or 'anyone'} {who.relation}"
            found.append((name, not _agrees(region, left)))
    _report("columns", found)


def _agrees(region: Region, row: Transition) -> bool:
    """Does this row let in exactly whom the judge lets in, in every state?"""
    judge = judged(region)
    for case in cases_for_steps(region):
        stored = Case.unscoped.select_related("school", "student").get(pk=case.key)
        facts = CaseFacts(stored, NOW.date())
        for persona in PERSONAS:
            reader = reader_of(persona)
            with acting(region, persona):
                may = is_one_who_may(row, Step(stored, current_actor(), NOW, facts))
            if may != _stands(judge, reader, row.code, case):
                print("column:", row.code, persona.key, case.state, may)
                return False
    return True


def _stands(judge: Judge, reader: Reader, code: str, case: facts.Case) -> bool:
    """Whom the judge lets take a step: by the page of it, or as one who was asked in the consult."""
    if oracle_pages.step(judge, reader, code, case).is_permitted:
        return True
    questions = [
        facts.Thing("", "consult", case=case.key, part_of=row.key) for row in case.consults
    ]
    return code in ("T-06", "T-07") and any(
        judge.ask(reader, case, row.part_of) and judge.read(reader, row).is_permitted
        for row in questions
    )


@pytest.mark.django_db
def test_a15_roles_of_actions(region: Region) -> None:
    names: dict[Any, str] = {}
    for route, pattern in patterns():
        if "<" not in route:
            names.setdefault(action_of(pattern), pattern.name)
    found = []
    for action, roles in ROLES_FOR.items():
        if action not in names:
            continue
        persona = next(row for row in PERSONAS if ROLES.get(row.role) in roles)
        browser, address = Browser(region, persona), reverse(names[action])
        before = browser.get(address).status_code
        with patch.dict(ROLES_FOR, {action: frozenset()}):
            after = browser.get(address).status_code
        found.append((f"{action} without roles", before != 403 and after == 403))
    _report("roles", found)


def test_a15_sum() -> None:
    killed = sum(part[0] for part in PARTS.values())
    every = sum(part[1] for part in PARTS.values())
    print(f"\nmutants: {killed} killed of {every}")
    assert PARTS
    assert killed == every
