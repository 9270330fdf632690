"""The page of a consult: the question, and the answer of who was asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.actions.consults import answer_consult
from cases.actions.drafts import drop_drafts
from cases.forms.early import ConsultAnswerForm
from cases.pages.consult import consult_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import Blocked
from teams.access.pages import page, posted
from teams.access.rules import Action


@page(Action.READ_CONSULT)
def show_consult(request: HttpRequest, consult_id: UUID) -> HttpResponse:
    """Show the question without a name; take the answer of who was asked."""
    actor, now = current_actor(), clock.now()
    shown = consult_page(consult_id, actor=actor, day=now.date())
    initial = {"advice": shown.own.advice, "outcome": shown.own.outcome} if shown.own else {}
    form = ConsultAnswerForm(posted(request), initial=initial)
    key = f"consult/{consult_id}/advice"
    form.fields["advice"].widget.attrs["data-autosave"] = reverse("draft", args=[key])
    context = {"page": shown, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "cases/consult.html", context, status=status)
    try:
        answer_consult(consult_id, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        context["reasons"] = refusal.reasons
        return render(request, "cases/consult.html", context, status=409)
    drop_drafts(actor.person_id, key)
    messages.success(request, "Dank u wel. Uw advies is bewaard.")
    return redirect("consult", consult_id=consult_id)
