"""One access line per answer with case data and per refusal: who saw what, on which ground."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils.crypto import salted_hmac

from teams.access.actor import Actor, acting_as, current_actor
from teams.access.fence import beyond_seats
from teams.access.looks import Looks, Shown, watching
from teams.access.rules import Action
from teams.access.scope import SensitiveRow
from teams.audit.record import who
from teams.enums import Ground
from teams.models import AccessEntry, Seat
from teams.models.dossier import EVERY_AUDIENCE

# The service account works with the rights of whoever caused the work.
SERVICE_RULE = "AR-38"
# What is told by code to who has no seat: the log to oversight, a closed dossier to who may ask.
WITHOUT_SEAT = {
    str(Action.OVERSEE): (Ground.OVERSIGHT.value, "AR-35"),
    str(Action.BREAK_GLASS): (Ground.RECOVERY.value, "BG"),
}


@dataclass(frozen=True)
class Answer:
    """What was asked and how it was answered; `query` is a search, kept unreadable."""

    action: str
    outcome: str
    object_type: str = ""
    object_id: UUID | None = None
    query: str = ""


def record_answer(answer: Answer, looks: Looks, *, actor: Actor, now: datetime) -> AccessEntry:
    """Write the line of an answer that shows something of someone.

    Shape:  one line, also for a list of hundreds: their dossiers in one array, with the rule and
            the consent that open each in the same order.
    Source: standards.md 3.4, access.md 2.1; two questions to the database at most.
    """
    dossiers = looks.dossier_ids
    about = looks.about(answer.object_id)
    seats = {} if actor.is_system else _opening(looks, dossiers, actor)
    main = seats.get(about) if about else _usual(list(seats.values()))
    ground, rule = WITHOUT_SEAT.get(answer.action, ("", _rule(actor)))
    return AccessEntry.objects.create(
        at=now,
        **_asked(answer),
        **(who(actor) | _on_behalf(looks, answer, actor) | _post(main)),
        dossier_id=about,
        dossier_ids=dossiers,
        rules=[seats[key].rule if key in seats else rule for key in dossiers],
        consent_ids=[seats[key].consent_id if key in seats else None for key in dossiers],
        compartments=sorted(_compartments(looks, list(seats.values()))),
        ground=main.ground if main else ground,
        rule=main.rule if main else rule,
        consent_id=main.consent_id if main else None,
        is_break_glass=any(seat.expires_at for seat in seats.values()),
    )


@contextmanager
def traced(answer: Answer, *, actor: Actor, now: datetime) -> Iterator[None]:
    """Let a command answer as `actor`: what it reads is one line, committed before it prints."""
    with transaction.atomic(), acting_as(actor), watching() as looks:
        yield
        if looks.is_empty:
            record_denial(replace(answer, outcome="404"), actor=actor, now=now)
        else:
            record_answer(answer, looks, actor=actor, now=now)


def record_work(kind: str, looks: Looks, *, subject_id: UUID, now: datetime) -> None:
    """Write the line of work done past all seats by the service account, with its cause (AR-38)."""
    if not looks.is_empty:
        row = looks.rows.get(subject_id)
        answer = Answer(kind, "200", row.kind if row else "", subject_id)
        record_answer(answer, looks, actor=current_actor(), now=now)


def record_denial(answer: Answer, *, actor: Actor, now: datetime) -> AccessEntry:
    """Write the line of a refusal; what is there but closed gets its dossier named (S-29).

    The same question is asked for what is there and for what is not, so that both take as long.
    """
    dossier = _dossier_of(answer)
    return AccessEntry.objects.create(
        at=now,
        **_asked(answer),
        **who(actor),
        dossier_id=dossier,
        dossier_ids=[dossier] if dossier else [],
    )


def _asked(answer: Answer) -> dict[str, Any]:
    return {
        "action": answer.action,
        "outcome": answer.outcome,
        "object_type": answer.object_type[:40],
        "object_id": answer.object_id,
        "query_digest": digest_of(answer.query),
    }


def digest_of(query: str) -> str:
    """A search as the trace keeps it: equal searches alike, and none of them readable."""
    words = " ".join(query.lower().split())
    if not words:
        return ""
    return salted_hmac("teams.audit.query", words, algorithm="sha256").hexdigest()


def _opening(looks: Looks, dossiers: list[UUID], actor: Actor) -> dict[UUID, Seat]:
    """For each dossier the seat that opens most of what was shown of it."""
    shown: dict[UUID, list[Shown]] = {}
    for row in looks.rows.values():
        if row.dossier_id:
            shown.setdefault(row.dossier_id, []).append(row)
    held: dict[UUID, list[Seat]] = {}
    with beyond_seats("the ground of an answer"):
        for seat in actor.seats.filter(dossier__in=dossiers).order_by("rule", "pk"):
            held.setdefault(seat.dossier_id, []).append(seat)
    return {
        dossier: max(seats, key=lambda seat: sum(_opens(seat, row) for row in shown[dossier]))
        for dossier, seats in held.items()
    }


def _opens(seat: Seat, row: Shown) -> bool:
    audiences = {EVERY_AUDIENCE, row.audience}
    return row.compartment in seat.compartments and not audiences.isdisjoint(seat.audiences)


def _usual(seats: list[Seat]) -> Seat | None:
    """Of a list: a seat of the rule that opened most of it."""
    if not seats:
        return None
    rule = Counter(seat.rule for seat in seats).most_common(1)[0][0]
    return next(seat for seat in seats if seat.rule == rule)


def _compartments(looks: Looks, seats: list[Seat]) -> set[str]:
    read = {row.compartment for row in looks.rows.values() if row.compartment}
    opened = {part for seat in seats for part in seat.compartments}
    return read | (looks.hinted & opened)


def _rule(actor: Actor) -> str:
    return SERVICE_RULE if actor.is_system else ""


def _post(seat: Seat | None) -> dict[str, UUID]:
    """The organization at which the post is held, or the chair stands, that opened it."""
    place = seat.party.partition("@")[2] if seat else ""
    return {"organization_id": UUID(place)} if place else {}


def _on_behalf(looks: Looks, answer: Answer, actor: Actor) -> dict[str, UUID]:
    """The service account works for whoever made the row that it works on."""
    made = looks.rows.get(answer.object_id) if actor.is_system and answer.object_id else None
    return {"on_behalf_id": made.created_by_id} if made and made.created_by_id else {}


def _dossier_of(answer: Answer) -> UUID | None:
    for model in apps.get_models():
        if issubclass(model, SensitiveRow) and model._meta.model_name == answer.object_type:
            with beyond_seats("the dossier of a refusal"):
                rows = model.unscoped.filter(pk=answer.object_id)
                return rows.values_list("dossier_id", flat=True).first()
    return None
