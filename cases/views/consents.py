"""Consent: the page of a case, asking, and everything about one consent."""

from uuid import UUID

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions import consents
from cases.enums import ConsentDecisionKind, ConsentPurpose
from cases.forms.consents import AnswerConsentForm, AskConsentForm
from cases.models import Consent, ConsentScan
from cases.pages.case_frame import CaseFrame, case_frame
from cases.pages.consent_page import consent_page
from cases.pages.consent_sheet import consent_sheet
from cases.queries.loaded import facts_of_case
from cases.scans import ENDINGS
from teams import clock
from teams.access.actor import current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed
from teams.access.pages import page, posted
from teams.access.rules import Action
from teams.access.step_up import demand_for


@page(Action.READ_CASE)
def show_consents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show every consent of a case in plain words, and ask for one."""
    actor, now = current_actor(), clock.now()
    frame = case_frame(case_id, current="consent", actor=actor, now=now)
    purpose = request.POST.get("purpose") or request.GET.get("doel", "")
    purpose = purpose if purpose in ConsentPurpose else ConsentPurpose.DISCUSS_NAMED
    form = AskConsentForm(posted(request), facts=frame.facts, purpose=purpose)
    if request.method != "POST":
        return _show(request, frame, form, purpose)
    if not may(actor, Action.MANAGE_CONSENT):
        raise NotAllowed(Action.MANAGE_CONSENT)
    if not form.is_valid():
        return _show(request, frame, form, purpose, status=422)
    given = form.cleaned_data | {"is_draft": "concept" in request.POST}
    try:
        consent = consents.ask_consent(case_id, given=given, actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, frame, form, purpose, refusal.reasons, status=409)
    if consent.asked_on is None:
        return redirect("consent-answer", consent_id=consent.pk)
    messages.success(request, "De toestemming is gevraagd. Leg hieronder de antwoorden vast.")
    return redirect("consent", case_id=case_id)


@page(Action.READ_CASE)
def show_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Show one consent with what taking it back ends; record what a giver said."""
    actor, now = current_actor(), clock.now()
    consent = Consent.objects.get(pk=consent_id)
    facts = facts_of_case(consent.case_id, now.date())
    asked = next(row for row in facts.consents if row.pk == consent_id)
    form = AnswerConsentForm(
        posted(request),
        request.FILES or None,
        consent=asked,
        facts=facts,
        actor=actor,
        initial={"giver": request.GET.get("van", "")},
    )
    sheet = consent_sheet(asked, facts, actor=actor)
    context = {"sheet": sheet, "form": form}
    if request.method != "POST":
        return render(request, "cases/consent_sheet.html", context)
    if not sheet.may_manage:
        raise NotAllowed(Action.MANAGE_CONSENT)
    demand_for(request, Action.MANAGE_CONSENT)
    return _record(request, asked, context)


def _record(request: HttpRequest, consent: Consent, context: dict) -> HttpResponse:
    form, actor, now = context["form"], current_actor(), clock.now()
    if not form.is_valid():
        return render(request, "cases/consent_sheet.html", context, status=422)
    is_back = form.cleaned_data["decision"] == ConsentDecisionKind.WITHDRAWN
    act = consents.withdraw_consent if is_back else consents.answer_consent
    try:
        act(consent.pk, given=form.cleaned_data, actor=actor, now=now)
    except Blocked as refusal:
        context["reasons"] = refusal.reasons
        return render(request, "cases/consent_sheet.html", context, status=409)
    messages.success(request, "Het antwoord is vastgelegd, en geldt vanaf nu.")
    return redirect("consent", case_id=consent.case_id)


@page(Action.MANAGE_CONSENT)
@require_POST
def settle_draft(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Ask what lay ready, or throw it away."""
    actor, now = current_actor(), clock.now()
    case_id = Consent.objects.get(pk=consent_id, asked_on__isnull=True).case_id
    if "weg" in request.POST:
        consents.drop_draft(consent_id, actor=actor, now=now)
        messages.success(request, "Het concept is weggegooid. Er is niemand iets gevraagd.")
    else:
        consents.ask_drafted(consent_id, actor=actor, now=now)
        messages.success(request, "De toestemming is gevraagd. Leg hieronder de antwoorden vast.")
    return redirect("consent", case_id=case_id)


@page(Action.MANAGE_CONSENT)
@require_POST
def remind(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Remind carers who did not answer yet."""
    Consent.objects.get(pk=consent_id)
    count = consents.remind_givers(consent_id, actor=current_actor(), now=clock.now())
    who = "Eén ouder krijgt" if count == 1 else f"{count} ouders krijgen"
    messages.success(request, f"{who} een e-mail zonder inhoud: school wacht op een antwoord.")
    return redirect("consent-answer", consent_id=consent_id)


@csp_update({"sandbox": True})  # type: ignore[arg-type]
@page(Action.READ_CASE)
def read_scan(_request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """Give the signed paper as a file to keep, never as a page; asked anew each time."""
    scan = ConsentScan.objects.get(pk=scan_id)
    name = f"toestemming-{scan.pk.hex[:8]}.{ENDINGS[scan.content_type]}"
    return HttpResponse(
        bytes(scan.content),
        content_type=scan.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


def _show(
    request: HttpRequest, frame: CaseFrame, form, purpose, reasons=(), *, status: int = 200
) -> HttpResponse:
    shown = consent_page(frame, purpose=purpose)
    context = {"frame": frame, "page": shown, "form": form, "reasons": reasons}
    return render(request, "cases/consents.html", context, status=status)
