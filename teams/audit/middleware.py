"""The trace around every request: its line is committed before the answer leaves."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from teams import clock
from teams.access.actor import Actor, current_actor
from teams.access.looks import watching
from teams.access.rules import FIRST_ACTIONS, OPEN_ACTIONS
from teams.audit.answers import Answer, record_answer, record_denial

REFUSED = {401, 403, 404}
SEARCH_FIELD = "zoek"


class TraceMiddleware:
    """Stands directly inside ActorMiddleware: same transaction, same actor.

    An answer that shows a sensitive row gets one access line, and so does a refusal; an error of
    ours rolls back with everything else and shows nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, look at what was shown, and write it down."""
        with watching() as looks:
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        action = getattr(request, "asked", (None, {}))[0]
        if response.status_code >= 500:
            return response
        answer = _answer(request, str(action or "page"), response)
        if action and _is_refusal(current_actor(), action, response.status_code):
            record_denial(answer, actor=current_actor(), now=clock.now())
        elif not looks.is_empty and not 300 <= response.status_code < 400:
            record_answer(answer, looks, actor=current_actor(), now=clock.now())
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, _args: tuple, kwargs: dict[str, Any]
    ) -> None:
        """Remember which view was asked for what."""
        request.asked = (getattr(view, "action", None), kwargs)  # type: ignore[attr-defined]


def _is_refusal(actor: Actor, action: str, status: int) -> bool:
    if status in REFUSED:
        return True
    # Sent to the door: nobody signed in, or the second factor is missing (D1).
    is_outside = actor.person_id is None or not actor.is_live
    return status == 302 and is_outside and action not in OPEN_ACTIONS | FIRST_ACTIONS


def _answer(request: HttpRequest, action: str, response: HttpResponse) -> Answer:
    kwargs: dict[str, Any] = getattr(request, "asked", (None, {}))[1]
    attached = response.headers.get("Content-Disposition", "")
    named = [(key, value) for key, value in kwargs.items() if isinstance(value, UUID)]
    key, object_id = named[-1] if named else ("", None)
    # A list taken along as a file, a document, a calendar: more than a look (X of access.md 2.5).
    is_file = attached.startswith("attachment")
    return Answer(
        action=f"{action}:file" if is_file else action,
        outcome=str(response.status_code),
        object_type=key.removesuffix("_id").replace("_", ""),
        object_id=object_id,
        query=request.GET.get(SEARCH_FIELD, ""),
    )
