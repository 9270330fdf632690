"""The page of a pupil, and what the school keeps there: carers, custody, language, residence."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from schools.actions.carers import confirm_custody, save_carer
from schools.actions.permission import require
from schools.actions.students import change_student
from schools.forms.students import CarerForm, StudentForm
from schools.models import Custody, Group, Student
from schools.pages.groups import GroupPage
from schools.pages.students import StudentPage
from schools.queries.carers import carer_lines
from schools.queries.schools import visible_school
from schools.queries.students import has_group
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import NotAllowed
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_STUDENT)
def show_student(request: HttpRequest, student_id: UUID) -> HttpResponse:
    """Show a pupil."""
    actor = current_actor()
    student = Student.objects.select_related("residence").get(pk=student_id)
    # Who knows only the name, from a table or as the school of before, finds no page of the pupil.
    require(Action.READ_STUDENT, student.dossier_id, actor=actor)
    shown = StudentPage(student, actor, clock.today())
    return render(request, "schools/student.html", {"page": shown})


@page(Action.READ_STUDENT)
def show_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Show the class list of a group."""
    actor = current_actor()
    group = Group.objects.select_related("school", "organization").get(pk=group_id)
    visible_school(group.school_id, actor=actor)
    if not has_group(group, actor=actor):
        raise NotAllowed(Action.READ_STUDENT)
    return render(request, "schools/group.html", {"page": GroupPage(group, clock.today())})


@page(Action.EDIT_CARERS)
def edit_carer(
    request: HttpRequest, student_id: UUID, carer_id: UUID | None = None
) -> HttpResponse:
    """Add a carer to a pupil, or change one."""
    actor = current_actor()
    student = Student.objects.get(pk=student_id)
    require(Action.EDIT_CARERS, student.dossier_id, actor=actor)
    lines = [line for line in carer_lines([student]) if line.carer.pk == carer_id]
    if carer_id and not lines:
        raise Student.DoesNotExist
    line = lines[0] if lines else None
    form = CarerForm(request.POST or None, line=line)
    if request.method == "POST" and form.is_valid():
        carer = line.carer if line else None
        save_carer(student, form.given(), carer=carer, actor=actor, now=clock.now())
        messages.success(request, "De verzorger is bewaard.")
        return redirect("student", student_id=student.pk)
    context = _form_context(student, "Verzorger wijzigen" if line else "Verzorger toevoegen")
    return _show_form(request, form, context)


@page(Action.EDIT_CARERS)
def edit_student(request: HttpRequest, student_id: UUID) -> HttpResponse:
    """Change language and residence of a pupil."""
    actor = current_actor()
    student = Student.objects.get(pk=student_id)
    require(Action.EDIT_CARERS, student.dossier_id, actor=actor)
    form = StudentForm(request.POST or None, instance=student)
    if request.method == "POST" and form.is_valid():
        change_student(student, **form.cleaned_data, actor=actor, now=clock.now())
        messages.success(request, "De gegevens zijn bewaard.")
        return redirect("student", student_id=student.pk)
    return _show_form(request, form, _form_context(student, "Taal en woonplaats"))


@page(Action.CONFIRM_CUSTODY)
@require_POST
def confirm(request: HttpRequest, student_id: UUID, custody_id: UUID) -> HttpResponse:
    """Confirm custody as a second person."""
    custody = Custody.objects.get(pk=custody_id, carer__student=student_id)
    confirm_custody(custody, actor=current_actor(), now=clock.now())
    messages.success(request, "Het gezag is bevestigd.")
    return redirect("student", student_id=student_id)


def _form_context(student: Student, title: str) -> dict[str, object]:
    url = reverse("student", args=[student.pk])
    return {
        "title": title,
        "back": {"label": student.full_name, "url": url},
        "cancel_url": url,
    }


def _show_form(request: HttpRequest, form: object, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "components/form_page.html", {"form": form, **context}, status=status)
