"""Agreements: accepting and evaluating one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions import agreements
from cases.enums import AgreementResult
from cases.forms.early import EvaluateAgreementForm
from cases.models import Agreement
from cases.pages.agreed import evaluation_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import NotVisible
from teams.access.pages import page, posted
from teams.access.rules import Action


def _visible(agreement_id: UUID) -> Agreement:
    rows = Agreement.objects.select_related("case__student", "doer_person", "doer_carer")
    found = rows.filter(pk=agreement_id).first()
    if found is None:
        raise NotVisible
    return found


@page(Action.KEEP_AGREEMENT)
@require_POST
def accept(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Record that who does it agrees."""
    row = _visible(agreement_id)
    agreements.accept_agreement(row.pk, actor=current_actor(), now=clock.now())
    messages.success(request, "Het akkoord is vastgelegd.")
    return redirect("case", case_id=row.case_id)


@page(Action.KEEP_AGREEMENT)
def evaluate(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Evaluate one agreement as voldoende or onvoldoende."""
    row = _visible(agreement_id)
    actor, now = current_actor(), clock.now()
    shown = evaluation_page(row)
    form = EvaluateAgreementForm(posted(request))
    if request.method == "POST" and form.is_valid():
        agreements.evaluate_agreement(row.pk, given=form.cleaned_data, actor=actor, now=now)
        text = "De evaluatie is vastgelegd."
        if form.cleaned_data["result"] == AgreementResult.INSUFFICIENT:
            text += " De directeur is gevraagd om het VOT bijeen te roepen."
        messages.success(request, text)
        return redirect(shown["cancel_url"])
    context = {**shown, "form": form}
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)
