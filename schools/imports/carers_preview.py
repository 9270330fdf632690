"""What a CSV file with carers would change: a pure comparison with the carers known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from schools.enums import CustodyValue
from schools.imports.carers_csv import CarerRecord, CarersFile
from schools.imports.postcodes import municipality_key
from schools.imports.records import Deviation, Severity


class CarerChangeKind(StrEnum):
    """What a file does to one carer."""

    NEW = "new"
    CHANGED = "changed"


CARER_LABELS = {CarerChangeKind.NEW: "nieuw", CarerChangeKind.CHANGED: "gegevens gewijzigd"}


@dataclass(frozen=True, kw_only=True)
class KnownCarer:
    """A carer as the school has it; `custody_since` is None when custody was never recorded."""

    name: str
    relation: str
    language: str
    municipality: str
    email: str
    phone: str
    custody: CustodyValue
    custody_since: date | None


@dataclass(frozen=True)
class CarerChange:
    """What happens to one carer of one pupil."""

    kind: CarerChangeKind
    record: CarerRecord
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CarersPreview:
    """All that a file with carers would change."""

    total: int
    changes: tuple[CarerChange, ...]
    deviations: tuple[Deviation, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether committing would leave every carer as is."""
        return not self.changes

    def as_json(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The preview as it is kept with the import run; `names` are those of the pupils by key."""
        counts = {
            kind: sum(change.kind == kind for change in self.changes) for kind in CarerChangeKind
        }
        return {
            "total": self.total,
            "counts": {kind.value: count for kind, count in counts.items() if count},
            "changes": [
                [
                    change.kind.value,
                    change.record.student_key,
                    f"{change.record.first_name} {change.record.last_name}".strip(),
                    f"{change.record.relation.label} van {names.get(change.record.student_key, '')}",
                    list(change.details),
                ]
                for change in self.changes
            ],
            "deviations": [
                [found.line, found.text, found.severity.value] for found in self.deviations
            ],
            "doubts": [],
        }


def carer_identity(name: str) -> str:
    """The name to recognise a carer of a pupil by."""
    return " ".join(name.split()).casefold()


def custody_of(record: CarerRecord) -> CustodyValue:
    """Custody as it counts: a yes without a date counts as unknown."""
    is_undated = record.custody == CustodyValue.YES and record.custody_since is None
    return CustodyValue.UNKNOWN if is_undated else record.custody


def compare_carers(
    content: CarersFile,
    known: Mapping[str, Mapping[str, KnownCarer]],
    *,
    municipalities: Iterable[str],
) -> CarersPreview:
    """Compare a file with the carers known per pupil key and identity.

    Shape:  one change per carer that is new or differs, in file order; carers that are not in the file stay.
    """
    places = frozenset(municipalities)
    changes: list[CarerChange] = []
    deviations = list(content.deviations)
    for record in content.carers:
        if record.student_key not in known:
            text = f"Leerling {record.student_key[:40]} is op deze school niet bekend; de regel is overgeslagen."
            deviations.append(Deviation(record.line, text, Severity.WARNING))
            continue
        if record.municipality and municipality_key(record.municipality) not in places:
            text = "De woonplaats is geen gemeente die hier bekend is en is leeg gelaten."
            deviations.append(Deviation(record.line, text, Severity.WARNING))
        if change := _change(record, known[record.student_key], places):
            changes.append(change)
    return CarersPreview(
        total=len(content.carers), changes=tuple(changes), deviations=tuple(deviations)
    )


def _change(
    record: CarerRecord, carers: Mapping[str, KnownCarer], places: frozenset[str]
) -> CarerChange | None:
    standing = carers.get(carer_identity(f"{record.first_name} {record.last_name}"))
    if standing is None:
        return CarerChange(CarerChangeKind.NEW, record)
    details = tuple(_details(record, standing, places))
    return CarerChange(CarerChangeKind.CHANGED, record, details) if details else None


def _details(record: CarerRecord, standing: KnownCarer, places: frozenset[str]) -> Iterator[str]:
    if record.relation != standing.relation:
        yield f"relatie {record.relation.label}"
    if record.language and record.language != standing.language:
        yield f"taal {record.language}"
    municipality = municipality_key(record.municipality)
    if municipality in places and municipality != standing.municipality:
        yield f"woonplaats {record.municipality}"
    if record.email and record.email != standing.email:
        yield "ander e-mailadres"
    if record.phone and record.phone != standing.phone:
        yield "ander telefoonnummer"
    if differs_in_custody(record, standing):
        yield f"gezag {custody_of(record).label}"


def differs_in_custody(record: CarerRecord, standing: KnownCarer) -> bool:
    """Whether the file says something else about custody; a missing date says nothing."""
    if custody_of(record) != standing.custody:
        return True
    return record.custody_since is not None and record.custody_since != standing.custody_since
