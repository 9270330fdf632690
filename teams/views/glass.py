"""Break-glass: asking, the list, and what a second person decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import Blocked
from teams.access.glass import categories_for
from teams.access.looks import Shown, note_part
from teams.access.pages import page, posted
from teams.access.rules import Action
from teams.enums import Compartment, Role
from teams.forms.glass import AskGlassForm, ReviewGlassForm
from teams.glass.actions import approve_glass, ask_glass, own_target, review_glass
from teams.models import BreakGlass, Dossier
from teams.pages.glass import glass_page, glass_rows
from teams.queries.glass import glass_for


@page(Action.LIST_GLASS)
def list_glass(request: HttpRequest) -> HttpResponse:
    """Show the hours that one asked for, or may look back on."""
    actor = current_actor()
    rows = glass_rows(actor, now=clock.now())
    context = {"rows": rows, "may_find": actor.role == Role.APPLICATION_ADMIN}
    return render(request, "teams/glass_list.html", context)


@page(Action.BREAK_GLASS)
def ask(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Say why a closed dossier is needed now, and open it for an hour."""
    actor, now = current_actor(), clock.now()
    dossier = Dossier.objects.get(pk=dossier_id)
    target = own_target(dossier, actor=actor)
    # The code of a closed dossier is told to who may ask; that leaves a line as well.
    note_part(Shown("dossier", dossier.pk, dossier.pk, Compartment.HEADING))
    form = AskGlassForm(posted(request), categories=categories_for(actor.role, dossier.kind))
    context = {"form": form, "target": target}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "teams/glass_ask.html", context, status=status)
    try:
        glass = ask_glass(dossier, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        context["reasons"] = refusal.reasons
        return render(request, "teams/glass_ask.html", context, status=409)
    return redirect("glass", glass_id=glass.pk)


@page(Action.LIST_GLASS)
def show(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Show one hour: to who asked for it, and to who looks back on it."""
    actor = current_actor()
    shown = glass_page(glass_for(actor).get(pk=glass_id), actor=actor, now=clock.now())
    return render(request, "teams/glass.html", {"page": shown, "form": ReviewGlassForm()})


@page(Action.REVIEW_GLASS)
@require_POST
def approve(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Open what waits for a second person."""
    actor, now = current_actor(), clock.now()
    approve_glass(BreakGlass.objects.get(pk=glass_id), actor=actor, now=now)
    messages.success(request, "De noodtoegang is open, voor een uur.")
    return redirect("glass", glass_id=glass_id)


@page(Action.REVIEW_GLASS)
@require_POST
def review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Say whether it was right."""
    actor, now = current_actor(), clock.now()
    glass = glass_for(actor).get(pk=glass_id)
    form = ReviewGlassForm(request.POST)
    if not form.is_valid():
        shown = glass_page(glass, actor=actor, now=now)
        return render(request, "teams/glass.html", {"page": shown, "form": form}, status=422)
    review_glass(glass, given=form.cleaned_data, actor=actor, now=now)
    messages.success(request, "Dank u, dit is nagekeken.")
    return redirect("glass", glass_id=glass_id)
