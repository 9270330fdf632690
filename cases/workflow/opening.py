"""A new case: the table is set, the number given, the first line written (T-01)."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Length

from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import settle, write_history
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from schools.models import School, Student
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.seating import new_dossier
from teams.enums import DossierKind


@after_rules
def open_case(
    *,
    student: Student,
    school: School,
    actor: Actor,
    now: datetime,
    predecessor: Case | None = None,
) -> Case:
    """Open a case (T-01): the table is set, the number given, the first line written.

    The caller has checked who may; the constraint I1 refuses a second open case.
    """
    with transaction.atomic():
        dossier = new_dossier(DossierKind.CASE, school.organization_id)
        case = Case.unscoped.create(
            dossier=dossier,
            number=_next_number(now.year),
            student=student,
            school=school,
            state_since=now.date(),
            opened_on=now.date(),
            created_at=now,
            created_by_id=actor.person_id,
            predecessor=predecessor,
        )
        step = Step(case, actor, now, CaseFacts(case, now.date()), {})
        write_history(ROUTE["T-01"], step, from_state="")
        settle(case, now=now)
    return case


def _next_number(year: int) -> str:
    with connection.cursor() as cursor:
        # One at a time: numbers have no holes and no doubles, whoever opens a case.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('case-number'))")
    last = (
        Case.unscoped.filter(number__startswith=f"{year}-")
        .order_by(Length("number").desc(), "-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"
