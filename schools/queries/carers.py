"""Carers of pupils with what is known of their custody and how to reach them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from schools.enums import CustodyValue
from schools.imports.carers_preview import KnownCarer, carer_identity
from schools.imports.postcodes import municipality_key
from schools.models import Carer, CarerContact, Custody, Enrollment, School, Student
from teams.access.fence import beyond_seats


@dataclass(frozen=True)
class CarerLine:
    """A carer as a reader may see it; contact is None when there is none or it is not for this reader."""

    carer: Carer
    contact: CarerContact | None
    custody: Custody | None
    # There is a secret address that is not for this reader (D6).
    is_contact_hidden: bool = False

    @property
    def value(self) -> CustodyValue:
        """Custody now; without a record it is unknown, never a guess."""
        return CustodyValue(self.custody.value) if self.custody else CustodyValue.UNKNOWN

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether a second person still has to look at what was recorded."""
        is_answer = self.value != CustodyValue.UNKNOWN
        return is_answer and self.custody is not None and self.custody.confirmed_at is None


def carer_lines(students: Iterable[Student]) -> list[CarerLine]:
    """The carers of these pupils, in the order in which a page shows them.

    Contact and custody are read by their own scope: a secret address has a narrower audience (D6).
    """
    carers = list(Carer.objects.filter(student__in=list(students)).select_related("residence"))
    contacts = {row.carer_id: row for row in CarerContact.objects.filter(carer__in=carers)}
    standing = Custody.objects.filter(carer__in=carers, until__isnull=True)
    custody = {row.carer_id: row for row in standing.select_related("confirmed_by", "created_by")}
    hidden = _hidden(carers) - contacts.keys()
    return [
        CarerLine(row, contacts.get(row.pk), custody.get(row.pk), row.pk in hidden)
        for row in carers
    ]


@beyond_seats("whether there is a secret address")
def _hidden(carers: list[Carer]) -> set[UUID]:
    """Of which carers the address is secret: that it is, not what it is."""
    secret = CarerContact.unscoped.filter(carer__in=carers, is_secret=True)
    return set(secret.values_list("carer_id", flat=True))


@dataclass(frozen=True)
class SchoolCarers:
    """The carers of a school by pupil key and identity, with the pupils they belong to."""

    students: dict[str, Student]
    lines: dict[str, dict[str, CarerLine]]

    @property
    def names(self) -> dict[str, str]:
        """Full names of the pupils by key."""
        return {key: student.full_name for key, student in self.students.items()}

    def known(self) -> dict[str, dict[str, KnownCarer]]:
        """The same, as a file of carers is compared with."""
        return {
            key: {identity: _known(line) for identity, line in carers.items()}
            for key, carers in self.lines.items()
        }


def school_carers(school: School) -> SchoolCarers:
    """Read the pupils enrolled at a school with their carers."""
    rows = Enrollment.objects.filter(school=school, until__isnull=True).select_related("student")
    students = {row.key: row.student for row in rows}
    keys = {student.pk: key for key, student in students.items()}
    lines: dict[str, dict[str, CarerLine]] = {key: {} for key in students}
    for line in carer_lines(students.values()):
        lines[keys[line.carer.student_id]][carer_identity(line.carer.full_name)] = line
    return SchoolCarers(students, lines)


def _known(line: CarerLine) -> KnownCarer:
    contact, residence = line.contact, line.carer.residence
    return KnownCarer(
        name=line.carer.full_name,
        relation=line.carer.relation,
        language=line.carer.language,
        municipality=municipality_key(residence.name) if residence else "",
        email=contact.email if contact else "",
        phone=contact.phone if contact else "",
        custody=line.value,
        custody_since=line.custody.since if line.custody else None,
    )
