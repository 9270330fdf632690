"""`@page(Action.X)`: the one door through which every view is reached."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from teams.access import sessions, step_up
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, Conflict, NotAllowed, NotVisible
from teams.access.rules import FIRST_ACTIONS, OPEN_ACTIONS, QUICK_ACTIONS, Action
from teams.session_store import ONLY

View = Callable[..., HttpResponse]


def page(action: Action) -> Callable[[View], View]:
    """Let a view in under one action.

    Shape:  a view that asks for sign-in, answers 403 when the role may not, 404 for what
            is invisible or absent (both alike), 409 with reasons for what is blocked.
    Source: access.md 2.9; a view without an action fails the system check.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if action in OPEN_ACTIONS:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return step_up.to_the_door(request, action)
            if request.session.get(ONLY) and action not in QUICK_ACTIONS:
                sessions.end(request, "Op deze telefoon kunt u alleen snel noteren.")
                return step_up.to_the_door(request, action)
            if not current_actor().is_live and action not in FIRST_ACTIONS:
                return redirect("mfa_index")
            try:
                if not may(current_actor(), action):
                    raise NotAllowed(action)
                _step_up(request, action, kwargs)
                answer = view(request, *args, **kwargs)
                if step_up.KEPT_FIELD in request.POST and answer.status_code < 400:
                    step_up.drop_kept(request)
                return answer
            except step_up.StepUpNeeded:
                return step_up.ask(request)
            except Blocked as refusal:
                return _blocked(request, refusal)
            except Conflict as conflict:
                context = {"conflict": conflict}
                return render(request, "409_conflict.html", context, status=409)
            except (NotVisible, NotAllowed, Http404, ObjectDoesNotExist) as refusal:
                return _refused(request, refusal)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def _step_up(request: HttpRequest, action: Action, kwargs: dict[str, Any]) -> None:
    step_up.demand_for(request, action)
    for kind, object_id in step_up.looked_at(kwargs):
        step_up.demand_for_many(request, kind, object_id)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, also when that is nothing; none otherwise."""
    return request.POST if request.method == "POST" else None


def _blocked(request: HttpRequest, refusal: Blocked) -> HttpResponse:
    context = {"reasons": refusal.reasons, "back": request.META.get("HTTP_REFERER", "")}
    return render(request, "409.html", context, status=409)


def _refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    status = 403 if isinstance(refusal, NotAllowed) else 404
    return render(request, f"{status}.html", status=status)
