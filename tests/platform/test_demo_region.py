"""The demo region loads, is believable, follows the table of the route and sends no old mail."""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.enums import CaseState
from cases.models import Case, CaseTransition, Signal
from cases.notices import Notice
from config.demo.casefile import describe
from config.demo.region.load import load_region
from config.demo.region.roster import CASES
from config.demo.region.script import TRACKS, read
from config.demo.region.stories import stories
from config.management.commands import check_history, route
from schools.models import Carer, Enrollment
from teams.access.actor import acting_as, actor_for, as_system
from teams.enums import Role
from teams.models import Assignment, DueRow, OutboxEntry, User

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
PLAYED = [
    plan
    for plan in CASES
    if (plan.school, plan.story)
    in {
        ("kade", "prikkels"),
        ("kade", "boos-op-het-plein"),
        ("kade", "twee-huizen"),
        ("kade", "overstap"),
        ("vuurtoren", "gymspullen"),
        ("zwaluw", "potlood"),
        ("branding", "alleen-spelen"),
        ("schelp", "bijten"),
    }
]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small region with some of its cases, loaded once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_region(now=NOW, scale=0.3, plans=PLAYED)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def region(loaded: None, db: None) -> Iterator[None]:
    """The region, seen by the system."""
    with as_system("test", day=NOW.date()):
        yield


def test_people_pupils_and_history(region: None) -> None:
    held = set(Assignment.objects.values_list("role", flat=True))
    assert held >= set(Role) - {Role.CARER, Role.STUDENT}
    assert User.objects.exclude(persona="").count() >= 40
    enrolled = Enrollment.unscoped.filter(until=None).values_list("student", flat=True)
    assert set(enrolled) == set(Carer.unscoped.values_list("student", flat=True))
    states = set(Case.unscoped.values_list("state", flat=True))
    assert states >= {"RUNNING", "VOT", "SIGNALING", "OT", "TRANSFERRED", "AGREEMENTS"}
    assert not Signal.unscoped.filter(observation__contains="{").exists()
    call_command("check_history", stdout=io.StringIO())


def test_check_history_finds_what_is_not_in_the_table(region: None) -> None:
    case = Case.unscoped.filter(state=CaseState.RUNNING).first()
    assert case is not None
    steps = check_history.history(case)
    assert check_history.differences(case, steps) == []
    case.state = CaseState.CLOSED
    assert "history ends in RUNNING" in check_history.differences(case, steps)[0]
    steps[1].acting_role = Role.YOUTH_NURSE
    gap = [steps[0], *steps[2:]]
    found = "\n".join(check_history.differences(case, steps) + check_history.differences(case, gap))
    assert "YOUTH_NURSE may not take it" in found
    assert "position 2, expected 1" in found


def test_check_history_fails_for_a_case_without_history(region: None) -> None:
    Case.unscoped.filter(state=CaseState.SIGNALING).update(state=CaseState.CONSULTING)
    with pytest.raises(CommandError):
        call_command("check_history", stdout=io.StringIO())


def test_nothing_of_the_past_is_still_to_be_sent(region: None) -> None:
    waiting = OutboxEntry.objects.filter(done_at=None, kind__in=Notice)
    assert not waiting.filter(run_at__lte=NOW).exists()
    assert not DueRow.objects.filter(done_at=None, due_on__lt=NOW.date()).exists()
    assert DueRow.objects.filter(done_at=None, due_on__gt=NOW.date()).exists()


def test_steps_are_taken_in_office_hours_on_school_days(region: None) -> None:
    for row in CaseTransition.unscoped.all():
        moment = row.created_at.astimezone(NOW.tzinfo)
        assert moment < NOW
        assert moment.isoweekday() <= 5
        assert 8 <= moment.hour < 18


def test_a_case_looks_different_to_each_persona(region: None) -> None:
    number = Case.unscoped.filter(school__organization__key="kade", state="VOT").get().number
    seen = {key: _as(key, number) for key in ("directeur-kade", "ib-wilgen", "beheerder")}
    assert [seen[key]["status"] for key in seen] == [200, 404, 403]
    assert seen["directeur-kade"]["state"] == "VOT"
    refused = next(row for row in _as("ib-kade", number)["steps"] if row["code"] == "T-13")
    assert not refused["open"]
    assert refused["reasons"][0]["code"] == "vot_report_is_final"


def _as(persona: str, number: str) -> dict:
    person = User.objects.get(persona=persona)
    with acting_as(actor_for(person, day=NOW.date())):
        return describe(number, now=NOW)


def test_every_script_can_be_read_and_every_story_exists() -> None:
    for plan in CASES:
        assert read(plan.script)
        assert plan.story in stories()
    assert len(CASES) == 80
    assert all(read(track) for track in TRACKS.values())


def test_the_route_is_told_with_roles_and_guards() -> None:
    rows = {row["code"]: row for row in map(route.describe, route.ROUTE.values())}
    assert rows["T-11"]["who"][0]["role"] == Role.HEAD
    assert rows["T-12"]["to"] is None
    assert json.dumps(rows)
