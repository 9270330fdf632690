"""Finding a case by its number, for whoever may only ask to open it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases.queries.glass import dossier_of_number
from teams.access.errors import NotVisible
from teams.access.pages import page
from teams.access.rules import Action


@page(Action.BREAK_GLASS)
def find_case(request: HttpRequest) -> HttpResponse:
    """Lead to where break-glass is asked for this case."""
    dossier_id = dossier_of_number(request.GET.get("nummer", "").strip())
    if dossier_id is None:
        raise NotVisible
    return redirect("glass-ask", dossier_id=dossier_id)
