"""One consent on one page: what was asked, who said what, and what ends when it is taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst

from cases.actions.consent_reasons import MOST_REMINDERS
from cases.actions.consents import may_handle
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentState
from cases.forms.consents import giver_choices
from cases.models import Consent, ConsentDecision, ConsentReminder, ConsentScan
from cases.pages.consent_page import (
    Direction,
    badge_of,
    direction_of,
    ends_of,
    organization_names,
    sentence_of,
)
from cases.queries.asking import CLASS_WORDS
from cases.queries.consent import STUDENT_GIVER, WAITING, latest, state_of
from cases.queries.consent_ends import Loss, kept_by_law, losses
from cases.queries.facts import CaseFacts
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.fence import beyond_seats
from teams.access.rules import SIGNAL_AUDIENCE
from teams.access.rules import Action as Permission
from teams.components import Action, Badge, BadgeKind, Fact, Row
from teams.enums import Compartment
from teams.models import User
from teams.models.dossier import OPEN_AUDIENCE
from teams.templatetags.ui import long_day, short_day

_SAID = {
    ConsentDecisionKind.GIVEN: Badge("ja", BadgeKind.DONE),
    ConsentDecisionKind.REFUSED: Badge("nee", BadgeKind.ERROR),
    ConsentDecisionKind.WITHDRAWN: Badge("ingetrokken", BadgeKind.ERROR),
    ConsentDecisionKind.HEARD: Badge("gehoord", BadgeKind.DONE),
}
_OPENS = {
    (Compartment.SHARED_PLAN, OPEN_AUDIENCE): "het plan en de afspraken",
    (Compartment.SCHOOL_FILE, SIGNAL_AUDIENCE): "de signalen van school",
    (Compartment.HEADING, OPEN_AUDIENCE): "de naam en hoe de casus ervoor staat",
}


@dataclass(frozen=True)
class ConsentSheet:
    """Everything about one consent for who handles it with a family."""

    title: str
    direction: Direction
    state: str
    badge: Badge
    facts: tuple[Fact, ...]
    text: tuple[str, ...]
    givers: tuple[Row, ...]
    reminded: str
    losses: tuple[Row, ...]
    kept: tuple[str, ...]
    is_draft: bool
    may_manage: bool
    may_answer: bool
    may_remind: bool
    consent_id: UUID
    case_url: str
    eyebrow: str


def consent_sheet(consent: Consent, facts: CaseFacts, *, actor: Actor) -> ConsentSheet:
    """Build the page of one consent, as the facts of its case read it."""
    case = facts.case
    may_manage = may(actor, Permission.MANAGE_CONSENT) and may_handle(case, actor=actor)
    state, names = state_of(consent, facts.family), organization_names([consent])
    with beyond_seats("what taking a consent back ends"):
        ends, kept = losses(consent, facts), kept_by_law(consent)
        reminders = list(ConsentReminder.unscoped.filter(consent=consent))
    is_running = state in {
        *WAITING,
        ConsentState.GIVEN,
        ConsentState.REFUSED,
        ConsentState.WITHDRAWN,
    }
    return ConsentSheet(
        title=capfirst(consent.get_purpose_display()),
        direction=direction_of(consent, names),
        state=sentence_of(consent, facts),
        badge=badge_of(consent, facts, state),
        facts=tuple(_facts(consent, facts, state)),
        text=tuple(consent.text.split("\n\n")) if consent.text else (),
        givers=tuple(_givers(consent, facts)),
        reminded=_reminded(reminders),
        losses=tuple(_loss(each) for each in ends),
        kept=tuple(
            f"{name} moet eigen aantekeningen {years} jaar bewaren." for name, years in kept
        ),
        is_draft=state == ConsentState.DRAFT,
        may_manage=may_manage,
        may_answer=may_manage and is_running and consent.ends_on > facts.day,
        may_remind=may_manage
        and case.is_open
        and state in WAITING
        and len(reminders) < MOST_REMINDERS * len(facts.carers),
        consent_id=consent.pk,
        case_url=reverse("consent", kwargs={"case_id": case.pk}),
        eyebrow=f"Casus {case.number} · {case.student.full_name}",
    )


def _facts(consent: Consent, facts: CaseFacts, state: ConsentState) -> Iterable[Fact]:
    classes = [CLASS_WORDS[Compartment(part)] for part in consent.classes]
    yield Fact("Wat precies", consent.shared)
    if classes:
        yield Fact("Welke gegevens", capfirst("; ".join(classes)))
    if ends := ends_of(consent, facts, state):
        yield Fact("Hoe lang", ends)
    if consent.asked_on:
        yield Fact("Gevraagd op", long_day(consent.asked_on))
    yield Fact("Versie van de tekst", consent.text_version)


def _givers(consent: Consent, facts: CaseFacts) -> Iterable[Row]:
    said, asked = latest(consent), facts.givers(consent.purpose).asked
    scans = {row.scan_id for row in said.values()} - {None}
    readable = set(ConsentScan.objects.filter(pk__in=scans).values_list("pk", flat=True))
    recorders = User.objects.in_bulk({row.created_by_id for row in said.values()} - {None})
    for key, name in giver_choices(consent, facts):
        row = said.get(key)
        if row is None:
            waits = "moet nog worden gehoord" if _is_only_heard(key, consent, facts) else ""
            yield Row(lead=name, title=waits, badge=Badge("nog geen antwoord", BadgeKind.ATTENTION))
            continue
        why = _how(row, recorders.get(row.created_by_id))
        if key not in asked:
            why += " Telt nu niet meer mee."
        scan = row.scan_id if row.scan_id in readable else None
        url = reverse("consent-scan", kwargs={"scan_id": scan}) if scan else ""
        yield Row(
            lead=name,
            why=why,
            badge=_SAID[ConsentDecisionKind(row.decision)],
            action=Action("Scan openen", url, is_quiet=True) if scan else None,
        )


def _is_only_heard(key: str, consent: Consent, facts: CaseFacts) -> bool:
    return key == STUDENT_GIVER and facts.givers(consent.purpose).is_student_heard


def _how(row: ConsentDecision, recorder: User | None) -> str:
    how = {
        ConsentForm.PAPER: "Op papier",
        ConsentForm.SPOKEN: f"Mondeling, met {row.witness} erbij" if row.witness else "Mondeling",
        ConsentForm.DIGITAL: "Zelf, met een eigen account",
    }[ConsentForm(row.form)]
    by = f"; vastgelegd door {recorder}" if recorder and not row.account_id else ""
    return f"{how}, op {long_day(row.decided_on)}{by}."


def _reminded(reminders: list[ConsentReminder]) -> str:
    days = dict.fromkeys(short_day(row.created_at.date()) for row in reminders)
    return f"Per e-mail herinnerd op {' en '.join(days)}." if days else ""


def _loss(loss: Loss) -> Row:
    who = f"({loss.organization})" if loss.organization else ""
    words = [text for pair, text in _OPENS.items() if pair in loss.closes]
    if any(tag.startswith("meeting:") for _, tag in loss.closes):
        words.append("het overleg waarbij deze persoon zat")
    if loss.loses_name:
        words.append("om welke leerling de gestelde vraag gaat")
    nothing_left = loss.closes and not loss.keeps_some
    why = "Ziet daarna niets meer van deze casus: " if nothing_left else "Ziet daarna niet meer: "
    why += f"{_listed(words) or 'de toestemmingen'}."
    for meeting in loss.meetings:
        day = short_day(meeting.session.on)
        why += f" Is uitgenodigd voor het {meeting.kind} op {day}; bespreek wie er dan komt."
    return Row(lead=str(loss.person), title=who, why=why)


def _listed(words: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
