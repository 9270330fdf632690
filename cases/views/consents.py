"""Consent: the page of a case, asking, and recording an answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions.consents import answer_consent, ask_consent, withdraw_consent
from cases.enums import ConsentDecisionKind
from cases.forms.consents import AnswerConsentForm, AskConsentForm
from cases.models import Consent
from cases.pages.case_frame import CaseFrame, case_frame
from cases.pages.consent_page import consent_page
from cases.queries.loaded import load_facts
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_CASE)
def show_consents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show every consent of a case in plain words, and ask for one."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="consent", actor=actor, now=now)
    form = AskConsentForm(request.POST or None, facts=frame.facts)
    if request.method != "POST":
        return _show(request, frame, form)
    if not may(actor, Action.MANAGE_CONSENT):
        raise NotAllowed(Action.MANAGE_CONSENT)
    if not form.is_valid():
        return _show(request, frame, form, status=422)
    try:
        ask_consent(case_id, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, frame, form, refusal.reasons, status=409)
    messages.success(
        request, "De vraag om toestemming staat klaar. Leg hieronder de antwoorden vast."
    )
    return redirect("consent", case_id=case_id)


@page(Action.MANAGE_CONSENT)
def answer(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Record what one giver said, or takes back."""
    actor, now = current_actor(), clock.now()
    rows = Consent.objects.select_related("case__student", "case__school__organization")
    consent = rows.get(pk=consent_id)
    facts = load_facts(consent.case, now.date())
    asked = next(row for row in facts.consents if row.pk == consent_id)
    initial = {"giver": request.GET.get("van", "")}
    form = AnswerConsentForm(
        request.POST or None, consent=asked, facts=facts, actor=actor, initial=initial
    )
    if request.method != "POST":
        return _ask(request, consent, form)
    if not form.is_valid():
        return _ask(request, consent, form, status=422)
    is_back = form.cleaned_data["decision"] == ConsentDecisionKind.WITHDRAWN
    act = withdraw_consent if is_back else answer_consent
    try:
        act(consent_id, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        return _ask(request, consent, form, refusal.reasons, status=409)
    messages.success(request, "Het antwoord is vastgelegd.")
    return redirect("consent", case_id=consent.case_id)


def _show(
    request: HttpRequest, frame: CaseFrame, form, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"frame": frame, "page": consent_page(frame), "form": form, "reasons": reasons}
    return render(request, "cases/consents.html", context, status=status)


def _ask(
    request: HttpRequest, consent: Consent, form, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"consent": consent, "form": form, "reasons": reasons}
    return render(request, "cases/consent_answer.html", context, status=status)
