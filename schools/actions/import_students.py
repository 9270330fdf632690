"""Pupils of an EDEXML file become rows, in bulk: a thousand within seconds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from schools.actions.import_groups import GroupKey
from schools.imports.postcodes import municipality_key, municipality_of
from schools.imports.preview import ChangeKind, KnownSchool, StudentChange, target
from schools.imports.records import EdexmlFile, StudentRecord
from schools.models import Enrollment, Group, School, Site, Student
from schools.seating import reseat_students
from teams.access.rules import school_audience
from teams.enums import DossierKind
from teams.models import Dossier, Organization

BATCH = 100
PERSONAL = ("first_name", "prefix", "last_name", "birth_date", "gender")
PLACED = ("group", "site", "year_group", "until", "is_flagged_leaver")


@dataclass(frozen=True)
class ImportTarget:
    """What an import writes into: the school as it stands, its groups, sites and municipalities by key."""

    school: School
    known: KnownSchool
    standing: dict[str, Enrollment]
    groups: dict[GroupKey, Group]
    sites: dict[str, Site]
    municipalities: dict[str, Organization]


@dataclass
class StudentWriter:
    """Collects the rows of one import and writes them in batches, in the caller's transaction."""

    into: ImportTarget
    content: EdexmlFile
    now: datetime
    author_id: UUID | None
    on_progress: Callable[[int, int], None]
    new_students: list[Student] = field(default_factory=list)
    changed_students: list[Student] = field(default_factory=list)
    new: list[Enrollment] = field(default_factory=list)
    changed: list[Enrollment] = field(default_factory=list)
    combined: list[tuple[Enrollment, StudentRecord]] = field(default_factory=list)

    def write(self, changes: Iterable[StudentChange]) -> list[UUID]:
        """Write the changes and seat the pupils. Shape: the ids of the pupils that were touched."""
        records = {record.key: record for record in self.content.students}
        for change in changes:
            self._collect(change, records.get(change.key))
        self._store()
        touched = list(dict.fromkeys(row.student_id for row in (*self.new, *self.changed)))
        for start in range(0, len(touched), BATCH):
            reseat_students(touched[start : start + BATCH])
            self.on_progress(len(touched) + min(start + BATCH, len(touched)), 2 * len(touched))
        return touched

    def _collect(self, change: StudentChange, record: StudentRecord | None) -> None:
        row = self.into.standing.get(change.key)
        if row and change.kind == ChangeKind.FLAGGED:
            row.is_flagged_leaver = True
            self.changed.append(row)
        elif row and change.kind == ChangeKind.LEFT:
            row.until = max(row.since, self._last_day(record))
            row.is_flagged_leaver = False
            self.changed.append(row)
        elif record and row is None:
            self._enroll(record, self._student(record), since=record.entry_date)
        elif record and row and change.kind == ChangeKind.RETURNED:
            self._update(row.student, record)
            left_on = row.until or row.since
            told = record.entry_date or left_on
            came_back = told if told > left_on else max(left_on, self.now.date())
            self._enroll(record, row.student, since=came_back)
        elif record and row:
            self._update(row.student, record)
            self._place(row, record)
            self.changed.append(row)

    def _student(self, record: StudentRecord) -> Student:
        organization_id = self.into.school.organization_id
        municipality = municipality_key(municipality_of(record.postcode_area))
        student = Student(
            dossier=Dossier(kind=DossierKind.STUDENT, organization_id=organization_id),
            created_at=self.now,
            created_by_id=self.author_id,
            residence=self.into.municipalities.get(municipality),
            **target(record, None),
        )
        self.new_students.append(student)
        return student

    def _update(self, student: Student, record: StudentRecord) -> None:
        wanted = target(record, self.into.known.students[record.key])
        if any(getattr(student, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(student, name, value)
            self.changed_students.append(student)

    def _enroll(self, record: StudentRecord, student: Student, *, since: date | None) -> None:
        today = self.now.date()
        row = Enrollment(
            dossier=student.dossier,
            audience=school_audience(self.into.school.organization_id),
            created_at=self.now,
            created_by_id=self.author_id,
            student=student,
            school=self.into.school,
            key=record.key,
            since=since or self.content.school.reference_date or today,
        )
        self._place(row, record)
        if record.has_left(on=today):
            row.until = max(row.since, self._last_day(record))
        self.new.append(row)

    def _place(self, row: Enrollment, record: StudentRecord) -> None:
        row.group = self.into.groups.get((record.group_key, False))
        row.site = self.into.sites.get(record.site_key, row.site)
        row.year_group = record.year_group or row.year_group
        row.is_flagged_leaver = False
        self.combined.append((row, record))

    def _last_day(self, record: StudentRecord | None) -> date:
        """The day from which a leaver is no longer enrolled: never after today."""
        today = self.now.date()
        told = record.leave_date if record else self.content.school.reference_date
        return min(told or today, today)

    def _store(self) -> None:
        Dossier.objects.bulk_create(
            [student.dossier for student in self.new_students], batch_size=BATCH
        )
        total = 2 * (len(self.new) + len(self.changed))
        for start in range(0, len(self.new_students), BATCH):
            Student.unscoped.bulk_create(self.new_students[start : start + BATCH])
            self.on_progress(start, total)
        Student.unscoped.bulk_update(self.changed_students, PERSONAL, batch_size=BATCH)
        Enrollment.unscoped.bulk_create(self.new, batch_size=BATCH)
        Enrollment.unscoped.bulk_update(self.changed, PLACED, batch_size=BATCH)
        self._store_combined()

    def _store_combined(self) -> None:
        through = Enrollment.combined_groups.through
        through.objects.filter(enrollment__in=[row.pk for row, _ in self.combined]).delete()
        through.objects.bulk_create(
            [
                through(enrollment_id=row.pk, group_id=self.into.groups[key, True].pk)
                for row, record in self.combined
                for key in record.combined_group_keys
            ],
            batch_size=BATCH,
        )
