"""Recompute every table of every dossier, and say or set right what differs (access.md 2.9)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from cases.models import Case
from cases.queries.loaded import load_facts
from cases.seating import case_table
from schools.models import School, Student
from schools.seating import table_of_school, tables_of_students
from teams.access.actor import as_system
from teams.access.seat_check import Difference, differences
from teams.access.seating import Table, write_seats
from teams.actions.alarms import raise_alarm
from teams.audit import Verb, record
from teams.enums import AlarmKind
from teams.models import Dossier, Seat

BATCH = 200
MOST_NAMED = 5


@dataclass(frozen=True)
class Source:
    """One kind of dossier: its rows, which of them lies where, and its tables on a day."""

    rows: Callable[[], QuerySet[Any]]
    tables: Callable[[list[Any], date], Mapping[UUID, Table]]
    label: Callable[[Any], str]
    dossier: Callable[[Any], UUID] = lambda row: row.dossier_id


def _cases(rows: list[Case], day: date) -> dict[UUID, Table]:
    return {row.dossier_id: case_table(load_facts(row, day)) for row in rows}


def _students(rows: list[Student], _day: date) -> dict[UUID, Table]:
    empty = {row.dossier_id: Table() for row in rows}
    return empty | tables_of_students(row.pk for row in rows)


def _schools(rows: list[School], _day: date) -> dict[UUID, Table]:
    return {row.dossier_id: table_of_school(row) for row in rows}


def _orphans() -> QuerySet[Dossier]:
    """Dossiers with seats and nothing at the table."""
    here = {"dossier": OuterRef("pk")}
    return Dossier.objects.filter(
        Exists(Seat.objects.filter(**here)),
        ~Exists(Case.unscoped.filter(**here)),
        ~Exists(Student.unscoped.filter(**here)),
        ~Exists(School.objects.filter(**here)),
    )


# A room above with dossiers of its own adds a row.
SOURCES: list[Source] = [
    Source(School.objects.select_related("organization").all, _schools, lambda row: f"school {row.organization.key}"),
    Source(Student.unscoped.all, _students, lambda row: f"leerling {row.dossier_id}"),
    Source(
        Case.unscoped.select_related("student", "school__organization").all,
        _cases,
        lambda row: f"casus {row.number}",
    ),
    Source(
        _orphans,
        lambda rows, _day: {row.pk: Table() for row in rows},
        lambda row: f"dossier {row.pk} zonder inhoud",
        lambda row: row.pk,
    ),
]  # fmt: skip


def check_seats(*, day: date, now: datetime, is_repairing: bool = False) -> Iterator[Difference]:
    """Name every difference between the standing seats and the facts of `day`.

    Shape:  one difference at a time, in batches of bounded size; with `is_repairing` each
            dossier that differs is rewritten, with one audit line.
    """
    for source, rows in _batches():
        with transaction.atomic(), as_system("check seats", day=day):
            for row, found in _faulty(source, rows, day):
                if is_repairing:
                    _repair(source, row, day, now, found)
                yield from found


def watch_seats(*, day: date, now: datetime) -> int:
    """The nightly job: let seats follow the calendar, and raise an alarm about all else that differs.

    Shape:  how many rows differ. What was right yesterday moved with the day (a new group on the
            first of August); what was not right then either is a fault, left for a person to see.
    """
    faults: list[Difference] = []
    yesterday = day - timedelta(days=1)
    for source, rows in _batches():
        with transaction.atomic(), as_system("watch seats", day=day):
            for row, found in _faulty(source, rows, day):
                if _look(source, row, yesterday):
                    faults += found
                else:
                    write_seats(source.tables([row], day))
    if faults:
        names = list(dict.fromkeys(row.dossier for row in faults))
        more = f" en nog {len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
        text = f"{len(faults)} plaatsen wijken af bij {', '.join(names[:MOST_NAMED])}{more}."
        raise_alarm(AlarmKind.SEATS, f"{text} Zie manage.py check_seats.", now=now)
    return len(faults)


def _batches() -> Iterator[tuple[Source, list[Any]]]:
    for source in SOURCES:
        last = None
        while True:
            with as_system("check seats"):
                rows = source.rows().order_by("pk")
                batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
            if not batch:
                break
            last = batch[-1].pk
            yield source, batch


def _faulty(source: Source, rows: list[Any], day: date) -> Iterator[tuple[Any, list[Difference]]]:
    """The rows whose table differs; looked at again under lock, for work may have gone on."""
    labels = {source.dossier(row): source.label(row) for row in rows}
    suspects = {row.dossier_id for row in differences(source.tables(rows, day), labels, day=day)}
    for row in rows:
        if source.dossier(row) in suspects:
            _lock(row)
            if found := _look(source, row, day):
                yield row, found


def _look(source: Source, row: Any, day: date) -> list[Difference]:
    labels = {source.dossier(row): source.label(row)}
    return differences(source.tables([row], day), labels, day=day)


def _lock(row: Model) -> None:
    """Actions lock their object before they change a fact, so now nothing moves."""
    rows = getattr(type(row), "unscoped", type(row)._default_manager)
    rows.select_for_update().filter(pk=row.pk).first()
    row.refresh_from_db()


def _repair(source: Source, row: Any, day: date, now: datetime, found: list[Difference]) -> None:
    write_seats(source.tables([row], day))
    with as_system("repair seats", day=day) as actor:
        reason = f"{len(found)} verschillen"
        record(Verb.SEATS_REPAIRED, row, actor=actor, now=now, reason=reason)
