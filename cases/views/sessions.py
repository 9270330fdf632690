"""Sessions: the coming ones, one of them, and the head's one act for a whole list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions.convening import ConvenedList, convene_list
from cases.pages.session_page import session_list, session_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_SESSION)
def show_sessions(request: HttpRequest) -> HttpResponse:
    """List the coming sessions and the free dates of the series."""
    shown = session_list(actor=current_actor(), today=clock.today())
    return render(request, "cases/sessions.html", {"page": shown})


@page(Action.READ_SESSION)
def show_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show one session with the items that the reader may see."""
    shown = session_page(session_id, actor=current_actor(), now=clock.now())
    return render(request, "cases/session.html", {"page": shown})


@page(Action.CONVENE)
@require_POST
def convene_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Convene every table of a session that lies ready; what was refused is told per item."""
    actor, now = current_actor(), clock.now()
    session = session_page(session_id, actor=actor, now=now).session
    done = convene_list(session, actor=actor, now=now)
    if done.convened:
        messages.success(request, _told(done))
    if not done.refused:
        return redirect("session", session_id=session_id)
    # Read again: what was convened is no longer on the list.
    shown = session_page(session_id, actor=actor, now=now)
    context = {"page": shown, "refused": done.refused}
    return render(request, "cases/session.html", context, status=409)


def _told(done: ConvenedList) -> str:
    count = len(done.convened)
    what = "1 overleg is" if count == 1 else f"{count} overleggen zijn"
    return f"{what} bijeengeroepen. De uitnodigingen zijn weg."
