"""All facts of one case in two queries, for pages that ask many guards at once.

`CaseFacts` asks per kind of fact, which suits an action; a page that shows every next step
would ask thirty times. Here PostgreSQL gives all rows of the case as JSON in one answer.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from cases.models import (
    AbsenceGround,
    Agreement,
    Case,
    CaseLead,
    CaseTransition,
    Consent,
    ConsentDecision,
    Consult,
    ConsultAsked,
    Conversation,
    Evaluation,
    Goal,
    GoalEvaluation,
    Invitee,
    Meeting,
    MonitoringPlan,
    Participant,
    Plan,
    Session,
)
from cases.queries.consent import match_custody
from cases.queries.facts import CaseFacts
from schools.models import Carer, Custody, Enrollment, FamilyTie, Group
from teams.access.fence import beyond_seats
from teams.models import Organization, User

Rows = dict[type[Model], list[Any]]
_OF_CASE = "WHERE t.case_id = %(case)s"
_OF_STUDENT = "WHERE t.student_id = %(student)s"


def _through(table: str, key: str) -> str:
    return f"JOIN {table} p ON p.id = t.{key} WHERE p.case_id = %(case)s"


# What belongs to one case, and how its table hangs below it.
_PARTS: dict[type[Model], str] = {
    CaseTransition: _OF_CASE,
    Conversation: _OF_CASE,
    Consult: _OF_CASE,
    ConsultAsked: _through("cases_consult", "consult_id"),
    Agreement: _OF_CASE,
    Meeting: _OF_CASE,
    Session: "JOIN cases_meeting p ON p.session_id = t.id WHERE p.case_id = %(case)s",
    Invitee: _through("cases_meeting", "meeting_id"),
    Consent: _OF_CASE,
    ConsentDecision: _through("cases_consent", "consent_id"),
    CaseLead: _OF_CASE,
    Participant: _OF_CASE,
    Plan: _OF_CASE,
    MonitoringPlan: _through("cases_plan", "plan_id"),
    Goal: _through("cases_plan", "plan_id"),
    Evaluation: _OF_CASE,
    GoalEvaluation: _through("cases_evaluation", "evaluation_id"),
    Carer: _OF_STUDENT,
    Custody: "JOIN schools_carer p ON p.id = t.carer_id WHERE p.student_id = %(student)s",
    Enrollment: _OF_STUDENT,
    FamilyTie: _OF_STUDENT,
    AbsenceGround: _OF_CASE,
    Group: "JOIN schools_enrollment p ON p.group_id = t.id WHERE p.student_id = %(student)s",
}
_RECIPIENTS = """
    SELECT 'recipients', to_jsonb(t) FROM cases_consent_recipients t
    JOIN cases_consent p ON p.id = t.consent_id WHERE p.case_id = %(case)s
"""
_SQL = " UNION ALL ".join(
    [
        *(
            f"SELECT DISTINCT '{model._meta.label_lower}', to_jsonb(t) "  # noqa: S608
            f"FROM {model._meta.db_table} t {where}"
            for model, where in _PARTS.items()
        ),
        _RECIPIENTS,
    ]
)


@beyond_seats("facts")
def facts_of_case(case_id: UUID, day: date) -> CaseFacts:
    """Read a case and its facts for whoever was let in by something that lies in it."""
    rows = Case.unscoped.select_related("student", "school__organization")
    return load_facts(rows.get(pk=case_id), day)


@beyond_seats("facts")
def load_facts(case: Case, day: date) -> CaseFacts:
    """Read the facts of a case at once. Shape: facts that ask no further for these rows."""
    rows, recipients = _read(case)
    for row in _every(rows):
        if hasattr(row, "case_id"):
            row.case = case
    _join(rows, Consult, ConsultAsked, "consult", "asked")
    _join(rows, Meeting, Invitee, "meeting", "invitees")
    _join(rows, Consent, ConsentDecision, "consent", "decisions")
    _join(rows, Plan, Goal, "plan", "goals")
    _join(rows, Goal, Agreement, "goal", "measures")
    _join(rows, Evaluation, GoalEvaluation, "evaluation", "goals")
    _join(rows, Goal, GoalEvaluation, "goal", "evaluations")
    _point(rows, Meeting, "session", Session)
    _point(rows, Invitee, "carer", Carer)
    _point(rows, Agreement, "doer_carer", Carer)
    _point(rows, Enrollment, "group", Group)
    _recipients(rows[Consent], recipients)
    _people(rows)
    plans = {row.plan_id: row for row in rows[MonitoringPlan]}
    for plan in rows[Plan]:
        if plan.pk in plans:
            plan.monitoring = plans[plan.pk]
    return _filled(case, day, rows)


def _read(case: Case) -> tuple[Rows, dict[UUID, set[UUID]]]:
    rows: Rows = {model: [] for model in _PARTS}
    by_label = {model._meta.label_lower: model for model in _PARTS}
    recipients: dict[UUID, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"case": case.pk, "student": case.student_id})
        for label, row in cursor.fetchall():
            # Django hands out jsonb as text.
            found = json.loads(row)
            if label == "recipients":
                recipients[UUID(found["consent_id"])].add(UUID(found["organization_id"]))
            else:
                rows[by_label[label]].append(_hydrate(by_label[label], found))
    return rows, recipients


def _hydrate(model: type[Model], found: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(found[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)


def _every(rows: Rows) -> Iterable[Any]:
    return (row for found in rows.values() for row in found)


def _join(
    rows: Rows, parent: type[Model], child: type[Model], to_parent: str, to_children: str
) -> None:
    below: dict[UUID, list[Any]] = defaultdict(list)
    above = {row.pk: row for row in rows[parent]}
    ordering = [name for name in map(str, child._meta.ordering or ()) if "__" not in name]
    for row in sorted(
        rows[child], key=lambda row: [getattr(row, name.lstrip("-")) for name in ordering]
    ):
        key = getattr(row, f"{to_parent}_id")
        if key in above:
            setattr(row, to_parent, above[key])
            below[key].append(row)
    for row in rows[parent]:
        _remember(row, to_children, below[row.pk], child.unscoped.all())  # type: ignore[attr-defined]


def _remember(row: Any, name: str, found: list[Any], queryset: Any) -> None:
    # What prefetch_related would have left behind.
    if not hasattr(row, "_prefetched_objects_cache"):
        row._prefetched_objects_cache = {}
    queryset._result_cache = found
    queryset._prefetch_done = True
    row._prefetched_objects_cache[name] = queryset


def _point(rows: Rows, model: type[Model], name: str, to: type[Model]) -> None:
    known = {row.pk: row for row in rows[to]}
    for row in rows[model]:
        key = getattr(row, f"{name}_id")
        if key is None or key in known:
            setattr(row, name, known.get(key))


def _recipients(consents: list[Consent], recipients: dict[UUID, set[UUID]]) -> None:
    for consent in consents:
        found = [Organization(pk=key) for key in sorted(recipients[consent.pk])]
        _remember(consent, "recipients", found, Organization.objects.all())


_PEOPLE = {
    ConsultAsked: "person",
    Agreement: "doer_person",
    Invitee: "person",
    CaseLead: "person",
    Participant: "person",
    ConsentDecision: "witness",
}


def _people(rows: Rows) -> None:
    wanted = {
        getattr(row, f"{name}_id") for model, name in _PEOPLE.items() for row in rows[model]
    } - {None}
    people = User.objects.in_bulk(wanted)
    for model, name in _PEOPLE.items():
        for row in rows[model]:
            setattr(row, name, people.get(getattr(row, f"{name}_id")))


def _filled(case: Case, day: date, rows: Rows) -> CaseFacts:
    facts = CaseFacts(case, day)
    for row in rows[Enrollment]:
        if row.school_id == case.school_id:
            row.school = case.school
    facts.__dict__.update(
        transitions=sorted(rows[CaseTransition], key=lambda row: row.position),
        conversations=_newest(rows[Conversation], "held_on"),
        consults=_newest(rows[Consult], "asked_on"),
        agreements=sorted(rows[Agreement], key=lambda row: (row.evaluate_on, row.created_at)),
        meetings=sorted(
            rows[Meeting], key=lambda row: (row.session.on, row.created_at), reverse=True
        ),
        carers=match_custody(
            sorted(rows[Carer], key=lambda row: (row.relation, row.last_name, row.first_name)),
            rows[Custody],
            day,
        ),
        consents=_newest(rows[Consent], "created_at"),
        leads=_newest(rows[CaseLead], "created_at"),
        plan=next(iter(_newest(rows[Plan], "created_at")), None),
        evaluations=_newest(rows[Evaluation], "held_on"),
        last_evaluation=next(iter(_newest(rows[Evaluation], "held_on")), None),
        participants=sorted(rows[Participant], key=lambda row: row.created_at),
        absence_grounds=_newest(rows[AbsenceGround], "opened_on"),
        family_ties=rows[FamilyTie],
        enrollments=[
            row
            for row in rows[Enrollment]
            if row.since <= day and (row.until is None or row.until > day)
        ],
    )
    return facts


def _newest(rows: list[Any], by: str) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, by), row.created_at), reverse=True)
