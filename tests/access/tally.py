"""What a matrix found: cells, wrong ones in words, what decided, and the two lines at the end."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.access.facts import Verdict

RULES, DENIALS = 45, 15
SHOWN = 50
# Every rule and denial whose objects exist decides at least this often.
LEAST = 20
PERMITS = (0.05, 0.40)
FOLDER = "ACCESS_TALLIES"


@dataclass
class Tally:
    """Cells of one matrix; several are added up."""

    cells: int = 0
    permits: int = 0
    wrong_cells: int = 0
    wrong: list[str] = field(default_factory=list)
    decided: Counter = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)

    def add(self, who: str, what: str, expected: Verdict, is_let_in: bool, got: str = "") -> None:
        """Count one cell."""
        self.cells += 1
        self.permits += expected.is_permitted
        if expected.rule:
            self.decided[expected.rule] += 1
        if is_let_in != expected.is_permitted:
            self.wrong_cells += 1
            wanted = "permit" if expected.is_permitted else "deny"
            answer = got or ("permit" if is_let_in else "deny")
            self.wrong.append(
                f"{who:14} {what:46} {wanted} by {expected.rule or '-'}, got {answer}"
            )

    def count(
        self, who: str, kind: str, verdicts: Iterable[tuple[str, Verdict]], seen: set[str]
    ) -> None:
        """Count one set of rows: what is seen against what should be."""
        for key, verdict in verdicts:
            self.add(who, f"{kind} {key[:8]}", verdict, key in seen)

    def merge(self, other: "Tally") -> None:
        """Add another matrix to this one."""
        self.cells += other.cells
        self.permits += other.permits
        self.wrong_cells += other.wrong_cells
        self.wrong += other.wrong
        self.decided.update(other.decided)
        self.routes |= other.routes

    def save(self, name: str, *, all_routes: int) -> None:
        """Keep this for the process that adds up, when there is one."""
        if folder := os.environ.get(FOLDER):
            said = {**self.__dict__, "routes": sorted(self.routes), "wrong": self.wrong[:SHOWN]}
            said["all_routes"] = all_routes
            (Path(folder) / f"{name}.json").write_text(json.dumps(said))

    def lines(self, routes: int) -> list[str]:
        """The wrong cells and the two figures."""
        rules = sum(
            1 for code, times in self.decided.items() if code.startswith("AR") and times >= LEAST
        )
        denials = sum(
            1 for code, times in self.decided.items() if code.startswith("D") and times >= LEAST
        )
        share = round(100 * self.permits / max(self.cells, 1), 1)
        return [
            *self.wrong[:SHOWN],
            f"access: {self.wrong_cells} wrong of {self.cells}",
            f"rules: {rules} of {RULES}, denials: {denials} of {DENIALS}, "
            f"routes: {len(self.routes)} of {routes}, permits: {share} %",
        ]
