"""Snel noteren: what someone picked decides where a signal or a short line belongs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases.actions import notes, signals
from cases.enums import SignalAbout
from cases.models import Note, Signal
from cases.queries.picker import Pick, PickKind
from teams.access.actor import Actor
from teams.access.fence import after_rules


@after_rules
def note_signal(pick: Pick, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Signal:
    """Note a signal about what was picked (T-01 for a pupil). Errors: NotVisible, NotAllowed."""
    if pick.kind == PickKind.STUDENT:
        return signals.note_student_signal(pick.student, given=given, actor=actor, now=now)
    about = {
        PickKind.GROUP: SignalAbout.GROUP,
        PickKind.SCHOOL: SignalAbout.SCHOOL,
    }.get(pick.kind, SignalAbout.UNNAMED)
    return signals.note_collective_signal(
        pick.school, given=given, actor=actor, now=now, group=pick.group, about=about
    )


@after_rules
def note_contact(pick: Pick, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Note:
    """Write one line about what was picked (R-6.4). Errors: NotVisible, NotAllowed."""
    if pick.kind == PickKind.CASE:
        return notes.write_case_note(pick.case.pk, given=given, actor=actor, now=now)
    if pick.kind == PickKind.STUDENT:
        return notes.write_student_note(pick.student, given=given, actor=actor, now=now)
    return notes.write_school_note(pick.school, given=given, actor=actor, now=now)
