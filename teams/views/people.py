"""Person cards, and the role one works in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from teams import clock
from teams.access.actor import current_actor
from teams.access.middleware import ACTING_ROLE
from teams.access.pages import page, posted
from teams.access.rules import Action
from teams.actions.cards import save_card, switch_role
from teams.enums import Role
from teams.forms.card import CardForm
from teams.models import User
from teams.pages.card import card_page


@page(Action.READ_CARD)
def show_card(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show who someone is: role, days, phone, introduction, fixed schools."""
    card = card_page(person_id, reader_id=current_actor().person_id, day=clock.today())
    return render(request, "teams/card.html", {"card": card})


@page(Action.EDIT_OWN_CARD)
def edit_card(request: HttpRequest) -> HttpResponse:
    """Change one's own card."""
    actor, now = current_actor(), clock.now()
    person = User.objects.get(pk=actor.person_id)
    names = ("phone", "days", "introduction", "wants_digest")
    initial = {name: getattr(person, name) for name in names}
    form = CardForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        save_card(person, given=form.cleaned_data, actor=actor, now=now)
        messages.success(request, "Uw kaart is bewaard.")
        return redirect("person", person_id=person.pk)
    context = {"form": form, "title": "Mijn kaart", "lead": "Dit zien collega’s van u."}
    status = 422 if form.errors else 200
    return render(request, "components/form_page.html", context, status=status)


@page(Action.SWITCH_ROLE)
@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Work in another of one's roles from now on."""
    actor, role = current_actor(), request.POST.get("role", "")
    person = User.objects.get(pk=actor.person_id)
    switch_role(person, role, actor=actor, now=clock.now())
    request.session[ACTING_ROLE] = role
    messages.success(request, f"U werkt nu als {Role(role).label}.")
    return redirect("today")
