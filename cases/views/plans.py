"""The plan of a case: reading it and writing it; and its meetings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions.drafts import drop_drafts
from cases.actions.plans import check_writer, save_plan
from cases.forms.plans import PlanForm
from cases.models import Case
from cases.pages.case_frame import case_frame
from cases.pages.meetings_tab import meetings_tab
from cases.pages.plan_page import plan_page
from cases.queries.loaded import load_facts
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import Blocked
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_CASE)
def show_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the goals with their line over time, who does what, and the evaluations."""
    frame = case_frame(case_id, current="plan", actor=current_actor(), now=clock.now())
    return render(request, "cases/plan.html", {"frame": frame, "page": plan_page(frame)})


@page(Action.WRITE_PLAN)
def edit_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write the plan; two writers get both texts (S-27)."""
    case = Case.objects.select_related("student", "school__organization").get(pk=case_id)
    actor, now = current_actor(), clock.now()
    check_writer(case, actor=actor)
    form = PlanForm(request.POST or None, facts=load_facts(case, now.date()))
    if request.method != "POST":
        return _edit(request, case, form)
    if not form.is_valid():
        return _edit(request, case, form, status=422)
    try:
        save_plan(case_id, given=form.given(), actor=actor, now=now)
    except Blocked as refusal:
        return _edit(request, case, form, refusal.reasons, status=409)
    drop_drafts(actor.person_id, f"plan/{case_id}")
    messages.success(request, "Het plan is bewaard.")
    return redirect("plan", case_id=case_id)


@page(Action.READ_SESSION)
def show_meetings(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show every VOT and OT of a case that the reader may see."""
    frame = case_frame(case_id, current="case-meetings", actor=current_actor(), now=clock.now())
    return render(
        request, "cases/case_meetings.html", {"frame": frame, "page": meetings_tab(frame)}
    )


def _edit(
    request: HttpRequest, case: Case, form: PlanForm, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"case": case, "form": form, "reasons": reasons}
    return render(request, "cases/plan_edit.html", context, status=status)
