"""Holidays of a school: its own days off, and dates of the region taken over after a look at the source."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from schools.actions.permission import require
from schools.calendar import school_year_of
from schools.enums import HolidayKind
from schools.models import HolidayPeriod, School
from teams.access.actor import Actor
from teams.access.errors import NotVisible
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record


@dataclass(frozen=True, kw_only=True)
class HolidayGiven:
    """A period in which the school is closed, both days included."""

    kind: HolidayKind
    start: date
    end: date
    source: str = ""


@after_rules
@transaction.atomic
def save_holiday(
    school: School, given: HolidayGiven, *, actor: Actor, now: datetime
) -> HolidayPeriod:
    """Add a period of the school's own; the five holidays of a year replace the region's of that kind.

    Shape:  the period, checked: who fills it in has looked it up.
    Errors: NotVisible, NotAllowed.
    Source: standards 4.8: boards may deviate, study days are the school's own.
    """
    require(Action.EDIT_SCHOOL, school.dossier_id, actor=actor)
    period = HolidayPeriod.objects.create(
        school=school,
        school_year=school_year_of(given.start),
        kind=given.kind,
        start=given.start,
        end=given.end,
        source=given.source,
        is_checked=True,
    )
    record(Verb.HOLIDAYS_CHANGED, period, actor=actor, now=now)
    return period


@after_rules
@transaction.atomic
def remove_holiday(school: School, period: HolidayPeriod, *, actor: Actor, now: datetime) -> None:
    """Remove a period of the school's own. Errors: NotVisible for the region's, NotAllowed."""
    require(Action.EDIT_SCHOOL, school.dossier_id, actor=actor)
    if period.school_id != school.pk:
        raise NotVisible(period.pk)
    record(Verb.HOLIDAYS_CHANGED, period, actor=actor, now=now)
    period.delete()
