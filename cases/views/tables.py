"""Laying the table of a VOT or OT, and changing it after it was convened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.actions.tables import change_table, lay_table
from cases.enums import MeetingKind, MeetingState
from cases.forms.tables import TableForm
from cases.models import Case, Meeting
from cases.pages.session_page import item_url
from cases.pages.table_page import TablePage, table_page
from cases.queries.facts import CaseFacts
from cases.queries.loaded import load_facts
from teams import clock
from teams.access import step_up
from teams.access.actor import Actor, current_actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.pages import page
from teams.access.rules import Action
from teams.enums import Role


@page(Action.LAY_TABLE)
def show_table(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Lay a table as a draft or, for the head, change a convened one."""
    case = Case.objects.select_related("student", "school__organization").get(pk=case_id)
    actor, now = current_actor(), clock.now()
    _check(case, kind, actor=actor)
    facts = load_facts(case, now.date())
    table = _table(facts, kind)
    if table and table.state == MeetingState.CONVENED and actor.role != Role.HEAD:
        return redirect(item_url(table))
    form = TableForm(request.POST or None, facts=facts, kind=kind, actor=actor, table=table)
    shown = table_page(facts, kind, form=form, actor=actor, now=now)
    if request.method != "POST" or _is_counting(request):
        return _show(request, form, shown)
    if not form.is_valid():
        return _show(request, form, shown, status=422)
    if table and table.state == MeetingState.CONVENED:
        # Whoever comes to a convened table is told at once (access.md 2.8).
        step_up.demand(request)
    given = {**form.cleaned_data, "is_ready": "is_ready" in request.POST}
    try:
        laid = _save(case_id, table, given, actor=actor, now=now)
    except Blocked as refusal:
        return _show(request, form, shown, reasons=refusal.reasons, status=409)
    messages.success(request, _words(laid, given["is_ready"]))
    return redirect(_next(laid, actor))


def _is_counting(request: HttpRequest) -> bool:
    # The count of people at the table follows while ticking; nothing is saved by that.
    return "HX-Request" in request.headers


def _check(case: Case, kind: str, *, actor: Actor) -> None:
    if kind not in MeetingKind.values:
        raise NotVisible
    if not may(actor, Action.LAY_TABLE, dossier_id=case.dossier_id):
        raise NotAllowed(Action.LAY_TABLE)
    if not case.is_open:
        text = "Deze casus loopt niet meer. Een tafel dekken kan zolang een casus open is."
        who = "De intern begeleider kan een afgeronde casus heropenen."
        raise Blocked([Reason(text, who, "state", reverse("case", args=[case.pk]))])


def _table(facts: CaseFacts, kind: str) -> Meeting | None:
    current = facts.meeting(kind)
    is_convened = current is not None and current.state == MeetingState.CONVENED
    return facts.draft_table(kind) or (current if is_convened else None)


def _save(case_id: UUID, table: Meeting | None, given: dict, *, actor, now) -> Meeting:
    if table and table.state == MeetingState.CONVENED:
        return change_table(table.pk, given=given, actor=actor, now=now)
    return lay_table(case_id, given=given, actor=actor, now=now)


def _next(laid: Meeting, actor: Actor) -> str:
    if actor.role == Role.HEAD:
        return reverse("session", kwargs={"session_id": laid.session_id})
    return reverse("table", kwargs={"case_id": laid.case_id, "kind": laid.kind})


def _words(table: Meeting, is_ready: bool) -> str:
    if table.state == MeetingState.CONVENED:
        return "De tafel is aangepast. Wie erbij kwam of wegvalt, krijgt bericht."
    if is_ready:
        return "De tafel ligt klaar. De directeur krijgt bericht."
    return "De tafel is bewaard."


def _show(
    request: HttpRequest, form: TableForm, shown: TablePage, *, reasons=(), status: int = 200
) -> HttpResponse:
    context = {"form": form, "page": shown, "reasons": reasons}
    return render(request, "cases/table.html", context, status=status)
