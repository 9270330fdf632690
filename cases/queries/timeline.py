"""What happened in a case, as far as the reader may see it: one query over all kinds of row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CharField, DateField, DateTimeField, F, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from cases.enums import DocumentState, LeadState, MeetingState
from cases.models import (
    Agreement,
    Case,
    CaseLead,
    CaseTransition,
    Consent,
    ConsentDecision,
    Consult,
    ConsultAsked,
    Conversation,
    Document,
    Evaluation,
    Meeting,
    Note,
    Plan,
    Signal,
    TransitionNote,
)


@dataclass(frozen=True)
class Event:
    """One visible row of a case. What `code` and `text` say depends on the kind; `ref` points on."""

    kind: str
    id: UUID
    ref: UUID | None
    at: datetime
    on: date
    who: str
    code: str
    text: str


def events(case: Case) -> list[Event]:
    """Read everything the actor may see of a case, newest first.

    Shape:  also rows that a timeline leaves out (an agreement that still runs, a plan), so
            that a page knows what lies open without asking again.
    """
    first, *others = _parts(case)
    return [Event(*row) for row in first.union(*others, all=True).order_by("-row_at", "row_kind")]


def _parts(case: Case) -> Iterator[models.QuerySet]:
    yield from _early(Q(case=case))
    yield from _late(Q(case=case))
    yield _rows(
        "step-note",
        TransitionNote.objects.filter(transition__case=case),
        ref=F("transition_id"),
        text=F("reason"),
    )
    yield _rows(
        "advice",
        ConsultAsked.objects.filter(consult__case=case, answered_at__isnull=False),
        ref=F("consult_id"),
        at=F("answered_at"),
        who="person",
        code=F("outcome"),
        text=F("advice"),
    )
    yield _rows(
        "decision",
        ConsentDecision.objects.filter(consent__case=case),
        ref=F("consent_id"),
        who="carer",
        on=F("decided_on"),
        code=F("decision"),
        text=F("consent__purpose"),
    )


def _early(case: Q) -> Iterator[models.QuerySet]:
    talked_with = models.Case(
        When(is_held=False, then=Value("nobody")),
        When(with_carers=True, with_student=True, then=Value("both")),
        When(with_carers=True, then=Value("carers")),
        default=Value("student"),
    )
    said = Concat("content", "not_held_reason", output_field=TextField())
    judged = Concat("what", Value("\n"), "result_note", output_field=TextField())
    evaluated = Agreement.objects.filter(case).exclude(result="")
    yield _rows("step", CaseTransition.objects.filter(case), code=F("code"), text=F("to_state"))
    yield _rows("signal", Signal.objects.filter(case), on=F("noted_on"), text=F("observation"))
    yield _rows(
        "talk", Conversation.objects.filter(case), on=F("held_on"), code=talked_with, text=said
    )
    yield _rows(
        "note",
        Note.objects.filter(case),
        on=F("noted_on"),
        code=Concat("kind", Value(" "), "with_whom"),
        text=F("text"),
    )
    yield _rows("consult", Consult.objects.filter(case), on=F("asked_on"), text=F("question"))
    yield _rows("agreement", Agreement.objects.filter(case), on=F("evaluate_on"), text=F("what"))
    yield _rows(
        "result",
        evaluated,
        on=F("evaluated_on"),
        at=Cast("evaluated_on", DateTimeField()),
        code=F("result"),
        text=judged,
    )


def _late(case: Q) -> Iterator[models.QuerySet]:
    convened = Meeting.objects.filter(case).exclude(state=MeetingState.DRAFT)
    leads = CaseLead.objects.filter(case).exclude(state__in=(LeadState.OFFERED, LeadState.DECLINED))
    ready = Document.objects.filter(case, state=DocumentState.READY)
    yield _rows(
        "meeting",
        convened,
        ref=F("session_id"),
        at=Coalesce("finalized_at", "convened_at", "created_at"),
        on=F("session__on"),
        code=Concat("kind", Value(" "), "state"),
        text=F("conclusion_reason"),
    )
    yield _rows("lead", leads, on=Coalesce("accepted_on", "offered_on"), who="person", code="role")
    yield _rows(
        "consent",
        Consent.objects.filter(case, asked_on__isnull=False),
        on=F("asked_on"),
        code=F("purpose"),
        text="shared",
    )
    yield _rows(
        "document",
        ready,
        at=Coalesce("rendered_at", "created_at"),
        code=F("kind"),
        text=F("for_audience"),
    )
    yield _rows(
        "evaluation",
        Evaluation.objects.filter(case),
        on=F("held_on"),
        code=F("conclusion"),
        text=F("explanation"),
    )
    yield _rows("plan", Plan.objects.filter(case), code=F("state"))


def _rows(
    kind: str, rows: models.QuerySet, *, who: str = "created_by", **columns: Any
) -> models.QuerySet:
    at = columns.get("at", F("created_at"))
    shaped = {
        "row_kind": Value(kind, output_field=CharField()),
        "row_id": F("pk"),
        "row_ref": Cast(columns.get("ref", Value(None)), models.UUIDField()),
        "row_at": at,
        "row_on": columns.get("on", Cast(at, DateField())),
        "row_who": Concat(f"{who}__first_name", Value(" "), f"{who}__last_name"),
        "row_code": Cast(columns.get("code", Value("")), TextField()),
        "row_text": Cast(columns.get("text", Value("")), TextField()),
    }
    told: models.QuerySet = rows.order_by().annotate(**shaped).values_list(*shaped)
    return told
