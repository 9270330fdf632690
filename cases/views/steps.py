"""Every step of the route has one address: `/casussen/<id>/stap/<T-nn>/`."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions.drafts import drop_drafts
from cases.models import Case
from cases.pages.route import STEP_PAGES
from cases.pages.steps import StepPage
from cases.queries.facts import CaseFacts
from cases.workflow.engine import is_one_who_may, reasons_against
from cases.workflow.steps import Step, Transition
from cases.workflow.table import ROUTE
from teams import clock
from teams.access import step_up
from teams.access.actor import current_actor
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.access.pages import page
from teams.access.rules import Action

# What leaves the organization: invitations, and the file itself (access.md 2.8).
SHARING_STEPS = frozenset({"T-11", "T-15", "T-31"})


@page(Action.TAKE_STEP)
def take_step(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """Show the form of a step, or take it; blocked keeps what was filled in (409)."""
    if code in SHARING_STEPS and request.method == "POST":
        step_up.demand(request)
    transition, step_form, step = _find(case_id, code)
    is_post = request.method == "POST"
    form = step_form.form(request.POST if is_post else None, facts=step.facts, actor=step.actor)
    context = {"transition": transition, "form": form, "reasons": ()}
    if not is_post:
        context["reasons"] = reasons_against(transition, step)
        return _show(request, step_form, step, context)
    if not form.is_valid():
        return _show(request, step_form, step, context, status=422)
    try:
        taken = step_form.act(case_id, given=form.cleaned_data, actor=step.actor, now=step.now)
    except Blocked as refusal:
        context["reasons"] = refusal.reasons
        return _show(request, step_form, step, context, status=409)
    drop_drafts(step.actor.person_id, f"stap/{case_id}/{code}/")
    messages.success(request, f"{transition.label}: vastgelegd.")
    return redirect("case", case_id=taken.pk)


def _find(case_id: UUID, code: str) -> tuple[Transition, StepPage, Step]:
    transition, step_form = ROUTE.get(code), STEP_PAGES.get(code)
    case = Case.objects.select_related("student", "school__organization").get(pk=case_id)
    if transition is None or step_form is None:
        raise NotVisible
    step = Step(case, current_actor(), clock.now(), CaseFacts(case, clock.today()))
    if not is_one_who_may(transition, step):
        raise NotAllowed(code)
    return transition, step_form, step


def _show(
    request: HttpRequest,
    at: StepPage,
    step: Step,
    context: dict,
    *,
    status: int = 200,
) -> HttpResponse:
    return render(request, at.template, {"case": step.case, **context}, status=status)
