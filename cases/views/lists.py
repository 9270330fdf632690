"""The list of cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.pages.case_list import case_list_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.LIST_CASES)
def list_cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that the reader sees, as lines or as a board."""
    shown = case_list_page(request.GET, actor=current_actor(), day=clock.today())
    return render(request, "cases/list.html", {"page": shown})
