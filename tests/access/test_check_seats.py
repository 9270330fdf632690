"""Seats against facts: every difference named, set right, and an alarm at night."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cases.actions.seat_check import watch_seats
from cases.actions.signals import note_student_signal
from schools.models import Enrollment
from teams.access.actor import acting_as
from teams.models import Alarm, AuditEntry, Seat
from tests.world import NOW


@pytest.fixture
def case(world):
    actor = world.actor("teacher-kade")
    with acting_as(actor):
        return note_student_signal(
            world.students["noor"], given={"observation": "Noor is stil."}, actor=actor, now=NOW
        ).case


def _check(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("check_seats", *arguments, stdout=out)
    return out.getvalue()


def _disturb(case) -> Seat:
    """One seat too many, one too few, one that says something else."""
    own = Seat.objects.filter(dossier=case.dossier_id)
    own.filter(rule="AR-7").delete()
    own.filter(rule="AR-4").update(ground="WET-SWV")
    return Seat.objects.create(
        dossier_id=case.dossier_id,
        party="person:someone",
        role="TEACHER",
        relation="part",
        compartments=["K1"],
        audiences=["*"],
        ground="ZORGPLICHT",
        rule="AR-99",
        since=NOW.date(),
    )


def test_what_the_actions_wrote_is_what_the_facts_say(case):
    assert "as the facts say" in _check()


def test_every_difference_is_named_without_a_name(case):
    _disturb(case)
    out = StringIO()
    with time_machine.travel(NOW, tick=False), pytest.raises(CommandError, match="3 differences"):
        call_command("check_seats", stdout=out)
    lines = out.getvalue().splitlines()
    school = case.school.organization_id
    assert lines == [
        f"casus {case.number}: person:someone, regel AR-99, staat er te veel",
        f"casus {case.number}: post:HEAD@{school}, regel AR-7, ontbreekt",
        f"casus {case.number}: post:SUPPORT_COORDINATOR@{school}, regel AR-4, wijkt af",
    ]
    assert "Noor" not in out.getvalue()


def test_repair_sets_right_with_one_line_for_each_dossier(case):
    _disturb(case)
    assert "3 differences set right" in _check("--repair")
    assert "as the facts say" in _check()
    (entry,) = AuditEntry.objects.filter(verb="SEATS_REPAIRED")
    assert (entry.dossier_id, entry.reason) == (case.dossier_id, "3 verschillen")


def test_the_night_raises_one_alarm_and_leaves_the_fault_to_be_seen(case):
    _disturb(case)
    for _ in range(2):
        assert watch_seats(day=NOW.date(), now=NOW) == 3
    (alarm,) = Alarm.objects.all()
    assert alarm.text.startswith(f"3 plaatsen wijken af bij casus {case.number}.")
    assert Seat.objects.filter(rule="AR-99").exists()


def test_a_seat_at_an_empty_dossier_is_one_too_many(case):
    seat = _disturb(case)
    call_command("check_seats", "--repair", stdout=StringIO())
    Seat.objects.bulk_create([seat])
    assert watch_seats(day=NOW.date(), now=NOW) == 1


def test_the_day_itself_moves_seats_without_an_alarm(world, case):
    """On the first of August the new teacher comes in: no fault, but the calendar."""
    turn = date(2026, 12, 1)
    row = Enrollment.unscoped.get(student=world.students["noor"])
    shared = {
        name: getattr(row, f"{name}_id") for name in ("student", "school", "dossier", "created_by")
    }
    row.until = turn
    row.save(update_fields=["until"])
    Enrollment.unscoped.create(
        **{f"{name}_id": value for name, value in shared.items()},
        group=None,
        key="noor",
        since=turn,
        created_at=NOW,
    )
    call_command("check_seats", "--repair", stdout=StringIO())
    night = NOW + timedelta(days=8)
    assert watch_seats(day=turn, now=night) == 0
    assert not Alarm.objects.exists()
    assert not Seat.objects.filter(dossier=case.dossier_id, rule="AR-1").exists()
