"""Beheer: people and their tasks, proposals of a colleague, and the yearly review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from teams import clock
from teams.access import step_up
from teams.access.actor import Actor, current_actor
from teams.access.errors import Blocked
from teams.access.pages import page, posted
from teams.access.rules import Action
from teams.enums import Role
from teams.forms.rights import DeputyForm, GiveForm, PersonForm, ReasonForm
from teams.models import Assignment
from teams.models.grant import Answer
from teams.pages.rights import (
    decide_page,
    person_page,
    review_file,
    review_lines,
    rights_page,
)
from teams.queries.rights import kept_assignments, kept_nodes, kept_people, stand_ins
from teams.rights import giving, people


@page(Action.DECIDE_RIGHTS)
@require_GET
def show_rights(request: HttpRequest) -> HttpResponse:
    """Show the people of one's own organizations, and what waits for a second person."""
    shown = rights_page(request.GET.get("q", ""), actor=current_actor(), day=clock.today())
    return render(request, "teams/rights.html", {"page": shown})


@page(Action.DECIDE_RIGHTS)
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Look at one proposal, and say yes or no as the second person."""
    actor = current_actor()
    if request.method != "POST":
        return render(
            request, "teams/rights_decide.html", {"page": decide_page(proposal_id, actor=actor)}
        )
    answer = Answer.YES if request.POST.get("answer") == Answer.YES else Answer.NO
    giving.decide(proposal_id, answer, actor=actor, now=clock.now())
    is_yes = answer == Answer.YES
    messages.success(request, "Het voorstel gaat in." if is_yes else "Het voorstel gaat niet door.")
    return redirect("rights")


@page(Action.MANAGE_RIGHTS)
def show_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show one person's tasks, and give another."""
    actor, now = current_actor(), clock.now()
    shown = person_page(person_id, actor=actor, day=now.date())
    form = GiveForm(posted(request), nodes=kept_nodes(actor), initial={"since": now.date()})
    if request.method == "POST" and form.is_valid():
        role, place = Role(form.cleaned_data["role"]), form.cleaned_data["organization"]
        outcome = giving.give(
            shown.person, role, place, given=form.cleaned_data, actor=actor, now=now
        )
        _tell(request, outcome)
        return redirect("rights-person", person_id=person_id)
    status = 422 if form.errors else 200
    return render(request, "teams/rights_person.html", {"page": shown, "form": form}, status=status)


@page(Action.MANAGE_RIGHTS)
def show_task(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Show one task: end it, confirm it, or name a deputy."""
    actor, now = current_actor(), clock.now()
    task = _task(assignment_id, actor)
    is_naming = "deputy" in request.POST
    form = DeputyForm(request.POST if is_naming else None, people=stand_ins(task, day=now.date()))
    if request.method == "POST" and not is_naming:
        act = giving.end_assignment if "end" in request.POST else giving.confirm_assignment
        act(task, actor=actor, now=now)
        messages.success(
            request, "De taak is beëindigd." if "end" in request.POST else "Nagekeken."
        )
        return redirect("rights-person", person_id=task.person_id)
    if is_naming and form.is_valid():
        deputy = form.cleaned_data["deputy"]
        outcome = giving.deputize(task, deputy, given=form.cleaned_data, actor=actor, now=now)
        _tell(request, outcome)
        return redirect("rights-person", person_id=task.person_id)
    context = {"task": task, "form": form}
    return render(request, "teams/rights_task.html", context, status=422 if form.errors else 200)


@page(Action.MANAGE_RIGHTS)
def ask_reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Propose to take someone's second factor away."""
    actor = current_actor()
    person = kept_people(kept_nodes(actor)).get(pk=person_id)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        giving.propose_reset(person, reason=reason, actor=actor, now=clock.now())
        messages.success(request, "Het voorstel wacht op een tweede persoon.")
        return redirect("rights-person", person_id=person_id)
    context = {
        "form": form,
        "title": "Tweede stap opnieuw instellen",
        "lead": f"Spreek {person} eerst zelf, liefst in het echt. Een ander moet dit bevestigen.",
        "submit_label": "Voorstellen",
        "cancel_url": reverse("rights-person", args=[person_id]),
    }
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@page(Action.MANAGE_RIGHTS)
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account for someone; it opens nothing before there is a task."""
    actor = current_actor()
    form = PersonForm(posted(request), nodes=kept_nodes(actor))
    if request.method == "POST" and form.is_valid():
        try:
            person = people.add_person(given=form.cleaned_data, actor=actor, now=clock.now())
            return redirect("rights-person", person_id=person.pk)
        except Blocked as refusal:
            form.add_error("email", refusal.reasons[0].text)
    context = {"form": form, "title": "Persoon toevoegen", "cancel_url": reverse("rights")}
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@page(Action.MANAGE_RIGHTS)
@require_GET
def show_review(request: HttpRequest) -> HttpResponse:
    """Show, or give as a file, every task and when somebody last looked at it."""
    lines = review_lines(actor=current_actor(), day=clock.today())
    if request.GET.get("als") != "csv":
        return render(request, "teams/rights_review.html", {"lines": lines})
    step_up.demand(request)
    name = f"taken-{clock.today():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(review_file(lines), content_type="text/csv", headers=headers)


def _task(assignment_id: UUID, actor: Actor) -> Assignment:
    rows = kept_assignments(kept_nodes(actor), day=clock.today())
    return rows.get(pk=assignment_id)


def _tell(request: HttpRequest, outcome: giving.Outcome) -> None:
    if outcome.proposal:
        messages.success(request, "Het voorstel wacht op een tweede persoon.")
    else:
        messages.success(request, "De taak is vastgelegd.")
