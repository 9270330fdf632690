"""The list and the case page ask at most twelve queries, two for their line in the trace and one
that counts the look, however many cases there are."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.workflow.opening import open_case
from teams.access.actor import as_system
from tests.cases import late_ladder
from tests.cases.ladder import agreements_case
from tests.world import NOW, add_student

MOST_QUERIES = 12 + 2 + 1


@pytest.fixture
def case(world, client, monkeypatch):
    monkeypatch.setattr("teams.clock.now", lambda: NOW)
    client.force_login(world.people["ib-kade"], backend="django.contrib.auth.backends.ModelBackend")
    return agreements_case(world)


def _queries(client, url: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    # Opening and closing the transaction of a test is no question to the database.
    asked = [row["sql"] for row in captured if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)
    return len(asked)


def _more_cases(world, count: int) -> None:
    actor = world.actor("ib-kade")
    for number in range(count):
        student = add_student(world, f"extra{number}", f"Kind{number}", "Test", born=NOW.date())
        with as_system("budget"):
            open_case(student=student, school=world.schools["kade"], actor=actor, now=NOW)


@pytest.mark.parametrize("where", ["/casussen/", "/casussen/?vorm=bord", "/casussen/?wacht=ja"])
def test_the_list_asks_as_much_at_one_case_as_at_many(world, client, case, where):
    at_one = _queries(client, where)
    _more_cases(world, 6)
    assert _queries(client, where) == at_one


def test_the_case_page_asks_as_much_at_one_case_as_at_many(world, client, case):
    where = f"/casussen/{case.pk}/"
    at_one = _queries(client, where)
    _more_cases(world, 6)
    assert _queries(client, where) == at_one


@pytest.mark.parametrize(
    "rung",
    [
        late_ladder.vot_requested_case,
        late_ladder.vot_case,
        late_ladder.ot_preparing_case,
        late_ladder.ot_case,
        late_ladder.running_case,
    ],
)
@pytest.mark.parametrize("key", ["ib-kade", "head-kade", "teacher-kade"])
def test_the_case_page_keeps_to_its_budget_at_every_station(world, client, monkeypatch, rung, key):
    later = NOW + timedelta(days=7)
    monkeypatch.setattr("teams.clock.now", lambda: later)
    case = rung(world)
    client.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
    first, again = (_queries(client, f"/casussen/{case.pk}/") for _look in range(2))
    assert first == again
