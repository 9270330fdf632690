"""The demo's own pages: the door and the mailbox."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from config.demo import people, programs
from config.demo.door import demo_only
from config.demo.mailbox import read_mails
from teams import clock
from teams.access import sessions
from teams.access.factor import Factor, record_factor
from teams.access.pages import page
from teams.access.rules import Action

NEWEST_MAILS = 100
BACKEND = "django.contrib.auth.backends.ModelBackend"


# The token is asked for inside: outside the demo the answer is 404 and not a complaint about a token.
@csrf_exempt
@page(Action.SIGN_IN)
@demo_only
@require_POST
@csrf_protect
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the people of the demo."""
    person = people.find(request.POST.get("persona", ""))
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    record_factor(request.session, person.pk, Factor.DEMO)
    return HttpResponseRedirect(_own_target(request))


@csrf_exempt
@page(Action.CONFIRM_IDENTITY)
@demo_only
@require_POST
@csrf_protect
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """Still be the same person, by one click: people of the demo have no password to type."""
    sessions.confirm(request, now=clock.now())
    return HttpResponseRedirect(_own_target(request))


def _own_target(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if is_own else settings.LOGIN_REDIRECT_URL


@page(Action.PUBLIC)
@demo_only
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails that went out, the newest first."""
    mails = read_mails(programs.mail_folder(settings.LAYOUT), newest=NEWEST_MAILS)
    wanted = request.GET.get("aan", "").strip().lower()
    shown = [mail for mail in reversed(mails) if wanted in ", ".join(mail.to).lower()]
    return render(request, "config/mailbox.html", {"mails": shown, "wanted": wanted})
