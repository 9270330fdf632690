"""Schools: the page, its own data, and its holidays."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from schools.actions.holidays import remove_holiday, save_holiday
from schools.actions.permission import require
from schools.actions.schools import change_school
from schools.forms.schools import HolidayForm, SchoolForm
from schools.models import HolidayPeriod
from schools.pages.holidays import HolidayPage
from schools.pages.schools import SchoolPage
from schools.queries.schools import visible_school
from schools.queries.teams import schools_of
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action
from teams.components import Row


@page(Action.READ_SCHOOL)
def list_schools(request: HttpRequest) -> HttpResponse:
    """Go to the reader's school, or show which there are."""
    schools = schools_of(current_actor().schools)
    if len(schools) == 1:
        return redirect("school", school_id=schools[0].pk)
    rows = [
        Row(
            lead=school.name,
            title=school.get_school_type_display(),
            url=reverse("school", args=[school.pk]),
        )
        for school in schools
    ]
    return render(request, "schools/schools.html", {"rows": rows})


@page(Action.READ_SCHOOL)
def show_school(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show a school."""
    actor = current_actor()
    shown = SchoolPage(visible_school(school_id, actor=actor), actor, clock.today())
    return render(request, "schools/school.html", {"page": shown})


@page(Action.EDIT_SCHOOL)
def edit_school(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Change what a school fills in about itself."""
    actor = current_actor()
    school = visible_school(school_id, actor=actor)
    require(Action.EDIT_SCHOOL, school.dossier_id, actor=actor)
    form = SchoolForm(request.POST or None, instance=school)
    url = reverse("school", args=[school.pk])
    if request.method == "POST" and form.is_valid():
        change_school(school, **form.cleaned_data, actor=actor, now=clock.now())
        messages.success(request, "De gegevens van de school zijn bewaard.")
        return redirect(url)
    context = {
        "form": form,
        "title": "Gegevens van de school",
        "back": {"label": school.name, "url": url},
        "cancel_url": url,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "components/form_page.html", context, status=status)


@page(Action.EDIT_SCHOOL)
def edit_holidays(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show the holidays that count for a school; POST adds one of its own."""
    actor = current_actor()
    school = visible_school(school_id, actor=actor)
    require(Action.EDIT_SCHOOL, school.dossier_id, actor=actor)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_holiday(school, form.given(), actor=actor, now=clock.now())
        messages.success(request, "De vrije dagen zijn bewaard.")
        return redirect("holidays", school_id=school.pk)
    context = {"page": HolidayPage(school, clock.today()), "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "schools/holidays.html", context, status=status)


@page(Action.EDIT_SCHOOL)
@require_POST
def remove_holidays(request: HttpRequest, school_id: UUID, period_id: UUID) -> HttpResponse:
    """Remove a period of the school's own."""
    actor = current_actor()
    school = visible_school(school_id, actor=actor)
    period = HolidayPeriod.objects.get(pk=period_id)
    remove_holiday(school, period, actor=actor, now=clock.now())
    messages.success(request, "De vrije dagen zijn weggehaald.")
    return redirect("holidays", school_id=school.pk)
