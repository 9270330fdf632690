"""One transaction and one actor around every request."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from teams import clock
from teams.access.actor import Actor, acting_as, actor_for
from teams.access.factor import factor_of, is_enough
from teams.session_store import ONLY

ACTING_ROLE = "acting_role"


class ActorMiddleware:
    """Open the transaction, set who acts, render inside, roll back on an error of ours.

    A plain middleware under ATOMIC_REQUESTS has no effect, and a setting per session
    leaks through a pool (stack.md 8), so the transaction is opened here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request as its actor; nobody when nobody signed in."""
        with transaction.atomic():
            with acting_as(self._actor(request)) as actor:
                request.actor = actor  # type: ignore[attr-defined]
                response = self.get_response(request)
                if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                    response.render()
            if response.streaming:
                raise RuntimeError("a stream is read after the transaction, when nobody acts")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        now = clock.now()
        if not request.user.is_authenticated:
            return Actor(person_id=None, name="niemand", day=now.date(), now=now)
        role = request.session.get(ACTING_ROLE)
        actor = actor_for(request.user, day=now.date(), role=role, now=now)
        if is_enough(factor_of(request.session, request.user.pk), actor.roles):
            # A write-only session of a phone reads nothing, whatever its owner may read.
            return replace(actor, parties=()) if request.session.get(ONLY) else actor
        return Actor(
            person_id=actor.person_id, name=actor.name, day=actor.day, now=now, is_live=False
        )
