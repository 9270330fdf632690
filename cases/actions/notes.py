"""Short lines: a contact in the corridor, a group round; no step, twenty seconds (R-6.4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cases.enums import NoteKind
from cases.models import Case, Note
from cases.workflow.amend import amending, stamp
from cases.workflow.steps import Who
from schools.models import Enrollment, Group, School, Student
from teams.access.actor import Actor
from teams.access.decide import WORKING_RELATIONS, relations_to
from teams.access.errors import NotVisible
from teams.access.fence import after_rules
from teams.access.rules import author_audience, school_audience
from teams.audit import Verb, record
from teams.enums import SCHOOL_ROLES, Compartment

WORKING = tuple(Who(relation) for relation in WORKING_RELATIONS)


@after_rules
def write_case_note(
    case_id: UUID,
    *,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    kind: NoteKind = NoteKind.CONTACT,
) -> Note:
    """Write one line at a case; whoever works on it may. Errors: NotVisible, NotAllowed.

    Who is employed elsewhere writes in the shared part, where they can read it back.
    """
    with amending(case_id, Verb.NOTE_WRITTEN, who=WORKING, actor=actor, now=now) as step:
        is_own = actor.is_system or actor.role in SCHOOL_ROLES
        return Note.unscoped.create(
            case=step.case,
            student=step.case.student,
            school=step.case.school,
            kind=kind,
            compartment=Compartment.SCHOOL_FILE if is_own else Compartment.SHARED_PLAN,
            **_line(given, now),
            **stamp(step.case, actor=actor, now=now),
        )


@after_rules
def write_student_note(
    student: Student,
    *,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    kind: NoteKind = NoteKind.CONTACT,
) -> Note:
    """Write one line about a pupil: it joins the open case when there is one.

    Errors: NotVisible when the pupil is not the actor's.
    """
    enrolled = _enrolled(student, actor, now)
    case = Case.unscoped.open().filter(student=student, school=enrolled.school).first()
    if case:
        return write_case_note(case.pk, given=given, actor=actor, now=now, kind=kind)
    with transaction.atomic():
        note = Note.unscoped.create(
            student=student,
            school=enrolled.school,
            kind=kind,
            dossier_id=student.dossier_id,
            audience=school_audience(enrolled.school.organization_id),
            created_at=now,
            created_by_id=actor.person_id,
            **_line(given, now),
        )
        record(Verb.NOTE_WRITTEN, note, actor=actor, now=now)
    return note


@after_rules
def write_school_note(
    school: School, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Note:
    """Write one line without a name; only the school's leads read it. Errors: NotVisible."""
    if not actor.is_system and school.organization_id not in actor.schools:
        raise NotVisible
    with transaction.atomic():
        note = Note.unscoped.create(
            school=school,
            dossier_id=school.dossier_id,
            audience=author_audience(actor.person_id),
            created_at=now,
            created_by_id=actor.person_id,
            **_line(given, now),
        )
        record(Verb.NOTE_WRITTEN, note, actor=actor, now=now)
    return note


@after_rules
def save_group_round(
    group: Group, *, lines: Iterable[tuple[Student, str]], actor: Actor, now: datetime
) -> list[Note]:
    """Save a group round: one line per pupil that was spoken about, all or none.

    Shape:  the notes in the order given; lines without text are left out.
    Errors: NotVisible when a pupil is not in this group or not the actor's.
    """
    filled = [(student, text.strip()) for student, text in lines if text.strip()]
    day = now.date()
    members = set(
        Enrollment.unscoped.filter(Q(group=group) | Q(combined_groups=group), since__lte=day)
        .exclude(until__lte=day)
        .values_list("student_id", flat=True)
    )
    if any(student.pk not in members for student, _ in filled):
        raise NotVisible
    with transaction.atomic():
        return [
            write_student_note(
                student, given={"text": text}, actor=actor, now=now, kind=NoteKind.GROUP_ROUND
            )
            for student, text in filled
        ]


def _line(given: Mapping[str, Any], now: datetime) -> dict:
    return {
        "text": given["text"],
        "with_whom": given.get("with_whom", ""),
        "noted_on": given.get("noted_on") or now.date(),
    }


def _enrolled(student: Student, actor: Actor, now: datetime) -> Enrollment:
    if not actor.is_system and not relations_to(student.dossier_id, actor=actor):
        raise NotVisible
    rows = Enrollment.unscoped.filter(student=student, since__lte=now.date())
    rows = rows.exclude(until__lte=now.date()).select_related("school")
    own = [row for row in rows if actor.is_system or row.school.organization_id in actor.schools]
    if not own:
        raise NotVisible
    return own[0]
