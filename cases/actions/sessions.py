"""Sessions of a school: a date of the regular series, or one in between with urgency (R-7.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.enums import MeetingKind
from cases.models import Session
from schools.models import School
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import SupportTeamDate


@after_rules
def plan_session(
    school: School, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Session:
    """Plan the VOT or OT of a school on a day; the one that stands there already is given back.

    Shape:  given: `kind`, `on`; optional `starts_at`, `place`, and `is_urgent` for a day
            outside the regular series.
    Errors: NotVisible, NotAllowed, Blocked for a day gone by or an ad hoc day without urgency.
    Source: R-7.2, "Benut het regulier (V)OT".
    """
    _check_plans(school, actor)
    kind, day = MeetingKind(given["kind"]), given["on"]
    with transaction.atomic():
        standing = Session.objects.filter(school=school, kind=kind, on=day).first()
        if standing:
            return standing
        regular = SupportTeamDate.objects.filter(
            team__organization=school.organization_id, kind=kind, on=day
        ).first()
        if reasons := _against(given, regular, now=now):
            raise Blocked(reasons)
        session = Session.objects.create(
            school=school,
            kind=kind,
            on=day,
            starts_at=given.get("starts_at") or (regular and regular.starts_at),
            place=given.get("place") or (regular.team.place if regular else ""),
            is_regular=regular is not None,
        )
        record(Verb.SESSION_PLANNED, session, actor=actor, now=now)
    return session


def _check_plans(school: School, actor: Actor) -> None:
    if actor.is_system:
        return
    if school.organization_id not in actor.schools:
        raise NotVisible
    if not may(actor, Action.LAY_TABLE):
        raise NotAllowed(Action.LAY_TABLE)


def _against(
    given: Mapping[str, Any], regular: SupportTeamDate | None, *, now: datetime
) -> list[Reason]:
    reasons = []
    if given["on"] < now.date():
        text = "Deze datum is voorbij."
        reasons.append(Reason(text, "Kies een datum die nog komt.", "date_lies_ahead"))
    if regular is None and not given.get("is_urgent"):
        text = "Dit is geen vaste datum van dit overleg."
        who = "Kies een vaste datum, of geef aan dat er haast is."
        reasons.append(Reason(text, who, "series_is_used"))
    if regular is None and not given.get("starts_at"):
        text = "Het begin van het overleg ontbreekt."
        reasons.append(Reason(text, "Kies een tijd.", "session_has_a_start"))
    return reasons
