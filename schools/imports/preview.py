"""What an EDEXML file would change: a pure comparison of the file with what the school has."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from schools.enums import Gender
from schools.imports.records import Deviation, EdexmlFile, StudentRecord

# From here on, so many pupils leaving within one school year asks for a second look.
MANY_LEAVERS = 10
LARGE_SHARE = 1 / 3


class ChangeKind(StrEnum):
    """What a file does to one pupil."""

    NEW = "new"
    PAST = "past"
    RETURNED = "returned"
    MOVED = "moved"
    CHANGED = "changed"
    LEFT = "left"
    FLAGGED = "flagged"


LABELS = {
    ChangeKind.NEW: "nieuw",
    ChangeKind.PAST: "nieuw, maar al uitgeschreven",
    ChangeKind.RETURNED: "teruggekomen",
    ChangeKind.MOVED: "van groep veranderd",
    ChangeKind.CHANGED: "gegevens gewijzigd",
    ChangeKind.LEFT: "vertrokken",
    ChangeKind.FLAGGED: "vertrokken, met open casus: blijft staan",
}


@dataclass(frozen=True, kw_only=True)
class KnownStudent:
    """A pupil as the school has it; `until` is None while enrolled."""

    key: str
    first_name: str
    prefix: str
    last_name: str
    birth_date: date | None
    gender: str
    year_group: str
    group_key: str
    group_year: str
    group_name: str = ""
    # School year and key of each combined group.
    combined: frozenset[tuple[str, str]]
    site_key: str
    until: date | None = None
    is_flagged: bool = False
    has_open_case: bool = False

    @property
    def name(self) -> str:
        """The name in the Dutch order."""
        return full_name(self.first_name, self.prefix, self.last_name)


@dataclass(frozen=True, kw_only=True)
class KnownSchool:
    """A school as far as an import has to know it; `school_year` is "" before the first import."""

    brin: str
    site_code: str
    school_year: str
    students: Mapping[str, KnownStudent]


@dataclass(frozen=True)
class StudentChange:
    """What happens to one pupil; `details` are Dutch, for the person who looks before committing."""

    kind: ChangeKind
    key: str
    name: str
    group: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that a file would change; `doubts` must be answered before it is committed."""

    school_year: str
    total: int
    changes: tuple[StudentChange, ...]
    deviations: tuple[Deviation, ...]
    doubts: tuple[str, ...]

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many pupils per kind, in the order of the kinds."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in ChangeKind if found[kind]}

    @property
    def changes_nothing(self) -> bool:
        """Whether committing would leave every pupil as is."""
        return not self.changes

    def as_json(self) -> dict[str, Any]:
        """The preview as it is kept with the import run."""
        return {
            "school_year": self.school_year,
            "total": self.total,
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "changes": [
                [change.kind.value, change.key, change.name, change.group, list(change.details)]
                for change in self.changes
            ],
            "deviations": [
                [found.line, found.text, found.severity.value] for found in self.deviations
            ],
            "doubts": list(self.doubts),
        }


def compare(content: EdexmlFile, school: KnownSchool, *, today: date) -> Preview:
    """Compare a file with the school.

    Shape:  one change per pupil that changes, in file order, then who is no longer in the file. A file of an earlier
            school year than the school is in adds who was not known and changes nobody else.
    Source: standards 4.1: idempotent per key; a leaver with an open case stays.
    """
    is_older = content.school.school_year < school.school_year
    changes = [
        change
        for record in content.students
        if (change := _change(record, content, school, is_older=is_older, today=today))
    ]
    if not is_older:
        changes += _absent(content, school)
    return Preview(
        school_year=content.school.school_year,
        total=len(content.students),
        changes=tuple(changes),
        deviations=content.deviations,
        doubts=tuple(_doubts(content, school, changes, is_older=is_older)),
    )


def target(record: StudentRecord, known: KnownStudent | None) -> dict[str, Any]:
    """The personal fields a pupil should have: what the file has, else what we already know."""
    fields = {
        "first_name": record.first_name
        or (known.first_name if known else f"(leerling {record.key})")[:200],
        "prefix": record.prefix[:20],
        "last_name": record.last_name,
        "birth_date": record.birth_date or (known.birth_date if known else None),
        "gender": record.gender.value,
    }
    if known and not record.last_name:
        fields |= {"prefix": known.prefix, "last_name": known.last_name}
    if known and record.gender == Gender.UNKNOWN:
        fields["gender"] = known.gender
    return fields


def full_name(first_name: str, prefix: str, last_name: str) -> str:
    """Noor van der Veen."""
    return " ".join(part for part in (first_name, prefix, last_name) if part)


def _change(
    record: StudentRecord, content: EdexmlFile, school: KnownSchool, *, is_older: bool, today: date
) -> StudentChange | None:
    known = school.students.get(record.key)
    fields = target(record, known)
    name = full_name(fields["first_name"], fields["prefix"], fields["last_name"])
    group = next((group.name for group in content.groups if group.key == record.group_key), "")
    if known and is_older:
        return None
    if record.has_left(on=today):
        return _leaver(record, known, name=name)
    if known is None:
        return StudentChange(ChangeKind.NEW, record.key, name, group)
    details = tuple(_details(record, known, fields, school_year=content.school.school_year))
    if known.until is not None:
        return StudentChange(ChangeKind.RETURNED, record.key, name, group, details)
    if is_moved(record, known, school_year=content.school.school_year):
        before = (f"zat in groep {known.group_name}",) if known.group_name else ()
        return StudentChange(ChangeKind.MOVED, record.key, name, group, (*before, *details))
    return StudentChange(ChangeKind.CHANGED, record.key, name, group, details) if details else None


def is_moved(record: StudentRecord, known: KnownStudent, *, school_year: str) -> bool:
    """Whether the pupil is in another group, or in the same one of another school year."""
    has_moved = bool(record.group_key) and known.group_year != school_year
    return has_moved or record.group_key != known.group_key


def _leaver(
    record: StudentRecord, known: KnownStudent | None, *, name: str
) -> StudentChange | None:
    if known is None:
        return StudentChange(ChangeKind.PAST, record.key, name)
    return _leaving(known)


def _leaving(known: KnownStudent) -> StudentChange | None:
    if known.until is not None or (known.has_open_case and known.is_flagged):
        return None
    kind = ChangeKind.FLAGGED if known.has_open_case else ChangeKind.LEFT
    return StudentChange(kind, known.key, known.name, known.group_name)


def _absent(content: EdexmlFile, school: KnownSchool) -> Iterator[StudentChange]:
    """Who is enrolled here and not in a file that should have everybody."""
    keys = {record.key for record in content.students}
    for key, known in school.students.items():
        if key not in keys and (change := _leaving(known)):
            yield change


def _details(
    record: StudentRecord, known: KnownStudent, fields: Mapping[str, Any], *, school_year: str
) -> Iterator[str]:
    if (fields["first_name"], fields["prefix"], fields["last_name"]) != (
        known.first_name,
        known.prefix,
        known.last_name,
    ):
        yield f"heette {known.name}"
    if fields["birth_date"] != known.birth_date:
        yield "andere geboortedatum"
    if fields["gender"] != known.gender:
        yield "ander geslacht"
    if record.year_group and record.year_group != known.year_group:
        yield f"jaargroep {record.year_group}"
    if {(school_year, key) for key in record.combined_group_keys} != known.combined:
        yield "andere samengestelde groepen"
    if record.site_key and record.site_key != known.site_key:
        yield "andere vestiging"
    if known.is_flagged:
        yield "staat weer ingeschreven"


def _doubts(
    content: EdexmlFile, school: KnownSchool, changes: list[StudentChange], *, is_older: bool
) -> Iterator[str]:
    header = content.school
    if (
        header.brin
        and school.brin
        and (header.brin, header.branch_code) != (school.brin, school.site_code)
    ):
        yield (
            f"Het bestand hoort bij BRIN {header.brin}{header.branch_code}, "
            f"deze school is {school.brin}{school.site_code}."
        )
    if is_older:
        yield (
            f"Het bestand is van schooljaar {header.school_year}, de school is al in {school.school_year}. "
            "Alleen leerlingen die nog niet bekend zijn, komen erbij."
        )
    enrolled = sum(known.until is None for known in school.students.values())
    leaving = sum(change.kind in (ChangeKind.LEFT, ChangeKind.FLAGGED) for change in changes)
    if leaving > MANY_LEAVERS and leaving > enrolled * LARGE_SHARE:
        yield f"{leaving} van de {enrolled} leerlingen zouden vertrekken. Controleer of het bestand volledig is."
