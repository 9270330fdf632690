"""What the route adds to the pages of pupils and schools, and what an import must know of it."""

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from cases.enums import Topic
from cases.models import Case, Note, Signal
from cases.seating import chairs_at_pupils, reseat
from schools.contributions import Card
from schools.models import School, Student
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.fence import beyond_seats
from teams.access.rules import Action as Permission
from teams.access.seating import Chair
from teams.components import Action, Badge, BadgeKind, Row
from teams.templatetags.ui import long_day, short_day

SIGNAL_WINDOW_DAYS = 365
LONGEST_LINE = 140
MOST_NOTES = 10


class CasesForSchools:
    """The contribution of this room to `schools`."""

    @beyond_seats("who has a case at all")
    def with_open_case(self, student_ids: Collection[UUID]) -> set[UUID]:
        """Pupils with an open case, past the scope: a leaver with one is never removed."""
        rows = Case.unscoped.open().filter(student__in=student_ids)
        return set(rows.values_list("student_id", flat=True))

    def after_move(self, student_ids: Collection[UUID], *, day: date) -> None:
        """Seat the cases of pupils whose group, school, custody or age changed.

        Under the lock of each case: nobody invites on facts that change here.
        """
        rows = Case.unscoped.select_for_update(of=("self",)).filter(student__in=student_ids)
        for case in rows.select_related("student", "school").order_by("pk"):
            reseat(case, day=day)

    @beyond_seats("who knows whom it is about")
    def student_chairs(self, student_ids: Collection[UUID]) -> dict[UUID, list[Chair]]:
        """Who reads the heading of a case by name knows the pupil it is about."""
        rows = Case.unscoped.filter(student__in=student_ids).select_related("student")
        return chairs_at_pupils(rows)

    def student_cards(self, student: Student, *, actor: Actor) -> tuple[Card, ...]:
        """Cases, signals and short contacts of a pupil, as far as this reader may see them."""
        cases = Case.objects.filter(student=student).order_by("-opened_on")
        signals = Signal.objects.filter(student=student).select_related("created_by")
        notes = Note.objects.filter(student=student).select_related("created_by")[:MOST_NOTES]
        return (
            Card("Casussen", tuple(map(_case_row, cases)), "U ziet bij deze leerling geen casus."),
            Card(
                "Signalen",
                tuple(map(_signal_row, signals)),
                "U ziet bij deze leerling geen signalen.",
                _note_action(student, actor),
            ),
            Card(
                "Korte contacten", tuple(map(_note_row, notes)), "U ziet hier geen korte contacten."
            ),
        )

    def school_cards(self, school: School, *, actor: Actor) -> tuple[Card, ...]:
        """Signals of the last year by theme, as far as this reader may see them."""
        since = actor.day - timedelta(days=SIGNAL_WINDOW_DAYS)
        topics = Signal.objects.filter(school=school, noted_on__gt=since).values_list(
            "topics", flat=True
        )
        counts = Counter(topic for row in topics for topic in row)
        rows = tuple(
            Row(title="", lead=Topic(topic).label, when=str(count))
            for topic, count in counts.most_common()
        )
        return (Card("Signalen van het afgelopen jaar", rows),) if rows else ()


def _case_row(case: Case) -> Row:
    ended = case.closed_on if not case.is_open else None
    return Row(
        lead=f"Casus {case.number}",
        title=case.get_state_display(),
        url=_address("case", case.pk),
        why=f"sinds {long_day(ended or case.state_since)}",
        badge=Badge("open", BadgeKind.ATTENTION) if case.is_open else Badge("afgesloten"),
    )


def _signal_row(signal: Signal) -> Row:
    topics = ", ".join(Topic(topic).label for topic in signal.topics)
    text = signal.observation
    return Row(
        lead=topics or "Signaal",
        title=f"door {signal.created_by}" if signal.created_by else "",
        url=_address("case", signal.case_id) if signal.case_id else "",
        why=text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…",
        when=short_day(signal.noted_on),
    )


def _note_row(note: Note) -> Row:
    who = f"met {note.with_whom}" if note.with_whom else ""
    return Row(
        lead=note.get_kind_display().capitalize(),
        title=f"{who} door {note.created_by}".strip() if note.created_by else who,
        url=_address("case", note.case_id) if note.case_id else "",
        why=note.text,
        when=short_day(note.noted_on),
    )


def _note_action(student: Student, actor: Actor) -> tuple[Action, ...]:
    address = _address("signal-new")
    if not address or not may(actor, Permission.NOTE_SIGNAL):
        return ()
    url = f"{address}?leerling={student.pk}"
    return (Action("Signaal noteren", url, is_quiet=True, icon="pencil-square"),)


def _address(name: str, *arguments: UUID) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
