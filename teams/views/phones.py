"""Registering the phone in one's hand for Snel noteren, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from teams import clock
from teams.access import step_up
from teams.access.actor import current_actor
from teams.access.pages import page, posted
from teams.access.phones import give_cookie
from teams.access.rules import Action
from teams.actions.sessions import register_phone, revoke_phone
from teams.forms.phone import PhoneForm


@page(Action.OWN_SESSIONS)
def register(request: HttpRequest) -> HttpResponse:
    """Register this phone: from now on its owner's passkey opens Snel noteren on it."""
    step_up.demand(request)
    form = PhoneForm(posted(request))
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "title": "Snel noteren op deze telefoon",
            "lead": "Met één aanraking van uw passkey noteert u iets. Lezen kan er niet mee.",
            "submit_label": "Deze telefoon aanmelden",
        }
        status = 422 if form.errors else 200
        return render(request, "components/form_page.html", context, status=status)
    phone = register_phone(form.cleaned_data["name"], actor=current_actor(), now=clock.now())
    messages.success(request, "Deze telefoon kan nu snel noteren.")
    answer = redirect("own-sessions")
    give_cookie(answer, phone)
    return answer


@page(Action.OWN_SESSIONS)
@require_POST
def revoke(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Take the way in of a phone away."""
    revoke_phone(phone_id, actor=current_actor(), now=clock.now())
    messages.success(request, "Deze telefoon kan niet meer snel noteren.")
    return redirect("own-sessions")
