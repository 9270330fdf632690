"""Addresses that answer with each error page, for test_doors.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

import config.urls
from teams.access.errors import Blocked, Conflict, Reason
from teams.access.pages import page
from teams.access.rules import Action

CODES = (400, 403, 404, 413, 429, 500, 503)


@page(Action.TODAY)
def show(request: HttpRequest, code: int) -> HttpResponse:
    """One error page as it stands."""
    return render(request, f"{code}.html", status=code)


@page(Action.TODAY)
def block(request: HttpRequest) -> HttpResponse:
    """Refused for now: what is missing, and where it can be supplied."""
    raise Blocked([Reason("Er is nog geen evaluatiedatum.", "Naar het plan", "has_date", "/")])


@page(Action.TODAY)
def conflict(request: HttpRequest) -> HttpResponse:
    """Two people wrote the same text."""
    theirs = {"help_question": "Hoe komt Noor rustig binnen?", "version": 2}
    raise Conflict(theirs=theirs, mine={"help_question": "Hoe begint de dag?"}, by="Ib Kade")


urlpatterns = [
    *config.urls.urlpatterns,
    path("fout/409/reden/", block),
    path("fout/409/tekst/", conflict),
    path("fout/<int:code>/", show),
]
