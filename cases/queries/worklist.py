"""What waits for one reader: one short query per kind of work, all through the reader's seats."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.enums import OPEN_STATES, CaseState, DoerKind, LeadState, MeetingState, PlanState
from cases.models import (
    Agreement,
    Case,
    CaseLead,
    Consult,
    ConsultAsked,
    Conversation,
    Meeting,
    MeetingLine,
    Plan,
)
from cases.queries import consent_watch as consents
from teams.access.actor import Actor
from teams.enums import GROUP_STAFF, Role

# How far ahead an evaluation is announced (domain.md 16.1: a week before).
AHEAD = timedelta(days=7)
TEACHER_FIRST = timedelta(days=5)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, since or until which day, and the row it is about."""

    kind: str
    day: date
    row: Any
    case_id: UUID


Finder = Callable[[Actor, date], QuerySet]


def waiting_for(actor: Actor, *, day: date) -> list[Waiting]:
    """Everything that waits for this reader in the role acted in, the longest waiting first."""
    found = [
        Waiting(kind, row.waits_on, row, getattr(row, "case_id", row.pk))
        for kind, roles, finder in _KINDS
        if roles is None or actor.role in roles
        for row in finder(actor, day)
    ]
    return sorted(found, key=lambda each: (each.day, each.kind))


def waiting_cases(actor: Actor, *, day: date) -> Q:
    """The condition on cases that something there waits for this reader; no query by itself."""
    condition = Q(pk__in=[])
    for _, roles, finder in _KINDS:
        if roles is None or actor.role in roles:
            rows = finder(actor, day)
            key = "pk" if rows.model is Case else "consult__case_id"
            key = key if rows.model in (Case, ConsultAsked) else "case_id"
            condition |= Q(pk__in=rows.select_related(None).order_by().values(key))
    return condition


def _cases(*states: str) -> QuerySet[Case]:
    rows = Case.objects.filter(state__in=states).select_related("student", "school__organization")
    waiting: QuerySet[Case] = rows.annotate(waits_on=F("state_since"))
    return waiting


def _of_case(rows: QuerySet, waits_on: str) -> QuerySet:
    rows = rows.filter(case__state__in=OPEN_STATES).select_related("case__student")
    waiting: QuerySet = rows.annotate(waits_on=F(waits_on))
    return waiting


def _to_evaluate(actor: Actor, day: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(
        result="", goal__isnull=True, evaluate_on__lte=day + AHEAD
    ).select_related("doer_person", "doer_carer")
    if actor.role != Role.SUPPORT_COORDINATOR and actor.role not in GROUP_STAFF:
        rows = rows.filter(doer_person=actor.person_id)
    return _of_case(rows, "evaluate_on")


def _long_overdue(_actor: Actor, day: date) -> QuerySet[Agreement]:
    # After ten school days it reaches the head (domain.md 16.1).
    rows = Agreement.objects.filter(
        result="", goal__isnull=True, evaluate_on__lte=day - timedelta(days=14)
    ).select_related("doer_person", "doer_carer")
    return _of_case(rows, "evaluate_on")


def _questions(actor: Actor, _day: date) -> QuerySet[ConsultAsked]:
    rows = ConsultAsked.objects.filter(
        person=actor.person_id, answered_at__isnull=True, consult__outcome=""
    ).select_related("consult__created_by")
    waiting: QuerySet[ConsultAsked] = rows.annotate(
        waits_on=F("consult__asked_on"), case_id=F("consult__case_id")
    )
    return waiting


def _answered(_actor: Actor, _day: date) -> QuerySet[Consult]:
    silent = ConsultAsked.objects.filter(consult=OuterRef("pk"), answered_at__isnull=True)
    rows = Consult.objects.filter(outcome="").exclude(Exists(silent))
    return _of_case(rows, "asked_on")


def _not_talked(actor: Actor, day: date) -> QuerySet[Case]:
    talked = Conversation.objects.filter(case=OuterRef("pk"))
    rows = _cases(CaseState.SIGNALING).exclude(Exists(talked))
    if actor.role in GROUP_STAFF:
        return rows
    # The teacher speaks with parents first; later it reaches the coordinator.
    return rows.filter(state_since__lte=day - TEACHER_FIRST)


def _persisting(_actor: Actor, _day: date) -> QuerySet[Case]:
    talked = Conversation.objects.filter(case=OuterRef("pk"))
    return _cases(CaseState.SIGNALING).filter(Exists(talked))


def _done_well(_actor: Actor, _day: date) -> QuerySet[Case]:
    made = Agreement.objects.filter(case=OuterRef("pk"), goal__isnull=True)
    return _cases(CaseState.AGREEMENTS).filter(Exists(made)).exclude(Exists(made.filter(result="")))


def _vot_asked(_actor: Actor, _day: date) -> QuerySet[Case]:
    return _cases(CaseState.VOT_REQUESTED)


def _draft(*kinds: str) -> Exists:
    rows = Meeting.objects.filter(case=OuterRef("pk"), state=MeetingState.DRAFT)
    return Exists(rows.filter(kind__in=kinds) if kinds else rows)


def _table_missing(_actor: Actor, _day: date) -> QuerySet[Case]:
    return _cases(CaseState.VOT_REQUESTED, CaseState.OT_PREPARING).exclude(_draft())


def _ot_to_convene(_actor: Actor, _day: date) -> QuerySet[Case]:
    return _cases(CaseState.OT_PREPARING).filter(_draft("OT"))


def _written() -> Exists:
    return Exists(MeetingLine.objects.filter(meeting=OuterRef("pk")).exclude(text=""))


def _to_report(_actor: Actor, day: date) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(
        Q(state=MeetingState.CONVENED, session__on__lt=day)
        | ~_written() & Q(state=MeetingState.HELD)
    ).select_related("session")
    return _of_case(rows, "session__on")


def _to_finalize(_actor: Actor, _day: date) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(_written(), state=MeetingState.HELD).select_related("session")
    return _of_case(rows, "session__on")


def _after_vot(_actor: Actor, _day: date) -> QuerySet[Case]:
    final = Meeting.objects.filter(case=OuterRef("pk"), kind="VOT", state=MeetingState.FINAL)
    return _cases(CaseState.VOT).filter(Exists(final))


def _lead_offers(actor: Actor, _day: date) -> QuerySet[CaseLead]:
    rows = CaseLead.objects.filter(person=actor.person_id, state=LeadState.OFFERED)
    return _of_case(rows, "offered_on")


def _in_class(_actor: Actor, _day: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(is_in_class=True, accepted_on__isnull=True, result="")
    return _of_case(rows.select_related("doer_person", "doer_carer"), "evaluate_on")


def _by_family(_actor: Actor, _day: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(accepted_on__isnull=True, is_in_class=False, result="")
    rows = rows.exclude(doer_kind=DoerKind.STAFF).select_related("doer_carer")
    return _of_case(rows, "evaluate_on")


def _plans(actor: Actor, day: date) -> QuerySet[Plan]:
    mine = CaseLead.objects.filter(
        case=OuterRef("case"), person=actor.person_id, state=LeadState.ACCEPTED
    )
    rows = Plan.objects.filter(Exists(mine), state=PlanState.ACTIVE, evaluate_on__lte=day + AHEAD)
    return _of_case(rows, "evaluate_on")


_IB = frozenset({Role.SUPPORT_COORDINATOR})
_HEAD = frozenset({Role.HEAD})
# Kind, roles for whom it waits (none: whoever it names), and how it is found.
_KINDS: tuple[tuple[str, frozenset[Role] | None, Finder], ...] = (
    ("evaluate", None, _to_evaluate),
    ("overdue", _HEAD, _long_overdue),
    ("question", None, _questions),
    ("answered", _IB, _answered),
    ("talk", _IB | GROUP_STAFF, _not_talked),
    ("persisting", _IB, _persisting),
    ("done-well", _IB, _done_well),
    ("convene-vot", _HEAD, _vot_asked),
    ("lay-table", _IB, _table_missing),
    ("convene-ot", _HEAD, _ot_to_convene),
    ("report", _IB, _to_report),
    ("finalize", _HEAD, _to_finalize),
    ("after-vot", _IB, _after_vot),
    ("lead-offer", None, _lead_offers),
    ("accept-class", GROUP_STAFF, _in_class),
    ("accept-family", _IB, _by_family),
    ("consent", _IB, lambda _actor, day: _of_case(consents.unanswered(day), "asked_on")),
    ("consent-ends", _IB, lambda _actor, day: _of_case(consents.ending(day), "ends_on")),
    ("plan", None, _plans),
)
