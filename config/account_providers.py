"""Signing in by the provider of one's own organization: there and back."""

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from config.environment import read_text
from teams import clock
from teams.access.factor import Factor, record_factor
from teams.access.pages import page
from teams.access.rules import Action
from teams.door import oidc
from teams.models import IdentityProvider, User

log = structlog.get_logger(__name__)

QUESTION = "provider_question"
NEXT = "provider_next"


@page(Action.SIGN_IN)
@require_GET
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Send the browser to the provider."""
    provider = get_object_or_404(IdentityProvider, key=key, is_active=True)
    question = oidc.Question.new(provider)
    try:
        address = oidc.ask_at(provider, question, back=_back(provider))
    except oidc.NotVouchedFor as refusal:
        return _refuse(request, provider, refusal)
    request.session[QUESTION] = question.kept()
    request.session[NEXT] = request.GET.get("next", "")
    return redirect(address)


@page(Action.SIGN_IN)
@require_GET
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """Let in whom the provider vouches for; what they may, our own assignments say."""
    provider = get_object_or_404(IdentityProvider, key=key, is_active=True)
    kept = request.session.pop(QUESTION, None)
    try:
        if kept is None:
            raise oidc.NotVouchedFor("not asked")
        answer = oidc.hear(
            provider,
            oidc.Question(**kept),
            request.GET.dict(),
            back=_back(provider),
            secret=read_text(provider.secret_variable),
        )
        person = oidc.person_for(provider, answer, day=clock.today())
    except oidc.NotVouchedFor as refusal:
        return _refuse(request, provider, refusal)
    return _let_in(request, person, has_second_factor=answer.has_second_factor)


def _let_in(request: HttpRequest, person: User, *, has_second_factor: bool) -> HttpResponse:
    target = request.session.pop(NEXT, "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = settings.LOGIN_REDIRECT_URL
    record_authentication(request, person, method="provider")
    if not has_second_factor:
        # Ours is asked, or made first.
        answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=target))
        return answer
    get_adapter(request).login(request, person)
    record_factor(request.session, person.pk, Factor.PROVIDER)
    return redirect(target)


def _refuse(
    request: HttpRequest, provider: IdentityProvider, refusal: oidc.NotVouchedFor
) -> HttpResponse:
    log.warning("provider_refused", provider=provider.key, reason=str(refusal))
    messages.error(request, f"Aanmelden via {provider.name} lukte niet. Bel uw beheerder.")
    return redirect("account_login")


def _back(provider: IdentityProvider) -> str:
    path = reverse("account_provider_back", kwargs={"key": provider.key})
    return f"{settings.SITE_ADDRESS}{path}"
