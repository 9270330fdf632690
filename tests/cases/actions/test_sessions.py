"""Sessions: the regular series is used, and a day in between only with urgency (R-7.2)."""

from datetime import date, time

import pytest

from cases.actions.sessions import plan_session
from cases.enums import MeetingKind
from cases.models import Session
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.models import SupportTeam, SupportTeamDate
from tests.cases.late_ladder import act

FRIDAY = date(2026, 12, 4)


def series(world, kind: str = MeetingKind.VOT) -> SupportTeamDate:
    team = SupportTeam.objects.get(organization=world.organizations["kade"])
    return SupportTeamDate.objects.create(team=team, kind=kind, on=FRIDAY, starts_at=time(13))


def plan(world, key="ib-kade", **given) -> Session:
    wanted = {"kind": MeetingKind.VOT, "on": FRIDAY, **given}
    return act(world, key, plan_session, world.schools["kade"], given=wanted)


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_a_regular_date_brings_its_time_and_place(world):
    series(world)
    session = plan(world)
    assert (session.starts_at, session.place, session.is_regular) == (time(13), "lokaal 2", True)
    assert plan(world) == session


def test_another_day_needs_urgency_and_a_time(world):
    with pytest.raises(Blocked) as refusal:
        plan(world)
    assert codes(refusal) == ["series_is_used", "session_has_a_start"]
    session = plan(world, is_urgent=True, starts_at=time(9))
    assert not session.is_regular


def test_a_day_gone_by_is_refused(world):
    with pytest.raises(Blocked) as refusal:
        plan(world, on=date(2026, 11, 20), is_urgent=True, starts_at=time(9))
    assert codes(refusal) == ["date_lies_ahead"]


def test_only_the_leads_of_the_school_plan(world):
    with pytest.raises(NotVisible):
        plan(world, "ib-werf")
    with pytest.raises(NotAllowed):
        plan(world, "teacher-kade")


def test_a_series_of_the_ot_is_not_one_of_the_vot(world):
    series(world, MeetingKind.OT)
    with pytest.raises(Blocked) as refusal:
        plan(world, starts_at=time(13))
    assert codes(refusal) == ["series_is_used"]
