"""Consent of one case: per purpose who said what, in plain words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from cases.enums import ConsentDecisionKind, ConsentPurpose
from cases.forms.consents import ASKED_FOR, giver_choices
from cases.models import Consent
from cases.pages.case_frame import CaseFrame
from cases.queries.consent import answers, is_complete
from cases.queries.facts import CaseFacts
from teams.access.decide import may
from teams.access.rules import Action
from teams.components import Action as Button
from teams.components import Badge, BadgeKind, Row
from teams.models import Organization
from teams.templatetags.ui import long_day, short_day

_WORDS = {
    ConsentDecisionKind.GIVEN: Badge("ja", BadgeKind.DONE),
    ConsentDecisionKind.REFUSED: Badge("nee", BadgeKind.ERROR),
    ConsentDecisionKind.WITHDRAWN: Badge("ingetrokken", BadgeKind.ERROR),
}


@dataclass(frozen=True)
class ConsentCard:
    """One consent: what for, what and with whom, how it stands, and each giver."""

    title: str
    text: str
    shared: str
    recipients: str
    period: str
    state: str
    badge: Badge
    givers: tuple[Row, ...]


@dataclass(frozen=True)
class ConsentPage:
    """All consents asked in a case; `problem` when nobody could give one now."""

    cards: tuple[ConsentCard, ...]
    problem: str
    problem_url: str
    may_ask: bool


def consent_page(frame: CaseFrame) -> ConsentPage:
    """Build the page of consents; only those that lie open to the reader."""
    facts = frame.facts
    visible = set(Consent.objects.filter(case=frame.case).values_list("pk", flat=True))
    problem = facts.givers(ConsentPurpose.DISCUSS_NAMED).problem
    may_ask = may(frame.step.actor, Action.MANAGE_CONSENT, dossier_id=frame.case.dossier_id)
    return ConsentPage(
        cards=tuple(
            _card(row, facts, may_ask=may_ask) for row in facts.consents if row.pk in visible
        ),
        problem=problem,
        problem_url=reverse("student", kwargs={"student_id": frame.case.student_id}),
        may_ask=may_ask,
    )


def _card(consent: Consent, facts: CaseFacts, *, may_ask: bool) -> ConsentCard:
    state, badge = state_of(consent, facts)
    said = answers(consent)
    names = giver_choices(consent, facts)
    return ConsentCard(
        title=capfirst(consent.get_purpose_display()),
        text=ASKED_FOR.get(ConsentPurpose(consent.purpose), ""),
        shared=consent.shared,
        recipients=", ".join(_names(consent)) or "de nieuwe school",
        period=f"gevraagd {short_day(consent.asked_on)}, tot en met {long_day(consent.ends_on)}",
        state=state,
        badge=badge,
        givers=tuple(_giver(consent, key, name, said, may_ask=may_ask) for key, name in names),
    )


def _names(consent: Consent) -> list[str]:
    # The facts of a case know organizations by their key only.
    keys = [row.pk for row in consent.recipients.all()]
    return list(Organization.objects.filter(pk__in=keys).values_list("name", flat=True))


def _giver(consent: Consent, key: str, name: str, said: dict, *, may_ask: bool) -> Row:
    answer = said.get(key)
    url = reverse("consent-answer", kwargs={"consent_id": consent.pk})
    label = "Antwoord vastleggen" if answer is None else "Wijzigen"
    button = Button(label, f"{url}?van={key}", is_quiet=answer is not None) if may_ask else None
    badge = _WORDS[answer] if answer else Badge("nog geen antwoord", BadgeKind.ATTENTION)
    return Row(title=name, badge=badge, action=button)


def state_of(consent: Consent, facts: CaseFacts) -> tuple[str, Badge]:
    """Say in one sentence how a consent stands today (R-11.8, R-11.9)."""
    givers = facts.givers(consent.purpose)
    said = answers(consent)
    names = dict(giver_choices(consent, facts))
    refused = [names[key] for key, value in said.items() if value != ConsentDecisionKind.GIVEN]
    waiting = [names[key] for key in givers.keys if key not in said]
    if consent.ends_on <= facts.day:
        return "Deze toestemming is verlopen. Vraag opnieuw als het nodig is.", Badge("verlopen")
    if refused:
        who = " en ".join(refused)
        text = f"{who} wil dit niet. De basisondersteuning gaat gewoon door. Praat er samen over."
        return text, Badge("niet gegeven", BadgeKind.ERROR)
    if givers.problem:
        return givers.problem, Badge("kan nog niet", BadgeKind.ATTENTION)
    if is_complete(consent, givers):
        return "Iedereen die moet toestemmen, zei ja.", Badge("gegeven", BadgeKind.DONE)
    who = " en ".join(waiting)
    return f"Er wordt nog gewacht op {who}.", Badge("wacht op antwoord", BadgeKind.ATTENTION)
