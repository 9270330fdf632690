"""Toezicht: striking use, for the privacy officer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from teams import clock
from teams.access.actor import current_actor
from teams.access.looks import Shown, note_part
from teams.access.pages import page
from teams.access.rules import Action
from teams.actions.alarms import acknowledge_alarm
from teams.enums import AlarmKind
from teams.models import Alarm
from teams.pages.oversight import oversight_page


@page(Action.OVERSEE)
def show_oversight(request: HttpRequest) -> HttpResponse:
    """Show what stands out in who looks at what: codes, never a name."""
    shown = oversight_page(request.GET.get("code", "").strip())
    if shown.log:
        # Reading the log is a look as well.
        note_part(Shown("accessentry", UUID(shown.code)))
    return render(request, "teams/oversight.html", {"page": shown})


@page(Action.OVERSEE)
@require_POST
def answer_flag(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """Write down what was asked or done about one flag."""
    flag = Alarm.objects.get(pk=flag_id, kind=AlarmKind.CURIOSITY)
    answer = request.POST.get("answer", "").strip()
    if not answer:
        messages.error(request, "Schrijf in een paar woorden op wat u hebt gedaan.")
        return redirect("oversight")
    acknowledge_alarm(flag, answer=answer, actor=current_actor(), now=clock.now())
    messages.success(request, "De melding is afgehandeld.")
    return redirect("oversight")
