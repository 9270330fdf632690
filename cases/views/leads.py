"""Regie: the page of a case, offering, accepting and declining."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions.leads import accept_lead, decline_lead, offer_lead
from cases.forms.leads import OfferLeadForm
from cases.pages.case_frame import CaseFrame, case_frame
from cases.pages.lead_page import lead_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import Blocked
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_CASE)
def show_lead(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show who holds the regie and how to reach that person; offer it to somebody."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="lead", actor=actor, now=now)
    form = OfferLeadForm(request.POST or None, facts=frame.facts)
    if request.method != "POST":
        return _show(request, frame, form)
    if not form.is_valid():
        return _show(request, frame, form, status=422)
    try:
        offer = offer_lead(case_id, given=form.given(), actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, frame, form, refusal.reasons, status=409)
    messages.success(request, f"De regie is aangeboden aan {offer.person}.")
    return redirect("lead", case_id=case_id)


@page(Action.MANAGE_LEAD)
@require_POST
def answer_lead(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Accept the regie that was offered, or not."""
    actor, now = current_actor(), clock.now()
    if request.POST.get("answer") == "ja":
        accept_lead(case_id, actor=actor, now=now)
        messages.success(request, "U hebt de regie aangenomen.")
    else:
        given = {"reason": request.POST.get("reason", "")}
        decline_lead(case_id, given=given, actor=actor, now=now)
        messages.success(request, "U hebt de regie niet aangenomen. Wie de regie had, houdt die.")
    return redirect("lead", case_id=case_id)


def _show(
    request: HttpRequest, frame: CaseFrame, form, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"frame": frame, "page": lead_page(frame), "form": form, "reasons": reasons}
    return render(request, "cases/lead.html", context, status=status)
