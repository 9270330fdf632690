"""The timeline of a case in words: one moment per event that tells something."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from cases.enums import (
    AgreementResult,
    ConsentDecisionKind,
    ConsentPurpose,
    ConsultOutcome,
    DocumentAudience,
    DocumentKind,
    EvaluationConclusion,
    MeetingState,
    NoteKind,
)
from cases.queries.timeline import Event
from cases.workflow.table import ROUTE
from teams.components import Badge, BadgeKind, Moment
from teams.enums import Role
from teams.templatetags.ui import day_hour, short_day

# Steps whose own row says it already: the talk, the question.
_TOLD_BY_ROWS = frozenset({"T-02", "T-04"})
_TALKED_WITH = {
    "both": "Gesprek met ouders en leerling",
    "carers": "Gesprek met ouders",
    "student": "Gesprek met de leerling",
    "nobody": "Nog geen gesprek",
}


def moments(events: Iterable[Event]) -> tuple[Moment, ...]:
    """Tell the events of a case, newest first; words of a step stand with the step."""
    found = list(events)
    reasons = {event.ref: event.text for event in found if event.kind == "step-note"}
    told = []
    for event in found:
        if event.kind in _TELL and event.code not in _TOLD_BY_ROWS:
            moment = _TELL[event.kind](event, reasons.get(event.id, ""))
            told.append(moment)
    return tuple(told)


def _moment(event: Event, lead: str, *, title: str = "", icon: str, **more) -> Moment:
    by = event.who.strip() or "het systeem"
    when = short_day(event.on) if event.on != event.at.date() else day_hour(event.at)
    fields = {"text": event.text.strip(), "when": when, **more}
    return Moment(lead=lead, title=title or f"door {by}", icon=icon, **fields)


def _step(event: Event, reason: str) -> Moment:
    label = ROUTE[event.code].label if event.code in ROUTE else event.code
    label = "Casus geopend" if event.code == "T-01" else label
    return _moment(event, label, icon="signpost-2", text=reason)


def _signal(event: Event, _reason: str) -> Moment:
    return _moment(event, "Signaal", icon="megaphone")


def _talk(event: Event, _reason: str) -> Moment:
    return _moment(event, _TALKED_WITH[event.code], icon="chat-left-text")


def _note(event: Event, _reason: str) -> Moment:
    kind, _, with_whom = event.code.partition(" ")
    label = NoteKind(kind).label.capitalize()
    lead = f"{label} met {with_whom}" if with_whom else label
    return _moment(event, lead, icon="pencil-square")


def _consult(event: Event, _reason: str) -> Moment:
    url = reverse("consult", kwargs={"consult_id": event.id})
    return _moment(event, "Vraag aan een collega", icon="question-circle", url=url)


def _advice(event: Event, _reason: str) -> Moment:
    badge = Badge(f"uitkomst {ConsultOutcome(event.code).value}") if event.code else None
    return _moment(event, "Advies", title=f"van {event.who}", icon="lightbulb", badge=badge)


def _result(event: Event, _reason: str) -> Moment:
    good = event.code == AgreementResult.SUFFICIENT
    badge = Badge(
        AgreementResult(event.code).label, BadgeKind.DONE if good else BadgeKind.ATTENTION
    )
    when = short_day(event.on)
    return _moment(
        event, "Afspraak geëvalueerd", title=" ", icon="clipboard-check", badge=badge, when=when
    )


def _meeting(event: Event, _reason: str) -> Moment:
    kind, _, state = event.code.partition(" ")
    words = MeetingState(state).label
    lead = f"{kind} op {short_day(event.on)}: {words}"
    url = f"/overleg/{event.ref}/casus/{event.id}/"
    return _moment(event, lead, icon="people", when=day_hour(event.at), url=url)


def _lead(event: Event, _reason: str) -> Moment:
    title = f"kreeg de regie, {Role(event.code).label}"
    return _moment(event, event.who.strip(), title=title, icon="flag")


def _consent(event: Event, _reason: str) -> Moment:
    text = f"Om {ConsentPurpose(event.code).label}: {event.text}"
    return _moment(event, "Toestemming gevraagd", icon="shield-check", text=text)


def _decision(event: Event, _reason: str) -> Moment:
    said = ConsentDecisionKind(event.code).label
    text = f"Om {ConsentPurpose(event.text).label}"
    title = f"door {event.who.strip() or 'de leerling'}"
    return _moment(event, f"Toestemming {said}", title=title, icon="shield-check", text=text)


def _document(event: Event, _reason: str) -> Moment:
    lead = DocumentKind(event.code).label
    text = DocumentAudience(event.text).label.capitalize()
    return _moment(event, lead, title="gemaakt", icon="file-earmark-pdf", text=text)


def _evaluation(event: Event, _reason: str) -> Moment:
    lead = f"Evaluatie: {EvaluationConclusion(event.code).label}"
    return _moment(event, lead, icon="graph-up-arrow")


_TELL: dict[str, Callable[[Event, str], Moment]] = {
    "step": _step,
    "signal": _signal,
    "talk": _talk,
    "note": _note,
    "consult": _consult,
    "advice": _advice,
    "result": _result,
    "meeting": _meeting,
    "lead": _lead,
    "consent": _consent,
    "decision": _decision,
    "document": _document,
    "evaluation": _evaluation,
}
