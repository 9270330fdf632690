"""Show again who you are, find back what was kept, and end one's own sessions."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

from teams import clock
from teams.access import sessions, step_up
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action
from teams.actions.sessions import end_session, end_sessions
from teams.models import KeptPost
from teams.pages.sessions import KeptPage, Way, sessions_page
from teams.session_store import HANDLE


@page(Action.CONFIRM_IDENTITY)
@require_GET
def confirm(request: HttpRequest) -> HttpResponse:
    """Offer the ways to show again who you are; each leads back to where one was going."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = settings.LOGIN_REDIRECT_URL
    if step_up.is_fresh(request, now=clock.now()):
        return redirect(back)
    query = urlencode({"next": back})
    ways = [
        Way(str(way["description"]), f"{way['url']}?{query}")
        for way in get_adapter(request).get_reauthentication_methods(request.user)
    ]
    return render(request, "teams/confirm.html", {"ways": ways, "next": back})


@page(Action.CONFIRM_IDENTITY)
@require_GET
def show_kept(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Show what was kept, to be sent once more."""
    kept = KeptPost.objects.get(pk=kept_id, person=request.user.pk)
    context = {"page": KeptPage.of(kept), "kept_field": step_up.KEPT_FIELD}
    return render(request, "teams/kept.html", context)


@page(Action.OWN_SESSIONS)
@require_GET
def show_sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, and on which phones one notes quickly."""
    this = str(request.session.get(HANDLE, ""))
    shown = sessions_page(UUID(str(request.user.pk)), this=this, now=clock.now())
    return render(request, "teams/sessions.html", {"page": shown})


@page(Action.OWN_SESSIONS)
@require_POST
def end(request: HttpRequest, handle: UUID) -> HttpResponse:
    """End one session."""
    is_this = str(handle) == request.session.get(HANDLE)
    end_session(handle, actor=current_actor(), now=clock.now())
    if is_this:
        sessions.end(request)
        return redirect(settings.LOGIN_URL)
    messages.success(request, "De sessie is beëindigd.")
    return redirect("own-sessions")


@page(Action.OWN_SESSIONS)
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """End every session, this one too."""
    end_sessions(actor=current_actor(), now=clock.now())
    sessions.end(request)
    messages.success(request, "U bent overal afgemeld.")
    return redirect(settings.LOGIN_URL)


@page(Action.OWN_SESSIONS)
@require_GET
def show_left(request: HttpRequest) -> HttpResponse:
    """Tell how many seconds this session has left; asking is no sign of life."""
    return JsonResponse({"seconds": sessions.left_of(request.session, now=clock.now())})


setattr(show_left, sessions.IS_PASSIVE, True)


@page(Action.OWN_SESSIONS)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Go on working: the request itself is the sign of life."""
    return JsonResponse({"seconds": sessions.left_of(request.session, now=clock.now())})
