"""What the school fills in about a pupil beside the import: language and residence."""

from datetime import date, datetime

from django.db import transaction

from schools.actions.permission import require
from schools.models import Student
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import Organization


@after_rules
@transaction.atomic
def change_student(
    student: Student,
    *,
    language: str,
    residence: Organization | None,
    residence_since: date | None,
    actor: Actor,
    now: datetime,
) -> Student:
    """Change language and residence of a pupil. Errors: NotVisible, NotAllowed."""
    require(Action.EDIT_CARERS, student.dossier_id, actor=actor)
    student.language = language
    student.residence = residence
    student.residence_since = residence_since
    student.save(update_fields=["language", "residence", "residence_since"])
    record(Verb.STUDENT_CHANGED, student, actor=actor, now=now)
    return student
