"""Snel noteren, and the signals that still have no pupil."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.actions import quick_notes
from cases.actions.signals import link_signal
from cases.forms.quick import ContactForm, LinkForm, PhoneForm, SignalForm
from cases.pages.quick import SavedNote, quick_page, unlinked_page
from cases.queries.picker import own_schools, picks_for, short_picks
from cases.queries.signals import unlinked_signals
from teams import clock
from teams.access.actor import acting_as, current_actor
from teams.access.pages import page, posted
from teams.access.phones import writer_of
from teams.access.rules import Action


@page(Action.NOTE_SIGNAL)
def note_signal(request: HttpRequest) -> HttpResponse:
    """Note what was noticed: about a pupil, a group, the school, or without a name."""
    return _note(request, SignalForm, quick_notes.note_signal, is_signal=True)


@page(Action.QUICK_NOTE)
def note_on_phone(request: HttpRequest) -> HttpResponse:
    """Note what was noticed, from a registered phone; nothing can be read here."""
    now = clock.now()
    # The session itself may read nothing: names to pick from, and writing, as its owner.
    with acting_as(writer_of(request, now=now)) as writer:
        picks, schools = short_picks(writer, day=now.date()), own_schools(writer)
        form = PhoneForm(posted(request), picks=picks, schools=schools)
        if request.method == "POST" and form.is_valid():
            about = form.cleaned_data["about"]
            quick_notes.note_signal(about, given=form.given(), actor=writer, now=now)
            messages.success(request, "Bewaard. De intern begeleider ziet dit vandaag.")
            return redirect("quick-note")
    status = 422 if form.errors else 200
    return render(request, "cases/quick_phone.html", {"form": form}, status=status)


@page(Action.WRITE_NOTE)
def note_contact(request: HttpRequest) -> HttpResponse:
    """Write one line about a short contact."""
    return _note(request, ContactForm, quick_notes.note_contact, is_signal=False)


def _note(request: HttpRequest, form_class, act, *, is_signal: bool) -> HttpResponse:
    actor, now = current_actor(), clock.now()
    picks, schools = picks_for(actor, day=now.date()), own_schools(actor)
    context = quick_page(request.GET, picks, actor=actor, is_signal=is_signal)
    form = form_class(
        posted(request), picks=picks, schools=schools, initial={"about": context.about}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            row = act(form.cleaned_data["about"], given=form.given(), actor=actor, now=now)
            saved = SavedNote.of(row)
            messages.success(request, saved.text)
            return redirect(saved.url)
        status = 422
    return render(request, "cases/quick.html", {"form": form, "page": context}, status=status)


@page(Action.LINK_SIGNAL)
def show_unlinked(request: HttpRequest) -> HttpResponse:
    """Show the signals without a name or pupil."""
    picks = picks_for(current_actor(), day=clock.today())
    return render(request, "cases/signals.html", {"page": unlinked_page(picks)})


@page(Action.LINK_SIGNAL)
def link(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Link one signal to a pupil; it joins or opens the case."""
    actor, now = current_actor(), clock.now()
    signal = unlinked_signals().get(pk=signal_id)
    picks = picks_for(actor, day=now.date())
    form = LinkForm(posted(request), picks=picks)
    if request.method == "POST" and form.is_valid():
        student = form.cleaned_data["about"].student
        linked = link_signal(signal, student, actor=actor, now=now)
        messages.success(request, "Het signaal hoort nu bij deze leerling.")
        return redirect("case", case_id=linked.case_id)
    status = 422 if form.errors else 200
    page_object = unlinked_page(picks, wrong=(signal_id, form) if form.errors else None)
    return render(request, "cases/signals.html", {"page": page_object}, status=status)
