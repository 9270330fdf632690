"""Collects deviations of a file without drowning the reader: of each kind the first few, then a count."""

from collections import Counter
from dataclasses import dataclass, field

from schools.imports.records import Deviation, Severity

SHOWN_PER_KIND = 10


@dataclass
class DeviationLog:
    """The deviations of one file, in the order in which they were found."""

    _found: list[Deviation] = field(default_factory=list)
    _per_kind: Counter[str] = field(default_factory=Counter)
    _dropped: dict[str, tuple[int, int]] = field(default_factory=dict)

    def note(self, text: str, *, line: int, kind: str) -> None:
        """Note something the user should look at; of one kind only the first ten are kept."""
        self._per_kind[kind] += 1
        if self._per_kind[kind] <= SHOWN_PER_KIND:
            self._found.append(Deviation(line, text, Severity.WARNING))

    def drop(self, field_name: str, *, line: int) -> None:
        """Count a field that is never kept; its value goes nowhere."""
        first_line, count = self._dropped.get(field_name, (line, 0))
        self._dropped[field_name] = (first_line, count + 1)

    def result(self) -> tuple[Deviation, ...]:
        """Everything noted, then how often a kind came back, then one line per dropped field."""
        repeated = (
            Deviation(0, f"En nog {count - SHOWN_PER_KIND} keer: {kind}.", Severity.WARNING)
            for kind, count in self._per_kind.items()
            if count > SHOWN_PER_KIND
        )
        dropped = (
            Deviation(
                line,
                f"Het veld {name} wordt niet bewaard ({count} keer gevonden).",
                Severity.NOTICE,
            )
            for name, (line, count) in self._dropped.items()
        )
        return (*self._found, *repeated, *dropped)
