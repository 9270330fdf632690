"""The list of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.pages.case_export import FORMATS
from cases.pages.case_list import case_list_page, exported_lines
from teams import clock
from teams.access import step_up
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.LIST_CASES)
def list_cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that the reader sees, as lines or as a board."""
    if request.GET.get("als") in FORMATS:
        step_up.demand(request)
        return _file(request, request.GET["als"])
    shown = case_list_page(request.GET, actor=current_actor(), day=clock.today())
    return render(request, "cases/list.html", {"page": shown})


def _file(request: HttpRequest, shape: str) -> HttpResponse:
    content_type, write = FORMATS[shape]
    lines = exported_lines(request.GET, actor=current_actor(), day=clock.today())
    name = f"casussen-{clock.today():%Y-%m-%d}.{shape}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(lines), content_type=content_type, headers=headers)
