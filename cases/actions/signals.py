"""Signals: noting one, joining the open case or opening it (T-01)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import notices
from cases.enums import SignalAbout
from cases.models import Case, Signal
from cases.workflow.engine import settle
from cases.workflow.opening import open_case
from cases.workflow.table import ROUTE
from schools.models import Enrollment, Group, School, Student
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.access.errors import NotAllowed, NotVisible
from teams.access.fence import after_rules
from teams.access.rules import SIGNAL_AUDIENCE, author_audience, group_audience
from teams.audit import Verb, record
from teams.enums import Role


@after_rules
def note_student_signal(
    student: Student, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Signal:
    """Note a signal about a pupil: it joins the open case, or opens one (T-01, S-01).

    Shape:  the signal, with its case.
    Errors: NotVisible when the pupil is not the actor's; NotAllowed for other roles.
    """
    with transaction.atomic():
        _check_may_signal(student, actor)
        # One opener at a time per pupil: the second signal finds the first one's case.
        Student.unscoped.select_for_update().get(pk=student.pk)
        school = _school_of(student, actor, now)
        case = Case.unscoped.open().filter(student=student, school=school).first()
        case = case or open_case(student=student, school=school, actor=actor, now=now)
        if actor.role != Role.SUPPORT_COORDINATOR:
            notices.tell_coordinator_signal(case, now=now)
        signal = _create(
            given,
            actor=actor,
            now=now,
            about=SignalAbout.STUDENT,
            school=school,
            student=student,
            case=case,
            dossier_id=case.dossier_id,
            audience=SIGNAL_AUDIENCE,
        )
        settle(case, now=now)
    return signal


@after_rules
def note_collective_signal(
    school: School,
    *,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    group: Group | None = None,
    about: SignalAbout = SignalAbout.SCHOOL,
) -> Signal:
    """Note a signal about a group, about the school, or without a name (R-13.3).

    Feeds the school's own plan; opens no case.
    """
    if school.organization_id not in actor.schools:
        raise NotVisible
    audience = group_audience(group.organization_id) if group else author_audience(actor.person_id)
    with transaction.atomic():
        return _create(
            given,
            actor=actor,
            now=now,
            about=about,
            school=school,
            group=group,
            dossier_id=school.dossier_id,
            audience=audience,
        )


@after_rules
def link_signal(signal: Signal, student: Student, *, actor: Actor, now: datetime) -> Signal:
    """Link a signal without a name to a pupil; it becomes a signal about that pupil (T-01).

    The first one stays as it was noted; the reporter stays the reporter.
    """
    given = {
        name: getattr(signal, name)
        for name in (
            "topics",
            "observation",
            "interpretation",
            "strengths",
            "are_carers_informed",
            "not_informed_reason",
            "is_student_heard",
        )
    }
    with transaction.atomic():
        linked = note_student_signal(student, given=given, actor=actor, now=now)
        record(Verb.SIGNAL_LINKED, signal, actor=actor, now=now)
    return linked


def _check_may_signal(student: Student, actor: Actor) -> None:
    if actor.is_system:
        return
    held = relations_to(student.dossier_id, actor=actor)
    if not held:
        raise NotVisible
    who = ROUTE["T-01"].who
    if not any(row.relation in held and row.role == actor.role for row in who):
        raise NotAllowed("T-01")


def _school_of(student: Student, actor: Actor, now: datetime) -> School:
    rows = Enrollment.unscoped.filter(student=student, since__lte=now.date())
    rows = rows.exclude(until__lte=now.date()).select_related("school")
    own = [
        row.school for row in rows if actor.is_system or row.school.organization_id in actor.schools
    ]
    if not own:
        raise NotVisible
    return own[0]


def _create(given: Mapping[str, Any], *, actor: Actor, now: datetime, **where: Any) -> Signal:
    signal = Signal.unscoped.create(
        noted_on=now.date(),
        created_at=now,
        created_by_id=actor.person_id,
        topics=given.get("topics", []),
        observation=given["observation"],
        interpretation=given.get("interpretation", ""),
        strengths=given.get("strengths", ""),
        are_carers_informed=given.get("are_carers_informed", False),
        not_informed_reason=given.get("not_informed_reason", ""),
        is_student_heard=given.get("is_student_heard", False),
        **where,
    )
    record(Verb.SIGNAL_NOTED, signal, actor=actor, now=now)
    return signal
