"""Alarms: seen by whoever can act, and answered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action
from teams.actions.alarms import acknowledge_alarm
from teams.models import Alarm
from teams.queries.alarms import open_alarms, seen_alarms


@page(Action.SEE_ALARMS)
def list_alarms(request: HttpRequest) -> HttpResponse:
    """Show what waits for someone to see it, and what was seen before."""
    context = {"alarms": open_alarms(), "seen": seen_alarms()}
    return render(request, "teams/alarms.html", context)


@page(Action.SEE_ALARMS)
@require_POST
def see_alarm(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """Say that one saw an alarm, and what was done."""
    alarm = Alarm.objects.get(pk=alarm_id)
    answer = request.POST.get("answer", "")
    acknowledge_alarm(alarm, answer=answer, actor=current_actor(), now=clock.now())
    messages.success(request, "Het alarm is gezien.")
    return redirect("alarms")
