"""From a row that asks for a document to the PDF: view model, template, renderer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from cases.actions.documents import (
    NOT_WANTED,
    RENDER,
    is_still_wanted,
    mark_failed,
    store_document,
)
from cases.documents import closing_report, ot_invitation, ot_report
from cases.documents.paper import stamp_of
from cases.documents.render import RenderFailed, render_pdf
from cases.enums import DocumentAudience, DocumentKind, DocumentState
from cases.models import Document
from teams.access.actor import current_actor
from teams.models import OutboxEntry
from teams.outbox import TryLater, handles

MOST_TRIES = 3


@dataclass(frozen=True)
class Recipe:
    """How one kind of document is made for one audience."""

    build: Callable[[Document], Any]
    template: str


RECIPES = {
    (DocumentKind.OT_INVITATION, DocumentAudience.PROFESSIONALS): Recipe(
        ot_invitation.for_professionals, "cases/pdf/ot_invitation.html"
    ),
    (DocumentKind.OT_INVITATION, DocumentAudience.CARERS): Recipe(
        ot_invitation.for_carers, "cases/pdf/ot_invitation_carers.html"
    ),
    (DocumentKind.OT_REPORT, DocumentAudience.PARTICIPANTS): Recipe(
        ot_report.build, "cases/pdf/ot_report.html"
    ),
    (DocumentKind.CLOSING_REPORT, DocumentAudience.PARTICIPANTS): Recipe(
        closing_report.build, "cases/pdf/closing_report.html"
    ),
}


def html_of(document: Document) -> str:
    """Write the page from which the PDF is made; everything in it is escaped text."""
    recipe = RECIPES[DocumentKind(document.kind), DocumentAudience(document.for_audience)]
    page, stamp = recipe.build(document), stamp_of(document)
    context = {
        "page": page,
        "title": page.title,
        "lead": page.lead,
        "sender": document.case.school.name,
        "audience": stamp.audience,
        "document_line": stamp.line,
        "asked_on": document.created_at,
    }
    return render_to_string(recipe.template, context)


@handles(RENDER)
def make_document(entry: OutboxEntry, now: datetime) -> None:
    """Make the PDF that a row asks for; a finished one stays as it is.

    Errors: TryLater while another try may help; after that the row says why it failed.
    """
    rows = Document.unscoped.defer("content").select_related(
        "replaces", "case__student", "case__school__organization"
    )
    document = rows.get(pk=entry.subject_id)
    if document.state == DocumentState.READY:
        return
    actor = current_actor()
    if not is_still_wanted(document, day=now.date()):
        mark_failed(document, why=NOT_WANTED, actor=actor, now=now)
        return
    try:
        rendered = render_pdf(html_of(document))
    except RenderFailed as failure:
        if not failure.is_final and entry.attempts < MOST_TRIES:
            raise TryLater from failure
        mark_failed(document, why=failure.why, actor=actor, now=now)
        return
    store_document(document, content=rendered.content, pages=rendered.pages, actor=actor, now=now)
