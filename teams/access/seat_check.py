"""Standing seats held against the facts: every difference in a line that a person can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from teams.access.seating import Table, compare
from teams.models import Recusal, Seat


class Fault(StrEnum):
    """How a row differs from what the facts say; the value is its Dutch word."""

    MISSING = "ontbreekt"
    SUPERFLUOUS = "staat er te veel"
    DIFFERS = "wijkt af"


@dataclass(frozen=True)
class Difference:
    """One row that is not as the facts say; ids and codes only."""

    dossier_id: UUID
    dossier: str
    party: str
    rule: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.dossier}: {self.party}, regel {self.rule}, {self.fault}"


def differences(
    wanted: Mapping[UUID, Table], labels: Mapping[UUID, str], *, day: date
) -> list[Difference]:
    """Name every row of these dossiers that is missing, superfluous or different on `day`.

    Shape:  in order of dossier and party; what ended before `day` opens nothing and is left out.
    """
    gone, new = compare(wanted)
    standing = {_key(row) for row in gone if not _is_over(row, day)}
    needed = {_key(row) for row in new if not _is_over(row, day)}
    found = [
        Difference(key[0], labels[key[0]], key[1], key[3], _fault(key, standing, needed))
        for key in standing | needed
    ]
    return sorted(found, key=lambda row: (row.dossier, row.party, row.rule))


def _fault(key: tuple, standing: set[tuple], needed: set[tuple]) -> Fault:
    if key in standing and key in needed:
        return Fault.DIFFERS
    return Fault.SUPERFLUOUS if key in standing else Fault.MISSING


def _key(row: Seat | Recusal) -> tuple[UUID, str, str, str]:
    if isinstance(row, Recusal):
        return row.dossier_id, f"person:{row.person_id}", "", "D5"
    return row.dossier_id, row.party, row.role, row.rule


def _is_over(row: Seat | Recusal, day: date) -> bool:
    return row.until is not None and row.until <= day
