"""One item of a session: reading it, who was there, the report, the family's words, the sheet."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.actions.drafts import drop_drafts
from cases.actions.minutes import (
    WRITABLE,
    enter_contribution,
    finalize_report,
    record_held,
    save_minutes,
)
from cases.calendar_file import calendar_file
from cases.enums import MeetingState
from cases.forms.minutes import AttendanceForm, ContributionForm, MinutesForm
from cases.models import Meeting
from cases.pages.meeting_page import address, find_item, meeting_page
from cases.pages.meeting_sheet import sheet_page
from cases.queries.loaded import load_facts
from teams import clock
from teams.access.actor import current_actor
from teams.access.errors import Blocked, Reason
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.READ_SESSION)
def show_meeting(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Show one item to who is invited to it, or leads the school."""
    meeting = find_item(session_id, meeting_id)
    shown = meeting_page(meeting, actor=current_actor(), now=clock.now())
    return render(request, "cases/meeting.html", {"page": shown})


@page(Action.WRITE_REPORT)
def show_attendance(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Record that a meeting was held and who was there."""
    meeting = _open_item(session_id, meeting_id)
    form = AttendanceForm(request.POST or None, meeting=meeting)
    if request.method != "POST":
        return _form(request, meeting, form, "Wie was erbij")
    if not form.is_valid():
        return _form(request, meeting, form, "Wie was erbij", status=422)
    try:
        record_held(meeting.pk, given=form.given(), actor=current_actor(), now=clock.now())
    except Blocked as refusal:
        return _form(request, meeting, form, "Wie was erbij", refusal.reasons, status=409)
    messages.success(request, "Vastgelegd wie erbij was.")
    return redirect(address("meeting-minutes", meeting))


@page(Action.WRITE_REPORT)
def show_minutes(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Write the report point by point; two writers get both texts (S-27)."""
    meeting, actor, now = _open_item(session_id, meeting_id), current_actor(), clock.now()
    facts = load_facts(meeting.case, now.date())
    form = MinutesForm(request.POST or None, meeting=meeting, facts=facts)
    if request.method != "POST":
        return _minutes(request, meeting, form)
    if not form.is_valid():
        return _minutes(request, meeting, form, status=422)
    given = {**form.given(), "is_ready": "is_ready" in request.POST}
    try:
        save_minutes(meeting.pk, given=given, actor=actor, now=now)
    except Blocked as refusal:
        return _minutes(request, meeting, form, refusal.reasons, status=409)
    drop_drafts(actor.person_id, f"verslag/{meeting.pk}")
    messages.success(request, "Het verslag is bewaard.")
    return redirect(address("meeting", meeting))


@page(Action.FINALIZE_REPORT)
@require_POST
def finalize_meeting(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Make the report final; the head alone."""
    meeting = find_item(session_id, meeting_id)
    finalize_report(meeting.pk, actor=current_actor(), now=clock.now())
    messages.success(request, "Het verslag is definitief.")
    return redirect(address("meeting", meeting))


@page(Action.ENTER_CONTRIBUTION)
def show_contribution(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Enter what parents or pupil bring in, or add to the final report."""
    meeting, actor, now = find_item(session_id, meeting_id), current_actor(), clock.now()
    facts = load_facts(meeting.case, now.date())
    form = ContributionForm(request.POST or None, meeting=meeting, facts=facts)
    is_comment = meeting.state == MeetingState.FINAL
    title = "Opmerking bij het verslag" if is_comment else "Inbreng van ouders of leerling"
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return _form(request, meeting, form, title, status=status)
    given = {**form.given(), "is_comment": is_comment}
    enter_contribution(meeting.pk, given=given, actor=actor, now=now)
    drop_drafts(actor.person_id, f"inbreng/{meeting.pk}")
    messages.success(request, "Bewaard, in hun eigen woorden.")
    return redirect(address("meeting", meeting))


@page(Action.READ_SESSION)
def show_sheet(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Show the overlegblad: one printed sheet per person."""
    meeting = find_item(session_id, meeting_id)
    shown = sheet_page(meeting, actor=current_actor(), now=clock.now())
    return render(request, "cases/meeting_sheet.html", {"page": shown})


@page(Action.READ_SESSION)
def give_calendar(request: HttpRequest, session_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Give the calendar file of an item; it names no child (I22)."""
    meeting = find_item(session_id, meeting_id)
    content = calendar_file(
        meeting,
        to=request.user.email,  # type: ignore[union-attr]
        sender=settings.DEFAULT_FROM_EMAIL,
        url=request.build_absolute_uri(address("meeting", meeting)),
        sent_at=clock.now(),
        is_canceled=meeting.state == MeetingState.CANCELED,
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="overleg.ics"'
    return response


def _open_item(session_id: UUID, meeting_id: UUID) -> Meeting:
    meeting = find_item(session_id, meeting_id)
    if meeting.state in WRITABLE:
        return meeting
    text = "Dit verslag kan nu niet worden geschreven: het is definitief, of er is nog niets bijeengeroepen."
    raise Blocked(
        [Reason(text, "Bekijk het overleg.", "report_is_open", address("meeting", meeting))]
    )


def _form(
    request: HttpRequest, meeting: Meeting, form, title: str, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "title": title, "reasons": reasons}
    return render(request, "cases/meeting_form.html", context, status=status)


def _minutes(
    request: HttpRequest, meeting: Meeting, form: MinutesForm, reasons=(), *, status: int = 200
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "reasons": reasons}
    return render(request, "cases/minutes.html", context, status=status)
