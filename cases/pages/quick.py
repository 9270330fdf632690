"""Pages of Snel noteren and of the signals without a pupil."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cases.enums import SignalAbout, Topic
from cases.forms.quick import LinkForm
from cases.models import Note, Signal
from cases.queries.picker import Pick, PickKind
from cases.queries.signals import unlinked_signals
from teams.access.actor import Actor
from teams.components import Tab
from teams.enums import SCHOOL_ROLES
from teams.templatetags.ui import day


@dataclass(frozen=True)
class QuickPage:
    """What the form stands in: its tabs, the names to pick from, and whom it is about."""

    title: str
    about: str
    labels: tuple[str, ...]
    tabs: tuple[Tab, ...]
    is_signal: bool


def quick_page(
    asked: Mapping[str, str], picks: list[Pick], *, actor: Actor, is_signal: bool
) -> QuickPage:
    """Build the page; `?casus=`, `?leerling=` and `?groep=` say whom it is about."""
    about = next((pick.label for pick in picks if _is_asked(pick, asked)), "")
    at_school = actor.role in SCHOOL_ROLES
    labels = tuple(
        pick.label for pick in picks if at_school or not is_signal or pick.kind != PickKind.CASE
    )
    query = f"?{'&'.join(f'{key}={value}' for key, value in asked.items())}" if asked else ""
    tabs = (
        Tab("Signaal", reverse("signal-new") + query, is_current=is_signal),
        Tab("Kort contact", reverse("note-new") + query, is_current=not is_signal),
    )
    title = "Wat viel u op?" if is_signal else "Kort contact"
    return QuickPage(title, about, labels, tabs, is_signal)


def _is_asked(pick: Pick, asked: Mapping[str, str]) -> bool:
    if pick.case:
        return str(pick.case.pk) == asked.get("casus")
    if pick.student:
        return str(pick.student.pk) == asked.get("leerling")
    return pick.group is not None and str(pick.group.pk) == asked.get("groep")


@dataclass(frozen=True)
class SavedNote:
    """Where to go after saving, and what to say."""

    text: str
    url: str

    @classmethod
    def of(cls, row: Signal | Note) -> "SavedNote":
        """Go to the case when there is one, else home."""
        text = "Bewaard."
        if isinstance(row, Signal):
            text = "Bewaard. De intern begeleider ziet dit vandaag."
        if row.case_id:
            return cls(text, reverse("case", kwargs={"case_id": row.case_id}))
        return cls(text, reverse("today"))


@dataclass(frozen=True)
class UnlinkedSignal:
    """One signal without a pupil, with the form that links it."""

    title: str
    text: str
    topics: str
    url: str
    form: LinkForm


@dataclass(frozen=True)
class UnlinkedPage:
    """All signals without a pupil, newest first, and the names to pick from."""

    signals: tuple[UnlinkedSignal, ...]
    labels: tuple[str, ...]


def unlinked_page(picks: list[Pick], *, wrong: tuple[UUID, LinkForm] | None = None) -> UnlinkedPage:
    """Build the page; `wrong` is the form that did not pass, to be shown again."""
    found = []
    for signal in unlinked_signals():
        form = LinkForm(picks=picks, prefix=None, auto_id=f"id_{signal.pk.hex[:8]}_%s")
        if wrong and wrong[0] == signal.pk:
            form = wrong[1]
        found.append(
            UnlinkedSignal(
                title=_title(signal),
                text=signal.observation,
                topics=", ".join(Topic(topic).label for topic in signal.topics),
                url=reverse("signal-link", kwargs={"signal_id": signal.pk}),
                form=form,
            )
        )
    labels = tuple(pick.label for pick in picks if pick.kind == PickKind.STUDENT)
    return UnlinkedPage(tuple(found), labels)


def _title(signal: Signal) -> str:
    about = SignalAbout(signal.about).label
    if signal.group:
        about = f"groep {signal.group}"
    return f"Over {about}, door {signal.created_by}, {day(signal.noted_on)}".replace(
        "Over zonder naam", "Zonder naam"
    )
