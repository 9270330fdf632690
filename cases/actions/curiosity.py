"""Looking at how people look: facts for the patterns, and a flag for the privacy officer."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from cases.models import Case
from schools.models import CarerContact, Student
from teams.access.fence import beyond_seats
from teams.actions.alarms import raise_alarm
from teams.audit.curiosity import WEEK, Facts, Flag, Seen, find_flags
from teams.enums import AlarmKind
from teams.models import AccessEntry, Alarm, Dossier, User

# The longest ordinary window is a day; what was broken open counts for a week.
BACK = timedelta(hours=25)
# A name that so many pupils bear says nothing.
COMMON = 20


@beyond_seats("patterns of looking")
def watch_looks(*, now: datetime) -> list[Flag]:
    """Raise a flag for every pattern not flagged before. Shape: the new flags."""
    lines = _lines(now)
    flags = find_flags(lines, _facts(lines))
    known = Alarm.objects.filter(kind=AlarmKind.CURIOSITY, text__in=[str(flag) for flag in flags])
    told = set(known.values_list("text", flat=True))
    new = [flag for flag in flags if str(flag) not in told]
    for flag in new:
        raise_alarm(AlarmKind.CURIOSITY, str(flag), now=now)
    return new


def _lines(now: datetime) -> list[Seen]:
    recent = Q(at__gte=now - BACK) | Q(at__gte=now - WEEK, is_break_glass=True)
    rows = AccessEntry.objects.filter(recent, actor_id__isnull=False)
    wanted = [field.name for field in fields(Seen)]
    return [Seen(**{**row, "at": timezone.localtime(row["at"])}) for row in rows.values(*wanted)]


def _facts(lines: Iterable[Seen]) -> Facts:
    people = User.objects.in_bulk({line.actor_id for line in lines})
    touched = {line.dossier_id for line in lines if line.dossier_id}
    students = _students(touched)
    return Facts(
        surnames={dossier: student.last_name for dossier, student in students.items()},
        own_surnames=_rare_surnames(people.values()),
        streets=_streets(students),
        own_streets=_own_streets(people.values()),
        watched=frozenset(
            Dossier.objects.filter(pk__in=touched, is_watched=True).values_list("pk", flat=True)
        ),
        closed=frozenset(
            Case.unscoped.filter(dossier__in=touched, closed_on__isnull=False).values_list(
                "dossier_id", flat=True
            )
        ),
    )


def _students(dossiers: set[UUID]) -> dict[UUID, Student]:
    """The pupil whom each dossier is about."""
    found = {row.dossier_id: row for row in Student.unscoped.filter(dossier__in=dossiers)}
    for case in Case.unscoped.filter(dossier__in=dossiers).select_related("student"):
        found[case.dossier_id] = case.student
    return found


def _rare_surnames(people: Iterable[User]) -> dict[UUID, str]:
    names = {person.pk: person.last_name for person in people if person.last_name}
    borne = Student.unscoped.filter(last_name__in=names.values()).values("last_name")
    counts = dict(borne.annotate(count=Count("pk")).values_list("last_name", "count"))
    return {key: name for key, name in names.items() if counts.get(name, 0) < COMMON}


def _streets(students: dict[UUID, Student]) -> dict[UUID, frozenset[str]]:
    pupils = {student.pk for student in students.values()}
    rows = CarerContact.unscoped.filter(carer__student__in=pupils).exclude(address="")
    of_pupil: dict[UUID, set[str]] = defaultdict(set)
    for pupil, address in rows.values_list("carer__student", "address"):
        of_pupil[pupil].add(street_of(address))
    return {key: frozenset(of_pupil[student.pk]) for key, student in students.items()}


def _own_streets(people: Iterable[User]) -> dict[UUID, frozenset[str]]:
    """Where people live is known of nobody but carers: who is one, is known by the mail address."""
    by_mail = {person.email.lower(): person.pk for person in people}
    rows = CarerContact.unscoped.filter(email__in=by_mail).exclude(address="")
    return {
        by_mail[mail.lower()]: frozenset({street_of(address)})
        for mail, address in rows.values_list("email", "address")
        if mail.lower() in by_mail
    }


def street_of(address: str) -> str:
    """The street of an address, without number, postcode and town, to compare with another."""
    return re.split(r"\s\d|,", address.strip().casefold(), maxsplit=1)[0].strip()
