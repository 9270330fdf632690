"""What others did on the reader's cases since the last visit: one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat

from cases.models import Case, CaseTransition, ConsentDecision, ConsultAsked, Note, Signal
from teams.access import looks
from teams.access.actor import Actor

# Steps whose own row says it already: the signal, the talk.
TOLD_BY_ROWS = ("T-01", "T-02")


@dataclass(frozen=True)
class News:
    """One thing that someone else did."""

    kind: str
    at: datetime
    case_id: UUID
    student: str
    who: str
    code: str
    text: str


def news_for(actor: Actor, *, since: datetime, most: int = 8) -> list[News]:
    """Give what others did since this moment on cases the reader sees, newest first."""
    first, *others = (
        _rows(
            "step",
            CaseTransition.objects.exclude(code__in=TOLD_BY_ROWS),
            actor,
            since,
            code=F("code"),
        ),
        _rows("signal", Signal.objects.all(), actor, since, text=F("observation")),
        _rows("note", Note.objects.filter(case__isnull=False), actor, since, text=F("text")),
        _rows(
            "advice",
            ConsultAsked.objects.filter(answered_at__isnull=False),
            actor,
            since,
            case="consult__case",
            at="answered_at",
            who="person",
            text=F("advice"),
        ),
        _rows(
            "decision",
            ConsentDecision.objects.all(),
            actor,
            since,
            case="consent__case",
            code=F("decision"),
            text=F("consent__purpose"),
        ),
    )
    found = first.union(*others, all=True).order_by("-row_at")[:most]
    return [_told(*row) for row in found]


def _told(pk: UUID, dossier_id: UUID, compartment: str, *row: Any) -> News:
    news = News(*row)
    looks.note_part(looks.Shown(news.kind, pk, dossier_id, compartment))
    return news


def _rows(
    kind: str, rows: models.QuerySet, actor: Actor, since: datetime, **columns: Any
) -> models.QuerySet:
    case, at = columns.get("case", "case"), columns.get("at", "created_at")
    who = columns.get("who", "created_by")
    student = f"{case}__student__"
    shaped = {
        # For the trace, which learns of whole rows by itself and of mere columns here.
        "row_pk": F("pk"),
        "row_dossier": F("dossier_id"),
        "row_compartment": F("compartment"),
        "row_kind": Value(kind, output_field=models.CharField()),
        "row_at": F(at),
        "row_case": F(f"{case}_id"),
        "row_student": Concat(
            f"{student}first_name",
            Value(" "),
            f"{student}prefix",
            Value(" "),
            f"{student}last_name",
        ),
        "row_who": Concat(f"{who}__first_name", Value(" "), f"{who}__last_name"),
        "row_code": Cast(columns.get("code", Value("")), TextField()),
        "row_text": Cast(columns.get("text", Value("")), TextField()),
    }
    mine = {f"{who}": actor.person_id}
    # Who was asked without a name sees the question, and never on whose case it lies.
    visible = {f"{case}__in": Case.objects.values("pk"), f"{at}__gt": since}
    fresh = rows.filter(**visible).exclude(**mine)
    told: models.QuerySet = fresh.order_by().annotate(**shaped).values_list(*shaped)
    return told
