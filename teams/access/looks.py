"""What one answer shows: sensitive rows are noted as they come out of the database.

The trace writes one line of it before the answer leaves (teams/audit/answers.py). Rows that the
house reads for itself, past the reader's seats, are not shown and not noted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from teams.access.fence import is_beyond_seats


@dataclass(frozen=True)
class Shown:
    """One row as far as the trace names it; never a field of content."""

    kind: str
    pk: UUID
    dossier_id: UUID | None = None
    compartment: str = ""
    audience: str = ""
    created_by_id: UUID | None = None


@dataclass
class Looks:
    """The rows of one answer, in the order in which they were read.

    `hinted` are compartments of which only some columns were read, so that no row names them.
    """

    is_house: bool = False
    rows: dict[UUID, Shown] = field(default_factory=dict)
    hinted: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Nothing about anyone was read."""
        return not self.rows

    @property
    def dossier_ids(self) -> list[UUID]:
        """Every dossier of which a row was read, the first one first."""
        return list(dict.fromkeys(row.dossier_id for row in self.rows.values() if row.dossier_id))

    def about(self, object_id: UUID | None) -> UUID | None:
        """The dossier that the answer is about: that of the object asked for, or the only one."""
        row = self.rows.get(object_id) if object_id else None
        if row and row.dossier_id:
            return row.dossier_id
        dossiers = self.dossier_ids
        return dossiers[0] if len(dossiers) == 1 else None


_looks: ContextVar[Looks | None] = ContextVar("looks", default=None)


@contextmanager
def watching(*, is_house: bool = False) -> Iterator[Looks]:
    """Note the rows read inside this block; `is_house` also those read past all seats."""
    looks = Looks(is_house=is_house)
    token = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(token)


def note_row(row: Any) -> None:
    """Note one sensitive row that was just read."""
    looks = _watching()
    if looks is None:
        return
    known = row.__dict__
    looks.rows[row.pk] = Shown(
        kind=row._meta.model_name,
        pk=row.pk,
        dossier_id=known.get("dossier_id"),
        compartment=known.get("compartment", ""),
        audience=known.get("audience", ""),
        created_by_id=known.get("created_by_id"),
    )


def note_part(shown: Shown) -> None:
    """Note what was read of a row in columns only, where those are all that is shown."""
    looks = _watching()
    if looks is not None:
        looks.rows.setdefault(shown.pk, shown)


def note_columns(models: set[Any]) -> None:
    """Note that some columns of rows of these models were read."""
    looks = _watching()
    if looks is not None:
        looks.hinted |= {model._meta.get_field("compartment").default.value for model in models}


def _watching() -> Looks | None:
    looks = _looks.get()
    return None if looks is None or (is_beyond_seats() and not looks.is_house) else looks
