"""Groepsbespreking: a class in one round, one save."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions.notes import save_group_round
from cases.forms.group_round import GroupRoundForm
from cases.pages.group_round import group_round_page, group_rows, students_of, visible_group
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page, posted
from teams.access.rules import Action


@page(Action.GROUP_ROUND)
def list_groups(request: HttpRequest) -> HttpResponse:
    """Choose a group; with one group, go there."""
    rows = group_rows(current_actor(), day=clock.today())
    if len(rows) == 1:
        return redirect(rows[0].url)
    return render(request, "cases/group_rounds.html", {"rows": rows})


@page(Action.GROUP_ROUND)
def walk_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Show the class list; save one line per pupil that was spoken about."""
    actor, now = current_actor(), clock.now()
    group = visible_group(group_id, actor=actor, day=now.date())
    students = students_of(group, day=now.date())
    by_id = {student.pk: student for student in students}
    names = {key: student.full_name for key, student in by_id.items()}
    form = GroupRoundForm(posted(request), students=names)
    if request.method == "POST" and form.is_valid():
        lines = [(by_id[key], text) for key, text in form.lines()]
        saved = save_group_round(group, lines=lines, actor=actor, now=now)
        word = "regel" if len(saved) == 1 else "regels"
        messages.success(request, f"{len(saved)} {word} bewaard.")
        return redirect("group-round", group_id=group.pk)
    shown = group_round_page(group, students, form, actor=actor, day=now.date())
    status = 422 if form.errors else 200
    return render(request, "cases/group_round.html", {"page": shown}, status=status)
