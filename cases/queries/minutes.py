"""Minutes and report: the agenda of each kind, its lines, and what is known already (R-7.7)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from cases.enums import DoerKind, MeetingKind, Section
from cases.models import Agreement, Contribution, Meeting, MeetingLine, Signal
from cases.queries.facts import CaseFacts

S = Section
AGENDA: dict[str, dict[Section, str]] = {
    MeetingKind.OT: {section: section.label for section in Section},
    # What T-13 asks to be recorded of a VOT.
    MeetingKind.VOT: {
        S.QUESTION: "Wat is de vraag",
        S.STRENGTHS: S.STRENGTHS.label,
        S.TRIED: S.TRIED.label,
        S.NEEDS: S.NEEDS.label,
        S.WELCOME: "Wie is echt nodig bij het OT",
        S.CONSENT: "Vragen aan ouders en leerling",
        S.LEAD: "Wie heeft voorlopig de regie",
    },
}
SOURCE_LABELS = {
    "signal": "uit een signaal",
    "talk": "uit een gesprek",
    "consult": "uit het consult",
    "agreement": "uit een afspraak",
    "contribution": "eigen inbreng",
    "vot": "uit het VOT",
}


@dataclass(frozen=True)
class Line:
    """One line of a report; with a source when it was not typed here."""

    section: Section
    text: str
    source_kind: str = ""
    source_id: UUID | None = None
    on: date | None = None

    @property
    def key(self) -> str:
        """The name of this line among the lines of one report, also in forms."""
        return line_key(self.section, self.source_kind, self.source_id)

    @property
    def source(self) -> str:
        """Where the line came from, in words."""
        return SOURCE_LABELS.get(self.source_kind, "")


def line_key(section: str, source_kind: str = "", source_id: UUID | None = None) -> str:
    """Name a line: its section, and its source when it has one."""
    return f"{section}.{source_kind}.{source_id}" if source_kind else str(section)


def parse_key(key: str) -> tuple[Section, str, UUID | None]:
    """Read a name back. Errors: ValueError when it names no section or source."""
    section, _, source = key.partition(".")
    kind, _, source_id = source.partition(".")
    return Section(section), kind, UUID(source_id) if source_id else None


def lines_of(meeting: Meeting, facts: CaseFacts) -> list[Line]:
    """Give the lines to show and edit: what was saved, or what is known when nothing was yet.

    Shape:  one own line for every point of the agenda, sourced lines before it.
    """
    saved = saved_lines(meeting)
    lines = saved if saved else known_lines(meeting, facts)
    own = {line.section: line for line in lines if not line.source_kind}
    shown: list[Line] = []
    for section in AGENDA[meeting.kind]:
        shown += [line for line in lines if line.section == section and line.source_kind]
        shown.append(own.get(section, Line(section, "")))
    return shown


def saved_lines(meeting: Meeting) -> list[Line]:
    """Give the lines that stand in the report."""
    return [
        Line(Section(row.section), row.text, row.source_kind, row.source_id)
        for row in MeetingLine.unscoped.filter(meeting=meeting)
    ]


def known_lines(meeting: Meeting, facts: CaseFacts) -> list[Line]:
    """Gather what was noted before, each line with its source: nothing is typed twice."""
    lines = _from_talks(facts) + _from_agreements(facts) + _from_signals(facts, meeting.kind)
    if meeting.kind == MeetingKind.VOT:
        lines += _from_consults(facts)
    else:
        lines = _as_edited(lines, facts) + _from_family(meeting) + _from_vot(facts)
    points = AGENDA[meeting.kind]
    return [line for line in lines if line.text.strip() and line.section in points]


def _as_edited(lines: list[Line], facts: CaseFacts) -> list[Line]:
    """Take a line as the VOT left it: what was shortened there does not come back at the OT."""
    vot = facts.meeting(MeetingKind.VOT)
    edited = {_origin(line): line.text for line in _saved_of(vot)}
    return [replace(line, text=edited.get(_origin(line), line.text)) for line in lines]


def _origin(line: Line) -> tuple[str, UUID | None, bool]:
    # A signal gives two lines: what goes well, and what was seen, which moves to another point.
    return line.source_kind, line.source_id, line.section == S.STRENGTHS


def _saved_of(meeting: Meeting | None) -> list[Line]:
    return [line for line in saved_lines(meeting) if line.source_kind] if meeting else []


def _from_signals(facts: CaseFacts, kind: str) -> list[Line]:
    # At the OT the question is that of the family; what school saw stands under the needs.
    seen = S.QUESTION if kind == MeetingKind.VOT else S.NEEDS
    lines = []
    for row in Signal.unscoped.filter(case=facts.case).order_by("noted_on", "created_at"):
        lines.append(Line(S.STRENGTHS, row.strengths, "signal", row.pk, row.noted_on))
        lines.append(Line(seen, row.observation, "signal", row.pk, row.noted_on))
    return lines


def _from_talks(facts: CaseFacts) -> list[Line]:
    lines = []
    for row in reversed(facts.conversations):
        voices = [("Ouders", row.carers_words), ("Leerling", row.student_words)]
        told = [f"{who}: {words}" for who, words in voices if words.strip()]
        text = "\n".join([row.content, *told] if row.content.strip() else told)
        lines.append(Line(S.QUESTION, text, "talk", row.pk, row.held_on))
    return lines


def _from_consults(facts: CaseFacts) -> list[Line]:
    return [
        Line(S.QUESTION, row.question, "consult", row.pk, row.asked_on) for row in facts.consults
    ]


def _from_agreements(facts: CaseFacts) -> list[Line]:
    tried = [row for row in facts.agreements if row.consult_id]
    return [Line(S.TRIED, effect_of(row), "agreement", row.pk, row.evaluated_on) for row in tried]


def effect_of(agreement: Agreement) -> str:
    """Say what was agreed and what it did, in one sentence or two."""
    who = agreement.doer_name if agreement.doer_kind != DoerKind.STUDENT else "de leerling"
    result = agreement.get_result_display() or "nog niet geëvalueerd"
    return f"{agreement.what} ({who}): {result}. {agreement.result_note}".strip()


def _from_family(meeting: Meeting) -> list[Line]:
    rows = Contribution.unscoped.filter(meeting=meeting, is_comment=False).select_related("carer")
    return [Line(S.QUESTION, f"{_voice(row)}: {row.text}", "contribution", row.pk) for row in rows]


def _voice(row: Contribution) -> str:
    return "Leerling" if row.is_from_student else str(row.carer)


def _from_vot(facts: CaseFacts) -> list[Line]:
    vot = facts.meeting(MeetingKind.VOT)
    if vot is None:
        return []
    wanted = {S.NEEDS, S.TRIED, S.STRENGTHS}
    rows = MeetingLine.unscoped.filter(meeting=vot, source_kind="", section__in=wanted)
    return [Line(Section(row.section), row.text, "vot", row.pk, vot.held_on) for row in rows]
