"""Facilities that are freely accessible, in one case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from arrangements.actions.facilities import check_facility
from arrangements.forms import CheckFacilityForm
from arrangements.pages import catalogue_of, facilities_page
from cases.pages.case_frame import CaseFrame, case_frame
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_CASE)
def show_facilities(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show which facilities were considered (O11), and check one more."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="facilities", actor=actor, now=now)
    form = CheckFacilityForm(request.POST or None, facilities=catalogue_of(frame))
    if request.method != "POST":
        return _show(request, frame, form)
    if not may(actor, Action.CHECK_FACILITY):
        raise NotAllowed(Action.CHECK_FACILITY)
    if not form.is_valid():
        return _show(request, frame, form, status=422)
    try:
        check_facility(case_id, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, frame, form, refusal.reasons, status=409)
    messages.success(request, "De toets is vastgelegd.")
    return redirect("facilities", case_id=case_id)


def _show(
    request: HttpRequest, frame: CaseFrame, form, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"frame": frame, "page": facilities_page(frame), "form": form, "reasons": reasons}
    return render(request, "arrangements/facilities.html", context, status=status)
