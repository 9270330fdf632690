"""What happens around the cases: signals of groups and schools, group rounds, short lines."""

import tomllib
from collections.abc import Iterable
from datetime import datetime, time
from importlib.resources import files
from typing import Any

from cases.actions.notes import save_group_round, write_school_note
from cases.actions.signals import note_collective_signal
from cases.enums import SignalAbout
from cases.models import Case
from config.demo.region.build import Region
from config.demo.region.people import group_of_year
from config.demo.region.play import Play, Stage
from schools.models import Enrollment, Group
from teams.access.actor import Actor, acting_as, actor_for

AFTER_SCHOOL = time(15, 40)


def tell_around(region: Region, played: Iterable[Play]) -> None:
    """Note what is not about one case, at the schools where cases were played."""
    text = files("config.demo.region").joinpath("stories/around.toml").read_text("utf-8")
    told = tomllib.loads(text)
    stages = {one.enrollment.school.organization.key: one.stage for one in played}
    for kind, tell in (("signal", _signal), ("round", _round), ("note", _note)):
        for row in told[kind]:
            if row["school"] in stages:
                tell(region, stages[row["school"]], row)


def _signal(region: Region, stage: Stage, row: dict[str, Any]) -> None:
    group = group_of_year(region.groups[row["school"]], row["year"]) if row["year"] else None
    actor, now = _who(stage, group, row["ago"])
    with acting_as(actor):
        note_collective_signal(
            region.schools[row["school"]],
            given={"observation": row["seen"], "topics": [row["topic"]]},
            actor=actor,
            now=now,
            group=group if row["about"] == SignalAbout.GROUP else None,
            about=SignalAbout(row["about"]),
        )


def _round(region: Region, stage: Stage, row: dict[str, Any]) -> None:
    """A line for some pupils without a case."""
    group = group_of_year(region.groups[row["school"]], row["year"])
    actor, now = _who(stage, group, row["ago"])
    known = Case.unscoped.values("student")
    rows = Enrollment.unscoped.filter(group=group, until=None, since__lte=now.date())
    rows = rows.exclude(student__in=known).select_related("student").order_by("key")
    students = [enrollment.student for enrollment in rows]
    chosen = students[:: max(1, len(students) // len(row["lines"]))]
    lines = list(zip(chosen, row["lines"], strict=False))
    with acting_as(actor):
        save_group_round(group, lines=lines, actor=actor, now=now)


def _note(region: Region, stage: Stage, row: dict[str, Any]) -> None:
    actor, now = _who(stage, None, row["ago"])
    with acting_as(actor):
        school = region.schools[row["school"]]
        write_school_note(school, given={"text": row["text"]}, actor=actor, now=now)


def _who(stage: Stage, group: Group | None, ago: int) -> tuple[Actor, datetime]:
    """The teacher of the group, or the intern begeleider, and a moment after school."""
    post = stage.staff[group.organization_id] if group else stage.cast.post("ib")
    now = datetime.combine(stage.day(-ago), AFTER_SCHOOL, tzinfo=stage.now.tzinfo)
    return actor_for(post.person, day=now.date(), role=post.role), now
