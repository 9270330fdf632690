"""Documents: the list of a case with what is being made, and one PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from cases.actions.documents import ask_document
from cases.enums import DocumentAudience, DocumentKind, DocumentState
from cases.forms.documents import AskDocumentForm
from cases.models import Document
from cases.pages.case_frame import case_frame
from cases.pages.documents import documents_page, meeting_for
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import NotAllowed
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_DOCUMENT)
def show_documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the documents of a case, or ask for one; the page refreshes while one is made."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="documents", actor=actor, now=now)
    if request.method != "POST":
        context = {"frame": frame, "page": documents_page(frame)}
        return render(request, "cases/documents.html", context)
    if not may(actor, Action.ASK_DOCUMENT):
        raise NotAllowed(Action.ASK_DOCUMENT)
    form = AskDocumentForm(request.POST)
    if not form.is_valid():
        return render(request, "400.html", status=400)
    kind = DocumentKind(form.cleaned_data["kind"])
    audience = DocumentAudience(form.cleaned_data["audience"])
    meeting = meeting_for(frame, kind)
    ask_document(frame.case, kind, audience, actor=actor, now=now, meeting=meeting)
    return redirect("documents", case_id=case_id)


@page(Action.READ_DOCUMENT)
def read_document(_request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Give one finished PDF; who may read it is asked anew each time."""
    rows = Document.objects.filter(state=DocumentState.READY).select_related("case")
    document = rows.get(pk=document_id)
    name = f"{slugify(document.get_kind_display())}-{document.case.number}-v{document.version}.pdf"
    return HttpResponse(
        bytes(document.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
