"""Unauthorized absence (O34): opened, kept and closed by the school, and never about illness."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cases.models import AbsenceDay, AbsenceGround, AttendanceAgreement
from cases.workflow.amend import amending, stamp
from cases.workflow.steps import Step
from cases.workflow.table import HEAD, IB
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.audit import Verb

MAY_KEEP = (IB, HEAD)
# Words that belong to a doctor: absence through illness is no unauthorized absence.
ILLNESS = ("ziek", "arts", "dokter", "medisch", "medicijn", "griep", "koorts", "therap", "diagnose")

CASE_IS_CLOSED = Reason("Deze casus is niet meer open.", "Bekijk de casus.", "case_is_open")
ALREADY_OPEN = Reason(
    "Er is in deze casus al ongeoorloofd verzuim vastgelegd.",
    "Vul dat aan met de dagen die erbij komen.",
    "absence_is_new",
)
IN_FUTURE = Reason(
    "Een van de dagen ligt in de toekomst.", "Kies dagen tot en met vandaag.", "day_has_been"
)
NO_DAYS = Reason("Er is nog geen dag vastgelegd.", "Vul ten minste één dag in.", "absence_has_days")
ABOUT_ILLNESS = Reason(
    "Dit gaat over ziekte of gezondheid, en dat leest de leerplichtambtenaar niet.",
    "Schrijf alleen op wat is afgesproken over aanwezig zijn.",
    "absence_is_not_illness",
)
IS_CLOSED = Reason(
    "Dit verzuim is gesloten.", "Leg opnieuw vast als er nieuwe dagen zijn.", "absence_is_open"
)


def mentions_illness(text: str) -> bool:
    """Tell whether a text is about illness; pure, and rather too often than too seldom."""
    words = text.casefold()
    return any(word in words for word in ILLNESS)


@after_rules
def open_absence(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> AbsenceGround:
    """Record that a pupil stayed away without leave; from now on the attendance officer may come.

    Shape:  given: `days`, pairs of a day and how long.
    Errors: NotVisible, NotAllowed; Blocked without a day, for a day ahead, or when one is open.
    Source: O34, R-7.1 (d), AR-23.
    """
    with amending(case_id, Verb.ABSENCE_OPENED, who=MAY_KEEP, actor=actor, now=now) as step:
        if reasons := _against_opening(step, given["days"]):
            raise Blocked(reasons)
        ground = AbsenceGround.unscoped.create(
            case=step.case, opened_on=step.day, **stamp(step.case, actor=actor, now=now)
        )
        _write_days(ground, given["days"], step)
    return ground


@after_rules
def add_absence_days(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> AbsenceGround:
    """Record more days; a day that stands already keeps its length. Given and errors: as above."""
    with amending(case_id, Verb.ABSENCE_CHANGED, who=MAY_KEEP, actor=actor, now=now) as step:
        ground = _open_ground(step)
        if reasons := _against_days(step, given["days"]):
            raise Blocked(reasons)
        _write_days(ground, given["days"], step)
    return ground


@after_rules
def agree_attendance(
    case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> AttendanceAgreement:
    """Write what was agreed about being at school.

    Shape:  given: `doer`, `what`, `evaluate_on`.
    Errors: NotVisible, NotAllowed; Blocked for words about illness, or once it is closed.
    """
    with amending(case_id, Verb.ABSENCE_CHANGED, who=MAY_KEEP, actor=actor, now=now) as step:
        ground = _open_ground(step)
        if mentions_illness(f"{given['doer']} {given['what']}"):
            raise Blocked([ABOUT_ILLNESS])
        names = ("doer", "what", "evaluate_on")
        return AttendanceAgreement.unscoped.create(
            absence=ground,
            **{name: given[name] for name in names},
            **stamp(step.case, actor=actor, now=now),
        )


@after_rules
def close_absence(
    case_id: UUID, *, actor: Actor, now: datetime, given: Mapping[str, Any] | None = None
) -> AbsenceGround:
    """Close the ground; the attendance officer reads nothing from the next request on (A-23).

    Errors: NotVisible, NotAllowed; Blocked when none is open.
    """
    with amending(case_id, Verb.ABSENCE_CLOSED, who=MAY_KEEP, actor=actor, now=now) as step:
        ground = _open_ground(step)
        ground.closed_on, ground.closed_by_id = step.day, actor.person_id
        ground.save(update_fields=["closed_on", "closed_by"])
        # The facts were read before the change; what follows reads them anew.
    return ground


def _open_ground(step: Step) -> AbsenceGround:
    if not step.case.is_open:
        raise Blocked([CASE_IS_CLOSED])
    if step.facts.absence_ground is None:
        raise Blocked([IS_CLOSED])
    return step.facts.absence_ground


def _against_opening(step: Step, days: list[tuple[date, str]]) -> list[Reason]:
    if not step.case.is_open:
        return [CASE_IS_CLOSED]
    if step.facts.absence_ground:
        return [ALREADY_OPEN]
    return _against_days(step, days)


def _against_days(step: Step, days: list[tuple[date, str]]) -> list[Reason]:
    if not days:
        return [NO_DAYS]
    return [IN_FUTURE] if any(day > step.day for day, _ in days) else []


def _write_days(ground: AbsenceGround, days: list[tuple[date, str]], step: Step) -> None:
    shared = stamp(step.case, actor=step.actor, now=step.now)
    rows = [AbsenceDay(absence=ground, on=day, length=length, **shared) for day, length in days]
    AbsenceDay.unscoped.bulk_create(rows, ignore_conflicts=True)
