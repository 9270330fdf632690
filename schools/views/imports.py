"""Importing a school in the browser: upload, look, carry through."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schools.actions.imports import ask_commit, receive_file
from schools.actions.permission import require
from schools.enums import ImportKind
from schools.forms.imports import CommitForm, UploadForm
from schools.imports.records import BrokenFile
from schools.models import ImportRun, School
from schools.pages.imports import ImportPage, run_rows
from schools.queries.schools import visible_school
from teams import clock
from teams.access import step_up
from teams.access.actor import current_actor
from teams.access.errors import Blocked
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.IMPORT)
def upload(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Take a file in, or show both forms and what was imported before."""
    actor = current_actor()
    school = visible_school(school_id, actor=actor)
    require(Action.IMPORT, school.dossier_id, actor=actor)
    if request.method != "POST":
        # Before a file is chosen: what was chosen cannot be kept.
        step_up.demand(request)
        return _show_upload(request, school)
    is_carers = request.POST.get("kind") == ImportKind.CARERS
    kind = ImportKind.CARERS if is_carers else ImportKind.EDEXML
    form = UploadForm(request.POST, request.FILES, import_kind=kind)
    if not form.is_valid():
        return _show_upload(request, school, bound=form)
    file = form.cleaned_data["file"]
    try:
        run = receive_file(school, kind, (file.name, file.read()), actor=actor, now=clock.now())
    except BrokenFile as broken:
        form.add_error("file", f"{broken.text} Er is niets veranderd.")
        return _show_upload(request, school, bound=form)
    return redirect("import-run", school_id=school.pk, run_id=run.pk)


@page(Action.IMPORT)
def show_run(request: HttpRequest, school_id: UUID, run_id: UUID) -> HttpResponse:
    """Show how far an import is and what it changes; POST carries it through."""
    runs = ImportRun.objects.select_related("school__organization").defer("content")
    run = runs.get(pk=run_id, school=school_id)
    form, shown = CommitForm(request.POST if request.method == "POST" else None), ImportPage(run)
    context = {"page": shown, "form": form}
    if request.method != "POST":
        return render(request, "schools/import_run.html", context)
    is_sure = form.is_valid() and form.cleaned_data["is_sure"]
    try:
        ask_commit(run, is_sure=is_sure, actor=current_actor(), now=clock.now())
    except Blocked as refusal:
        if not (shown.is_ready and shown.doubts):
            raise
        # The doubts themselves stand above the form.
        form.add_error(None, list({reason.who: None for reason in refusal.reasons}))
        return render(request, "schools/import_run.html", context, status=409)
    messages.success(
        request, "De import wordt doorgevoerd. U kunt hier blijven kijken of verder werken."
    )
    return redirect("import-run", school_id=school_id, run_id=run_id)


def _show_upload(
    request: HttpRequest, school: School, bound: UploadForm | None = None
) -> HttpResponse:
    forms = {kind: UploadForm(import_kind=kind) for kind in ImportKind}
    if bound:
        forms[bound.import_kind] = bound
    context = {
        "school": school,
        "back": {"label": school.name, "url": reverse("school", args=[school.pk])},
        "edexml_form": forms[ImportKind.EDEXML],
        "carers_form": forms[ImportKind.CARERS],
        "runs": run_rows(school),
    }
    return render(request, "schools/import.html", context, status=422 if bound else 200)
