"""With a thousand cases at one school the pages ask no more of the database than with one."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.enums import CaseState
from cases.models import Agreement, Case
from schools.models import Enrollment, Student
from teams.models import Dossier, Seat
from tests.cases.ladder import agreements_case
from tests.conftest import analyze
from tests.world import NOW

MOST_QUERIES = 14
COUNT = 999
STATES = (CaseState.SIGNALING, CaseState.AGREEMENTS, CaseState.VOT_REQUESTED)
PAGES = ("/", "/casussen/", "/casussen/?vorm=bord", "/casussen/?zoek=veen", "/casussen/?wacht=ja")


@pytest.fixture
def case(world, client, monkeypatch):
    """One case, and the intern begeleider at the browser."""
    monkeypatch.setattr("teams.clock.now", lambda: NOW)
    client.force_login(world.people["ib-kade"], backend="django.contrib.auth.backends.ModelBackend")
    return agreements_case(world)


def _copies(row, count, **fields):
    """So many copies of a row, each field by number from a list."""
    names = [field.attname for field in row._meta.concrete_fields]
    held = {name: getattr(row, name) for name in names}
    held["id"] = None
    made = [
        type(row)(**{**held, "id": uuid4(), **{name: values[n] for name, values in fields.items()}})
        for n in range(count)
    ]
    return getattr(type(row), "unscoped", type(row).objects).bulk_create(made, batch_size=500)


def _seated(dossier, count):
    """So many dossiers with the same table as this one."""
    made = _copies(dossier, count)
    ids = [row.pk for row in made]
    for seat in Seat.objects.filter(dossier=dossier):
        _copies(seat, count, dossier_id=ids)
    return ids


def make_thousand(case):
    student = Student.unscoped.get(pk=case.student_id)
    own = _seated(Dossier.objects.get(pk=student.dossier_id), COUNT)
    names = [f"Kind{number}" for number in range(COUNT)]
    pupils = [row.pk for row in _copies(student, COUNT, dossier_id=own, first_name=names)]
    enrolled = Enrollment.unscoped.get(student=student)
    _copies(enrolled, COUNT, dossier_id=own, student_id=pupils, key=names)
    tables = _seated(Dossier.objects.get(pk=case.dossier_id), COUNT)
    numbers = [f"2026-{number:05}" for number in range(COUNT)]
    states = [STATES[number % len(STATES)] for number in range(COUNT)]
    found = _copies(case, COUNT, dossier_id=tables, student_id=pupils, number=numbers, state=states)
    running = [row for row in found if row.state == CaseState.AGREEMENTS]
    fields = {"case_id": [row.pk for row in running]}
    fields["dossier_id"] = [row.dossier_id for row in running]
    _copies(Agreement.unscoped.get(case=case), len(running), **fields)
    analyze()


def _asked(client, where):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    asking = ("SELECT", "INSERT", "UPDATE", "(", " ")
    return sum(row["sql"].startswith(asking) for row in captured)


def test_no_page_asks_more_at_a_thousand_cases(client, case):
    pages = [*PAGES, f"/casussen/{case.pk}/"]
    client.get("/")
    at_one = {where: _asked(client, where) for where in pages}
    make_thousand(case)
    assert Case.unscoped.count() == COUNT + 1
    client.get("/")
    # Of the one case nothing waits, and a page that shows nobody leaves no line in the trace.
    at_one["/casussen/?wacht=ja"] += 2
    at_many = {where: _asked(client, where) for where in pages}
    assert at_many == at_one
    assert all(at_one[where] <= MOST_QUERIES for where in pages if where != "/")
