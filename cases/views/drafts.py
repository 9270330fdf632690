"""Drafts: what someone is typing, kept for that person alone."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from cases.actions.drafts import drop_drafts, keep_draft, text_of
from cases.models import Draft
from cases.queries.drafts import still_open
from teams import clock
from teams.access.actor import current_actor
from teams.access.looks import Shown, note_part
from teams.access.pages import page
from teams.access.rules import Action
from teams.templatetags.ui import day_hour


@page(Action.KEEP_DRAFT)
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Give the kept text (204 when there is none), keep what is posted, or throw it away."""
    actor = current_actor()
    if request.method == "POST":
        keep_draft(key[:120], request.POST.get("text", ""), actor=actor, now=clock.now())
        return HttpResponse(status=204)
    if request.method == "DELETE":
        drop_drafts(actor.person_id, key)
        return HttpResponse(status=204)
    kept = Draft.objects.filter(person=actor.person_id, form_key=key).first()
    if kept is None or not still_open(key):
        return HttpResponse(status=204)
    note_part(Shown("draft", kept.pk))
    return JsonResponse({"text": text_of(kept), "saved_at": day_hour(kept.saved_at)})
