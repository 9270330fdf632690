"""The case: its first tab, who can look, and who did."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions.watching import watch_case
from cases.models import Case
from cases.pages.case_frame import case_frame
from cases.pages.case_page import case_page
from cases.pages.looked import looked_page
from cases.pages.viewers import viewers_of
from cases.pages.why_not import why_not_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_CASE)
def show_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the route, what now, the table, the agreements and the timeline."""
    frame = case_frame(case_id, current="case", actor=current_actor(), now=clock.now())
    return render(request, "cases/case.html", {"frame": frame, "page": case_page(frame)})


@page(Action.READ_CASE)
def show_viewers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who can look, and why: the seats of this case in words; to the leads also why not."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="viewers", actor=actor, now=now)
    context = {"frame": frame, "viewers": viewers_of(frame.case, actor=actor, now=now)}
    if may(actor, Action.EXPLAIN_ACCESS, dossier_id=frame.case.dossier_id):
        context["why"] = why_not_page(frame.facts, request.GET.get("wie", ""))
    return render(request, "cases/viewers.html", context)


@page(Action.READ_TRACE)
def show_looked(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who looked at a case; that somebody reads this is a line of it."""
    frame = case_frame(case_id, current="looked", actor=current_actor(), now=clock.now())
    context = {"frame": frame, "page": looked_page(frame.case, request.GET)}
    return render(request, "cases/looked.html", context)


@page(Action.READ_TRACE)
@require_POST
def watch(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for extra care about who looks at this case, or no longer."""
    case = Case.objects.get(pk=case_id)
    wanted = request.POST.get("watch") == "ja"
    watch_case(case, is_watched=wanted, actor=current_actor(), now=clock.now())
    return redirect("looked", case_id=case_id)
