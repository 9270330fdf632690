"""Unauthorized absence: the tab of a case, and the officer's own pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions import absence
from cases.forms.absence import AbsenceDaysForm, AttendanceAgreementForm, CloseAbsenceForm
from cases.models import AbsenceGround
from cases.pages.absence_page import absence_page, grounds_of_officer, officer_page
from cases.pages.case_frame import case_frame
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed
from teams.access.pages import page
from teams.access.rules import Action

# What may be asked on the tab: form, action, and what the reader is told afterwards.
INTENTS: dict[str, tuple[type[Any], Callable[..., Any], str]] = {
    "open": (AbsenceDaysForm, absence.open_absence, "Het verzuim is vastgelegd."),
    "days": (AbsenceDaysForm, absence.add_absence_days, "De dagen zijn vastgelegd."),
    "agree": (AttendanceAgreementForm, absence.agree_attendance, "De afspraak is bewaard."),
    "close": (CloseAbsenceForm, absence.close_absence, "Het verzuim is gesloten."),
}


@page(Action.READ_ABSENCE)
def show_absence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the unauthorized absence of a case; open it, add to it, close it."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="absence", actor=actor, now=now)
    if request.method != "POST":
        return _show(request, frame, {})
    if not may(actor, Action.KEEP_ABSENCE):
        raise NotAllowed(Action.KEEP_ABSENCE)
    intent = request.POST.get("intent", "")
    kind, act, told = INTENTS.get(intent, INTENTS["close"])
    form = kind(request.POST)
    if not form.is_valid():
        return _show(request, frame, {intent: form}, status=422)
    try:
        act(case_id, given=form.given(), actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, frame, {intent: form}, refusal.reasons, status=409)
    messages.success(request, told)
    return redirect("absence", case_id=case_id)


@page(Action.LIST_ABSENCE)
def list_absences(request: HttpRequest) -> HttpResponse:
    """Show the attendance officer at which tables there is a place."""
    return render(request, "cases/absences.html", {"rows": grounds_of_officer()})


@page(Action.LIST_ABSENCE)
def show_for_officer(request: HttpRequest, ground_id: UUID) -> HttpResponse:
    """Show what R-15.4 gives to the attendance officer, and nothing else of the case."""
    ground = AbsenceGround.objects.get(pk=ground_id)
    shown = officer_page(ground, actor=current_actor())
    return render(request, "cases/absence_officer.html", {"page": shown})


def _show(request: HttpRequest, frame, forms: dict, reasons=(), *, status: int = 200):
    shown = absence_page(frame, actor=current_actor())
    context = {
        "frame": frame,
        "page": shown,
        "reasons": reasons,
        "form": next(iter(forms.values()), None),
        "days_form": forms.get("open") or forms.get("days") or AbsenceDaysForm(),
        "agreement_form": forms.get("agree") or AttendanceAgreementForm(),
        "intent": "days" if shown.is_open else "open",
    }
    return render(request, "cases/absence.html", context, status=status)
