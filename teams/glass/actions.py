"""Break-glass: asked with a reason, opened for an hour, told at once, looked back on (2.7, R-15.2)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.glass import GlassTarget, glass_rule, target_of
from teams.access.rules import Action
from teams.access.seating import seat_glass
from teams.audit import Verb, record
from teams.enums import GlassCategory, Role
from teams.models import BreakGlass, Dossier
from teams.models.glass import LEAST_REASON
from teams.outbox import enqueue
from teams.queries.glass import ancestors, guards_of, open_now, overdue

LASTS = timedelta(minutes=60)
REVIEW_WORKING_DAYS = 5
GLASS_OPENED, GLASS_WAITS = "glass_opened", "glass_waits"

DOES_NOT_FIT = Reason(
    "Voor dit dossier bestaat geen noodtoegang in uw rol.", "Bel de beheerder.", "category_fits"
)
IS_NOT_ENDED = Reason(
    "Deze casus loopt nog; u leest die zonder noodtoegang.", "Ga naar de casus.", "case_is_ended"
)
TOO_SHORT = Reason(
    f"De reden heeft minder dan {LEAST_REASON} tekens.",
    "Schrijf op waarom dit nu nodig is, zonder namen.",
    "reason_is_given",
)
ONE_AT_A_TIME = Reason(
    "U hebt al een ander dossier met noodtoegang open.",
    "Wacht tot dat uur voorbij is.",
    "one_at_a_time",
)
REVIEW_WAITS = Reason(
    "Een eerdere noodtoegang van u is niet op tijd nagekeken.",
    "De functionaris gegevensbescherming kijkt die eerst na.",
    "review_is_done",
)
OWN = Reason(
    "Dit is uw eigen noodtoegang.", "Een tweede persoon moet dit doen.", "second_person_decides"
)


@after_rules
@transaction.atomic
def ask_glass(
    dossier: Dossier, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> BreakGlass:
    """Open one dossier for an hour, or ask a second person to where one is needed.

    Shape:  given: `category`, `reason`. Without `opened_at` it waits for a second person.
    Errors: NotAllowed by role; NotVisible for another organization's dossier; Blocked with reasons.
    """
    target = own_target(dossier, actor=actor)
    if reasons := _against(dossier, target, given, actor, now):
        raise Blocked(reasons)
    before = _unreviewed(dossier, actor)
    rule = glass_rule(given["category"], actor.role)
    glass = BreakGlass.objects.create(
        person_id=actor.person_id,
        role=actor.role or "",
        dossier=dossier,
        category=given["category"],
        reason=given["reason"].strip(),
        asked_at=now,
        renews=before,
    )
    record(Verb.GLASS_ASKED, glass, actor=actor, now=now, reason=glass.category)
    if before or (rule and rule.needs_second):
        _tell(GLASS_WAITS, glass, now)
    else:
        _open(glass, actor=actor, now=now)
    return glass


def own_target(dossier: Dossier, *, actor: Actor) -> GlassTarget:
    """What this actor could ask to open. Errors: NotAllowed by role; NotVisible elsewhere."""
    if not may(actor, Action.BREAK_GLASS):
        raise NotAllowed(Action.BREAK_GLASS)
    target = target_of(dossier)
    if target is None or not _is_own(target, actor):
        raise NotVisible
    return target


@after_rules
@transaction.atomic
def approve_glass(glass: BreakGlass, *, actor: Actor, now: datetime) -> BreakGlass:
    """Open, as the second person, what waits for one. Errors: NotAllowed; Blocked for oneself (D13)."""
    glass = _lock(glass)
    _require_guard(glass, actor)
    if glass.opened_at:
        return glass
    glass.approved_by_id = actor.person_id
    glass.save(update_fields=["approved_by"])
    _open(glass, actor=actor, now=now)
    return glass


@after_rules
@transaction.atomic
def review_glass(
    glass: BreakGlass, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> BreakGlass:
    """Look back on a break-glass as a second person; one that is still open ends with it.

    Shape:  given: `is_justified`, `remark`. The first review counts.
    Errors: NotAllowed; Blocked for the own (D13).
    """
    glass = _lock(glass)
    _require_guard(glass, actor)
    if glass.reviewed_at:
        return glass
    glass.reviewed_by_id, glass.reviewed_at = actor.person_id, now
    glass.is_justified, glass.remark = given["is_justified"], given.get("remark", "")
    if glass.ends_at:
        glass.ends_at = min(glass.ends_at, now)
    names = ("reviewed_by", "reviewed_at", "is_justified", "remark", "ends_at")
    glass.save(update_fields=names)
    seat_glass(glass.dossier)
    record(Verb.GLASS_REVIEWED, glass, actor=actor, now=now)
    return glass


def _lock(glass: BreakGlass) -> BreakGlass:
    rows = BreakGlass.objects.select_for_update(of=("self",)).select_related("dossier")
    return rows.get(pk=glass.pk)


def _is_own(target: GlassTarget, actor: Actor) -> bool:
    """The directeur of the school; the administrator of an organization above it."""
    if actor.role == Role.HEAD:
        return bool(target.nodes & actor.organizations)
    return bool(ancestors(target.nodes) & actor.organizations)


def _against(
    dossier: Dossier, target: GlassTarget, given: Mapping[str, Any], actor: Actor, now: datetime
) -> list[Reason]:
    rule = glass_rule(given["category"], actor.role)
    if rule is None or rule.kind != dossier.kind:
        return [DOES_NOT_FIT]
    found = []
    if rule.states and target.state not in rule.states:
        found.append(IS_NOT_ENDED)
    if len(given["reason"].strip()) < LEAST_REASON:
        found.append(TOO_SHORT)
    others = open_now(actor.person_id, now=now)
    if any(row.dossier_id != dossier.pk for row in others):
        found.append(ONE_AT_A_TIME)
    if overdue(actor.person_id, day=now.date()):
        found.append(REVIEW_WAITS)
    return found


def _unreviewed(dossier: Dossier, actor: Actor) -> BreakGlass | None:
    """An hour at this dossier on which nobody looked back: another one is a renewal."""
    rows = BreakGlass.objects.filter(
        dossier=dossier, person=actor.person_id, opened_at__isnull=False, reviewed_at__isnull=True
    )
    return rows.order_by("-asked_at").first()


def _require_guard(glass: BreakGlass, actor: Actor) -> None:
    if not may(actor, Action.REVIEW_GLASS):
        raise NotAllowed(Action.REVIEW_GLASS)
    target = target_of(glass.dossier)
    is_fault = glass.category == GlassCategory.FAULT
    if actor.role == Role.HEAD and (is_fault or target is None or not _is_own(target, actor)):
        raise NotVisible
    if glass.person_id == actor.person_id:
        raise Blocked([OWN])


def _open(glass: BreakGlass, *, actor: Actor, now: datetime) -> None:
    glass.opened_at, glass.ends_at = now, now + LASTS
    glass.review_by = working_days_after(now.date(), REVIEW_WORKING_DAYS)
    glass.save(update_fields=["opened_at", "ends_at", "review_by"])
    seat_glass(glass.dossier)
    _tell(GLASS_OPENED, glass, now)
    record(Verb.GLASS_OPENED, glass, actor=actor, now=now, reason=glass.category)


def _tell(kind: str, glass: BreakGlass, now: datetime) -> None:
    """The privacy officer and the directeur hear of it at once."""
    for person in guards_of(glass, day=now.date()):
        key = f"{kind}:{glass.pk}:{person.pk}"
        enqueue(kind, glass.pk, recipient_id=person.pk, key=key, now=now)


def working_days_after(day: date, count: int) -> date:
    """The day that lies this many working days ahead, Saturdays and Sundays not counted."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
