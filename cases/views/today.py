"""Vandaag: the home page of every professional."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.pages.today import today_page
from teams import clock
from teams.access.actor import current_actor
from teams.access.pages import page
from teams.access.rules import Action
from teams.actions.cards import remember_visit
from teams.models import User


@page(Action.TODAY)
def show_today(request: HttpRequest) -> HttpResponse:
    """Show what waits, what comes this week, and what is new since the last visit."""
    actor, now = current_actor(), clock.now()
    person = User.objects.get(pk=actor.person_id)
    remember_visit(person, now=now)
    context = {"page": today_page(person, actor=actor, now=now)}
    return render(request, "cases/today.html", context)
