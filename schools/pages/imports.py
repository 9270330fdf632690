"""The page of an import: how far it is, what it would change, what was odd about the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from schools.actions.progress import ProgressNote
from schools.enums import ImportKind, ImportState
from schools.imports.carers_preview import CARER_LABELS
from schools.imports.preview import LABELS
from schools.models import ImportRun, School
from teams.components import Action, Badge, BadgeKind, Row
from teams.templatetags.ui import day_hour

SHOWN_PER_KIND = 200
BADGES = {
    ImportState.READY: BadgeKind.ATTENTION,
    ImportState.COMMITTED: BadgeKind.DONE,
    ImportState.REFUSED: BadgeKind.ERROR,
}


@dataclass(frozen=True)
class ChangeLine:
    """One pupil or carer that changes."""

    key: str
    name: str
    place: str
    details: str


@dataclass(frozen=True)
class ChangeGroup:
    """All changes of one kind; `rest` are those beyond what a page shows."""

    label: str
    count: int
    lines: tuple[ChangeLine, ...]
    is_open: bool

    @property
    def rest(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class DeviationLine:
    """One oddity of the file."""

    line: int
    text: str
    is_warning: bool


@dataclass(frozen=True)
class ImportPage:
    """Everything the page of one import shows."""

    run: ImportRun

    @property
    def title(self) -> str:
        """What is imported, in the words of the state."""
        return (
            "Verzorgers importeren"
            if self.run.kind == ImportKind.CARERS
            else "Leerlingen importeren"
        )

    @property
    def url(self) -> str:
        """Address of this page."""
        return reverse("import-run", args=[self.run.school_id, self.run.pk])

    @property
    def eyebrow(self) -> str:
        """Which school, which file."""
        return f"{self.run.school.name} · {self.run.file_name}"

    @property
    def back(self) -> dict[str, str]:
        """The way back."""
        return {"label": "Importeren", "url": reverse("import", args=[self.run.school_id])}

    @property
    def badge(self) -> Badge:
        """Where the import stands."""
        state = ImportState(self.run.state)
        return Badge(state.label, BADGES.get(state, BadgeKind.NEUTRAL))

    @property
    def badges(self) -> tuple[Badge, ...]:
        """The badges of the head."""
        return (self.badge,)

    @property
    def progress(self) -> dict[str, Any] | None:
        """The bar while a worker is busy, None when it is not."""
        if self.run.state != ImportState.COMMITTING:
            return None
        return {
            "key": str(self.run.pk),
            "label": "De wijzigingen worden doorgevoerd.",
            "percent": ProgressNote(self.run.pk).percent(),
            "url": self.url,
        }

    @property
    def has_finished(self) -> dict[str, Any]:
        """What takes the place of the bar once the worker is done."""
        return {
            "key": str(self.run.pk),
            "label": "Klaar.",
            "is_done": True,
            "result_url": self.url,
            "result_label": "Bekijk het resultaat",
        }

    @property
    def is_ready(self) -> bool:
        """Whether someone can look and carry it through."""
        return self.run.state == ImportState.READY

    @property
    def is_committed(self) -> bool:
        """Whether it has been carried through."""
        return self.run.state == ImportState.COMMITTED

    @property
    def refusal(self) -> str:
        """Why nothing came of this import, empty when something did or can."""
        return {
            ImportState.REFUSED: self.run.message,
            ImportState.REPLACED: "Er is daarna een nieuwer bestand gekozen. Er is niets veranderd.",
        }.get(ImportState(self.run.state), "")

    @property
    def changes_nothing(self) -> bool:
        """Whether the file says what the school already has."""
        return not self.run.preview.get("counts")

    @property
    def doubts(self) -> list[str]:
        """What someone has to look at before carrying through."""
        return list(self.run.preview.get("doubts", ()))

    @property
    def summary(self) -> str:
        """One sentence on the file."""
        total, year = self.run.preview.get("total", 0), self.run.preview.get("school_year")
        what = "verzorgers" if self.run.kind == ImportKind.CARERS else "leerlingen"
        if not (self.is_ready or self.is_committed):
            return ""
        return f"{total} {what} in het bestand" + (f", schooljaar {year}." if year else ".")

    @property
    def place_label(self) -> str:
        """Heading of the column that says where someone belongs."""
        return "Wie" if self.run.kind == ImportKind.CARERS else "Groep"

    @property
    def changes(self) -> list[ChangeGroup]:
        """The changes by kind, the few open and the many folded."""
        return list(self._groups())

    @property
    def deviations(self) -> list[DeviationLine]:
        """The oddities of the file, warnings first."""
        found = self.run.preview.get("deviations", ())
        lines = [DeviationLine(line, text, kind == "warning") for line, text, kind in found]
        return sorted(lines, key=lambda each: not each.is_warning)

    def _groups(self) -> Iterator[ChangeGroup]:
        listed = self.run.preview.get("changes", ())
        is_carers = self.run.kind == ImportKind.CARERS
        labels = {
            kind.value: label for kind, label in (CARER_LABELS if is_carers else LABELS).items()
        }
        for kind, count in self.run.preview.get("counts", {}).items():
            rows = [row for row in listed if row[0] == kind]
            lines = tuple(
                ChangeLine(key, name, place, ", ".join(details))
                for _, key, name, place, details in rows[:SHOWN_PER_KIND]
            )
            yield ChangeGroup(labels[kind], count, lines, is_open=count <= 10)


def run_rows(school: School) -> tuple[Row, ...]:
    """The latest imports of a school, newest first."""
    runs = ImportRun.objects.filter(school=school).defer("content", "preview")[:8]
    return tuple(
        Row(
            lead=run.file_name,
            title=ImportKind(run.kind).label,
            url=reverse("import-run", args=[school.pk, run.pk]),
            why=run.message,
            when=day_hour(run.created_at),
            badge=ImportPage(run).badge,
        )
        for run in runs
    )


def import_action(school: School) -> Action:
    """The link to the import page of a school."""
    return Action("Importeren", reverse("import", args=[school.pk]), is_quiet=True, icon="upload")
