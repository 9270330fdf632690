"""Family of professionals: declared by the person or by the school, and closed to that person (D5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from schools.actions.permission import require
from schools.contributions import tell_others
from schools.models import FamilyTie, Student
from schools.seating import reseat_students
from teams.access.actor import Actor
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import User

NAMES = ("first_name", "prefix", "last_name")
SECOND_PERSON = Reason(
    "Deze familieband gaat over uzelf.",
    "De directeur of een andere intern begeleider kan hem beëindigen.",
    "second_person_ends_tie",
)


@after_rules
@transaction.atomic
def declare_tie(*, given: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Declare a child that one knows at home; such a pupil's files close at once.

    Shape:  nothing, whether the child is a pupil here or not: declaring tells nothing (A-17).
            Given: first_name, prefix, last_name, birth_date, relation.
    Errors: NotAllowed for who is nobody here.
    """
    if actor.person_id is None:
        raise NotAllowed(Action.DECLARE_KIN)
    person = User.objects.get(pk=actor.person_id)
    names = {name: " ".join(given.get(name, "").split()) for name in NAMES}
    alike = {f"{name}__iexact": value for name, value in names.items()}
    pupils: list[Student | None] = [
        *Student.unscoped.filter(birth_date=given["birth_date"], **alike)
    ]
    known = names | {"birth_date": given["birth_date"], "relation": given["relation"]}
    for pupil in pupils or [None]:
        _write(person, pupil, known, actor=actor, now=now)


@after_rules
@transaction.atomic
def record_tie(
    student: Student, person: User, relation: str, *, actor: Actor, now: datetime
) -> FamilyTie:
    """Record, as the school's lead, that a pupil is family of a colleague.

    Shape:  the tie; the standing one when there is one.
    Errors: NotVisible, NotAllowed.
    """
    require(Action.KEEP_KIN, student.dossier_id, actor=actor)
    known = {name: getattr(student, name) for name in (*NAMES, "birth_date")}
    return _write(person, student, known | {"relation": relation}, actor=actor, now=now)


@after_rules
@transaction.atomic
def end_tie(tie: FamilyTie, *, actor: Actor, now: datetime) -> FamilyTie:
    """End a tie; the pupil's files open again to that person, as far as seats do.

    Errors: NotVisible, NotAllowed; Blocked for the person it is about, unless no pupil is known.
    """
    tie = FamilyTie.unscoped.select_for_update(of=("self",)).get(pk=tie.pk)
    is_own = tie.person_id == actor.person_id
    if tie.dossier_id is None and not is_own:
        raise NotVisible
    if tie.dossier_id and not is_own:
        require(Action.KEEP_KIN, tie.dossier_id, actor=actor)
    if tie.dossier_id and is_own:
        raise Blocked([SECOND_PERSON])
    if tie.until is None:
        tie.until, tie.ended_by_id = now.date(), actor.person_id
        tie.save(update_fields=["until", "ended_by"])
        _follow(tie, now)
        record(Verb.KIN_ENDED, tie, actor=actor, now=now)
    return tie


def _write(
    person: User,
    student: Student | None,
    known: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> FamilyTie:
    which = {"student": student} if student else {"student": None, **known}
    standing = FamilyTie.unscoped.filter(person=person, until__isnull=True, **which).first()
    if standing:
        return standing
    tie = FamilyTie.unscoped.create(
        person=person,
        student=student,
        dossier_id=student.dossier_id if student else None,
        since=now.date(),
        created_at=now,
        created_by_id=actor.person_id,
        **known,
    )
    _follow(tie, now)
    record(Verb.KIN_DECLARED, tie, actor=actor, now=now)
    return tie


def _follow(tie: FamilyTie, now: datetime) -> None:
    """The pupil's own dossier and all cases close, or open, in the same transaction."""
    if tie.student_id:
        reseat_students([tie.student_id])
        tell_others([tie.student_id], day=now.date())
