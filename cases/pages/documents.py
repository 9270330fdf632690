"""The documents of a case: what there is, what is being made, what can be asked for."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cases.actions.documents import (
    AUDIENCES,
    RENDER,
    may_ask,
    reasons_against_asking,
)
from cases.enums import DocumentAudience, DocumentKind, DocumentState, MeetingKind
from cases.models import Meeting
from cases.pages.case_frame import CaseFrame
from cases.queries.documents import Shelved, shelf_of
from teams.access.decide import may
from teams.access.rules import Action as Allowed
from teams.components import Action, Row
from teams.templatetags.ui import day_hour, long_day

# What each document is, in one line under its name.
ABOUT = {
    DocumentKind.OT_INVITATION: "Met dag, plaats, wie er komt en waarover het gaat.",
    DocumentKind.OT_REPORT: "Eén tekst voor iedereen, met het plan en ieders eigen woorden.",
    DocumentKind.CLOSING_REPORT: "Wat is bereikt, hoe het ging en bij wie ouders terechtkunnen.",
}


@dataclass(frozen=True)
class Sheet:
    """One document on the page."""

    key: str
    title: str
    audience: str
    line: str
    url: str
    is_replaced: bool
    is_under_way: bool
    has_failed: bool
    status: str


@dataclass(frozen=True)
class DocumentsPage:
    """All documents the reader may see, newest first, and what can be asked for."""

    url: str
    sheets: tuple[Sheet, ...]
    offers: tuple[Row, ...]


def documents_page(frame: CaseFrame) -> DocumentsPage:
    """Build the page of one case."""
    url = reverse("documents", kwargs={"case_id": frame.case.pk})
    shelf = shelf_of(frame.case.pk, work=RENDER)
    is_asking = may(frame.step.actor, Allowed.ASK_DOCUMENT) and may_ask(
        frame.case, actor=frame.step.actor
    )
    offers = tuple(_offers(frame, shelf, url)) if is_asking else ()
    replaced = frozenset(row.document.replaces_id for row in shelf)
    return DocumentsPage(url, tuple(_sheet(row, replaced) for row in shelf), offers)


def meeting_for(frame: CaseFrame, kind: DocumentKind) -> Meeting | None:
    """The meeting that a document of this kind is about now."""
    return None if kind == DocumentKind.CLOSING_REPORT else frame.facts.meeting(MeetingKind.OT)


def _sheet(row: Shelved, replaced: frozenset[UUID | None]) -> Sheet:
    document = row.document
    is_ready = document.state == DocumentState.READY
    return Sheet(
        key=document.pk.hex,
        title=document.get_kind_display(),
        audience=document.get_for_audience_display(),
        line=_line(row, is_replaced=document.pk in replaced),
        url=reverse("document", kwargs={"document_id": document.pk}) if is_ready else "",
        is_replaced=document.pk in replaced,
        is_under_way=row.is_under_way,
        has_failed=not is_ready and not row.is_under_way,
        status=_status(row),
    )


def _line(row: Shelved, *, is_replaced: bool) -> str:
    document = row.document
    parts = [f"Versie {document.version}"]
    if document.replaces:
        parts.append(f"vervangt versie {document.replaces.version}")
    if is_replaced:
        parts.append("er is een nieuwere versie")
    if document.meeting:
        parts.append(f"OT van {long_day(document.meeting.session.on)}")
    if document.state == DocumentState.READY:
        unit = "pagina" if document.pages == 1 else "pagina’s"
        parts.append(f"gemaakt {day_hour(document.rendered_at)}, {document.pages}\u00a0{unit}")
    return " · ".join(parts)


def _status(row: Shelved) -> str:
    if row.is_under_way:
        return "Het stuk wordt nu gemaakt." if row.is_claimed else "Het stuk staat in de rij."
    return row.document.progress or "Het maken is niet gelukt. Vraag het stuk opnieuw aan."


def _offers(frame: CaseFrame, shelf: list[Shelved], url: str) -> list[Row]:
    made = {(row.document.kind, row.document.for_audience) for row in shelf}
    return [
        _offer(frame, kind, audience, url=url, is_again=(kind, audience) in made)
        for kind in DocumentKind
        for audience in AUDIENCES[kind]
    ]


def _offer(
    frame: CaseFrame,
    kind: DocumentKind,
    audience: DocumentAudience,
    *,
    url: str,
    is_again: bool,
) -> Row:
    reasons = reasons_against_asking(frame.case, kind, meeting_for(frame, kind))
    action = Action(
        label="Nieuwe versie" if is_again else "Maken",
        url=url,
        is_post=True,
        is_quiet=True,
        reasons=tuple(reasons),
        fields=(("kind", kind.value), ("audience", audience.value)),
    )
    return Row(
        lead=kind.label,
        title=audience.label,
        why="" if reasons else ABOUT[kind],
        action=action,
        is_muted=bool(reasons),
    )
