"""Declared family: one's own list, and that of a pupil for the school's leads."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from schools.actions.kin import declare_tie, end_tie, record_tie
from schools.actions.permission import require
from schools.forms.kin import DeclareTieForm, RecordTieForm
from schools.models import FamilyTie, Student
from schools.queries.kin import own_ties, people_around, ties_of
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page, posted
from teams.access.rules import Action


@page(Action.DECLARE_KIN)
def show_own(request: HttpRequest) -> HttpResponse:
    """Show whom one knows at home, and declare another child."""
    actor = current_actor()
    form = DeclareTieForm(posted(request))
    if request.method == "POST" and form.is_valid():
        declare_tie(given=form.given(), actor=actor, now=clock.now())
        messages.success(request, "Dit staat in uw lijst. Dossiers van dit kind ziet u niet.")
        return redirect("kin")
    context = {"ties": own_ties(actor.person_id), "form": form}
    return render(request, "schools/kin.html", context, status=422 if form.errors else 200)


@page(Action.KEEP_KIN)
def show_for_student(request: HttpRequest, student_id: UUID) -> HttpResponse:
    """Show and add the colleagues to whom a pupil is family."""
    actor, now = current_actor(), clock.now()
    student = Student.objects.get(pk=student_id)
    require(Action.KEEP_KIN, student.dossier_id, actor=actor)
    form = RecordTieForm(posted(request), people=people_around(student, day=now.date()))
    if request.method == "POST" and form.is_valid():
        record_tie(student, **form.cleaned_data, actor=actor, now=now)
        messages.success(request, "Deze collega ziet de dossiers van de leerling niet meer.")
        return redirect("student-kin", student_id=student_id)
    context = {"student": student, "ties": ties_of(student), "form": form}
    return render(request, "schools/student_kin.html", context, status=422 if form.errors else 200)


@page(Action.DECLARE_KIN)
@require_POST
def end(request: HttpRequest, tie_id: UUID) -> HttpResponse:
    """End a tie: of a pupil by the school's lead, of a child that is no pupil by oneself."""
    actor = current_actor()
    own = next((tie for tie in own_ties(actor.person_id) if tie.pk == tie_id), None)
    tie = own or FamilyTie.objects.get(pk=tie_id)
    end_tie(tie, actor=actor, now=clock.now())
    messages.success(request, "De familieband is beëindigd.")
    if own:
        return redirect("kin")
    return redirect("student-kin", student_id=tie.student_id)
