"""Consents of one case: what each is for, who must still answer, and what is ending."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.text import capfirst

from cases.actions.consents import may_handle
from cases.enums import ConsentDecisionKind, ConsentPurpose, ConsentState
from cases.forms.consents import giver_choices
from cases.models import Consent
from cases.pages.case_frame import CaseFrame
from cases.queries.asking import names_of
from cases.queries.consent import (
    WAITING,
    answers,
    reading_until,
    state_of,
    waiting_for,
)
from cases.queries.facts import CaseFacts
from teams.access.decide import may
from teams.access.rules import Action
from teams.components import Action as Button
from teams.components import Badge, BadgeKind, Row, Tab
from teams.models import Organization
from teams.templatetags.ui import long_day

# From this many days before its end a consent stands out.
SOON = timedelta(days=30)
BADGES = {
    ConsentState.DRAFT: Badge("nog niet gevraagd"),
    ConsentState.ASKED: Badge("wacht op antwoord", BadgeKind.ATTENTION),
    ConsentState.GIVEN: Badge("gegeven", BadgeKind.DONE),
    ConsentState.REFUSED: Badge("niet gegeven", BadgeKind.ERROR),
    ConsentState.WITHDRAWN: Badge("ingetrokken", BadgeKind.ERROR),
    ConsentState.EXPIRED: Badge("verlopen"),
    ConsentState.RECONFIRM: Badge("opnieuw bevestigen", BadgeKind.ATTENTION),
}


_MORE = "Bekijk wat is gevraagd, wie wat zei, en wat intrekken betekent"
_MORE_OF_DRAFT = "Bekijk wat ouders gaan lezen, en vraag het"


@dataclass(frozen=True)
class Direction:
    """From whom to whom; always one way."""

    sender: str
    recipients: str
    is_one_of_two: bool = False


@dataclass(frozen=True)
class ConsentCard:
    """One consent in a list: what for, which way, how it stands, who must still answer."""

    title: str
    url: str
    direction: Direction
    state: str
    badge: Badge
    ends: str
    more: str
    waiting: tuple[Row, ...]


@dataclass(frozen=True)
class ConsentPage:
    """All consents of a case; `problem` when nobody could give one now."""

    cards: tuple[ConsentCard, ...]
    problem: str
    problem_url: str
    may_ask: bool
    purposes: tuple[Tab, ...]


def consent_page(frame: CaseFrame, *, purpose: str) -> ConsentPage:
    """Build the page of consents; only those that lie open to the reader."""
    facts = frame.facts
    visible = set(Consent.objects.filter(case=frame.case).values_list("pk", flat=True))
    shown = [row for row in facts.consents if row.pk in visible]
    problem = facts.givers(purpose).problem
    actor, case = frame.step.actor, frame.case
    may_ask = may(actor, Action.MANAGE_CONSENT) and may_handle(case, actor=actor)
    names = organization_names(shown)
    return ConsentPage(
        cards=tuple(_card(row, facts, names, may_ask=may_ask) for row in shown),
        problem=problem,
        problem_url=reverse("student", kwargs={"student_id": frame.case.student_id}),
        may_ask=may_ask and case.is_open,
        purposes=tuple(_purposes(frame, purpose)),
    )


def _purposes(frame: CaseFrame, chosen: str) -> list[Tab]:
    url = reverse("consent", kwargs={"case_id": frame.case.pk})
    return [
        Tab(capfirst(each.label), f"{url}?doel={each.value}#vragen", each.value == chosen)
        for each in ConsentPurpose
    ]


def organization_names(consents: list[Consent]) -> dict:
    """Names of everyone who tells or is told; the facts of a case know them by key only."""
    keys = {row.pk for consent in consents for row in consent.recipients.all()}
    keys |= {consent.sender_id for consent in consents}
    return {row.pk: row for row in Organization.objects.filter(pk__in=keys - {None})}


def direction_of(consent: Consent, names: dict) -> Direction:
    """Say from whom to whom (R-11.10)."""
    sender = names.get(consent.sender_id)
    told = [names[row.pk] for row in consent.recipients.all() if row.pk in names]
    return Direction(
        sender=sender.name if sender else "het gezin",
        recipients=consent.recipient_name or names_of(told) or "de nieuwe school",
        is_one_of_two=consent.purpose
        in {ConsentPurpose.INFORM_DISTRICT_TEAM, ConsentPurpose.SHARE_WITH_SCHOOL},
    )


def _card(consent: Consent, facts: CaseFacts, names: dict, *, may_ask: bool) -> ConsentCard:
    url = reverse("consent-answer", kwargs={"consent_id": consent.pk})
    state = state_of(consent, facts.family)
    waits = waiting_for(consent, facts.family) if state in WAITING else frozenset()
    rows = [(key, name) for key, name in giver_choices(consent, facts) if key in waits]
    return ConsentCard(
        title=capfirst(consent.get_purpose_display()),
        url=url,
        direction=direction_of(consent, names),
        state=sentence_of(consent, facts),
        badge=badge_of(consent, facts, state),
        ends=ends_of(consent, facts, state),
        more=_MORE_OF_DRAFT if state == ConsentState.DRAFT else _MORE,
        waiting=tuple(_waiting(url, key, name, may_ask=may_ask) for key, name in rows),
    )


def _waiting(url: str, key: str, name: str, *, may_ask: bool) -> Row:
    button = Button("Antwoord vastleggen", f"{url}?van={key}#antwoord") if may_ask else None
    return Row(lead=name, title="moet nog antwoorden", action=button)


def badge_of(consent: Consent, facts: CaseFacts, state: ConsentState) -> Badge:
    """The state in a word; what ends within a month stands out."""
    until = reading_until(consent, facts.family) if state == ConsentState.GIVEN else None
    if until and until - facts.day <= SOON:
        return Badge("eindigt binnenkort", BadgeKind.ATTENTION)
    return BADGES[state]


def ends_of(consent: Consent, facts: CaseFacts, state: ConsentState) -> str:
    """Say until when it holds, with the birthday that may come first."""
    if state == ConsentState.GIVEN:
        until = reading_until(consent, facts.family) or consent.ends_on
        change = facts.family.next_change
        if until < consent.ends_on and change and change <= until:
            return f"tot {long_day(consent.ends_on)}; op {long_day(change)} opnieuw bevestigen"
        return f"tot {long_day(until)}"
    if state == ConsentState.RECONFIRM:
        last = reading_until(consent, facts.family)
        return f"meelezen kan nog tot {long_day(last)}" if last else "meelezen kan niet meer"
    if state == ConsentState.EXPIRED:
        return f"was geldig tot {long_day(consent.ends_on)}"
    return f"tot {long_day(consent.ends_on)}" if state in {*WAITING, ConsentState.DRAFT} else ""


def sentence_of(consent: Consent, facts: CaseFacts) -> str:
    """Say in one sentence how a consent stands today (R-11.8, R-11.9)."""
    state, givers = state_of(consent, facts.family), facts.givers(consent.purpose)
    names = dict(giver_choices(consent, facts))
    waiting = _together([names[key] for key in names if key in waiting_for(consent, facts.family)])
    said = answers(consent)
    no = [names[key] for key in names if key in givers.keys and said.get(key) in _NO]
    go_on = "De basisondersteuning gaat gewoon door."
    if state in WAITING and givers.problem:
        return givers.problem
    return {
        ConsentState.DRAFT: "Dit staat klaar. Er is nog niemand iets gevraagd.",
        ConsentState.ASKED: f"Er wordt nog gewacht op {waiting}.",
        ConsentState.GIVEN: "Iedereen die moet toestemmen, zei ja.",
        ConsentState.REFUSED: f"{_together(no)} wil dit niet. {go_on} Praat er samen over.",
        ConsentState.WITHDRAWN: f"{_together(no)} wil dit niet meer. {go_on}",
        ConsentState.EXPIRED: "Deze toestemming is verlopen. Vraag opnieuw als het nodig is.",
        ConsentState.RECONFIRM: f"De leerling is nu oud genoeg om mee te beslissen. "
        f"Er wordt gewacht op {waiting}; tot dan komt er niemand bij.",
    }[state]


_NO = {ConsentDecisionKind.REFUSED, ConsentDecisionKind.WITHDRAWN}


def _together(names: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
