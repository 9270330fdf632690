"""Why a consent cannot be asked, answered, taken back or reminded of now; empty when it can."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.timezone import localtime

from cases.enums import ConsentDecisionKind, ConsentForm, ConsentState
from cases.models import Consent, ConsentReminder
from cases.queries.asking import ASKING
from cases.queries.consent import STUDENT_GIVER, WAITING, latest, state_of, waiting_for
from cases.workflow.steps import Step
from schools.models import Carer, CarerContact
from teams.access.errors import Reason

LONGEST_DAYS = 365
MOST_REMINDERS = 2


def against_asking(step: Step, filled: Mapping[str, Any]) -> list[Reason]:
    """R-11.7: someone can give it, it says what goes to whom, and it ends within a year."""
    if reasons := _against_closed(step):
        return reasons
    givers = step.facts.givers(filled["purpose"])
    if givers.problem:
        where = f"/leerlingen/{step.case.student_id}/#verzorgers"
        who = "De intern begeleider kan dat aanvullen bij de leerling."
        return [Reason(givers.problem, who, "givers_are_known", where)]
    reasons = []
    if not step.day < filled["ends_on"] <= step.day + timedelta(days=LONGEST_DAYS):
        text = "Toestemming geldt hoogstens een jaar."
        reasons.append(Reason(text, "Kies een eerdere einddatum.", "consent_ends"))
    if not filled["shared"]:
        text = "Er staat niet wat wordt gedeeld."
        reasons.append(Reason(text, "Schrijf dat op in gewone woorden.", "consent_says_what"))
    if not set(filled["classes"]) <= set(ASKING[filled["purpose"]].classes):
        text = "Deze gegevens horen niet bij dit doel."
        reasons.append(Reason(text, "Vraag daarvoor apart toestemming.", "class_fits_purpose"))
    return reasons + _against_direction(step, filled)


def _against_closed(step: Step) -> list[Reason]:
    """Of a case that ended nothing new is shared; a no is always written down."""
    if step.case.is_open:
        return []
    text = "Deze casus is niet meer open."
    return [Reason(text, "Intrekken of weigeren kan altijd.", "case_is_open")]


def _against_direction(step: Step, filled: Mapping[str, Any]) -> list[Reason]:
    """R-11.10: from whom to whom is part of what is asked, one way."""
    asking, reasons = ASKING[filled["purpose"]], []
    school = step.case.school.organization_id
    if asking.is_named and not filled["recipient_name"]:
        text = "Er staat niet wie de gegevens krijgt."
        reasons.append(Reason(text, "Noem de ontvanger bij naam.", "recipient_is_known"))
    kinds = {row.kind for row in filled["recipients"] if row.pk != school}
    is_school = [row.pk for row in filled["recipients"]] == [school]
    fits = is_school if asking.is_to_school else bool(kinds) and kinds <= asking.to
    if not asking.is_named and not fits:
        text = "Deze organisatie hoort niet bij dit doel."
        reasons.append(Reason(text, "Kies met wie u deelt.", "recipient_is_known"))
    if asking.is_from_district and (not filled["sender"] or filled["sender"].pk == school):
        text = "Er staat niet welk wijkteam iets aan school vertelt."
        reasons.append(Reason(text, "Kies het wijkteam.", "sender_is_known"))
    return reasons


def against_answering(step: Step, consent: Consent, given: Mapping[str, Any]) -> list[Reason]:
    """R-11.9: this person is asked, for something that is asked now."""
    if given["decision"] != ConsentDecisionKind.REFUSED and (closed := _against_closed(step)):
        return closed
    state, givers = state_of(consent, step.facts.family), step.facts.givers(consent.purpose)
    if state == ConsentState.DRAFT:
        text = "Deze toestemming is nog niet gevraagd."
        return [Reason(text, "Vraag haar eerst.", "consent_is_asked")]
    if consent.ends_on <= step.day:
        text = "Deze toestemming is verlopen."
        return [Reason(text, "Vraag opnieuw toestemming.", "consent_is_asked")]
    if given["giver"] not in givers.asked:
        text = "Van deze persoon is geen antwoord nodig."
        return [Reason(text, "Kies iemand die toestemming moet geven.", "giver_is_asked")]
    is_heard = given["decision"] == ConsentDecisionKind.HEARD
    if is_heard != (given["giver"] not in givers.keys):
        text = (
            "Deze persoon beslist zelf mee: gehoord zijn is niet genoeg."
            if is_heard
            else "De leerling beslist hier nog niet zelf, en moet wel zijn gehoord."
        )
        return [Reason(text, "Kies het antwoord dat daarbij hoort.", "giver_decides")]
    return []


def against_withdrawing(step: Step, consent: Consent, given: Mapping[str, Any]) -> list[Reason]:
    """Only what was given can be taken back."""
    last = latest(consent).get(given["giver"])
    if last and last.decision == ConsentDecisionKind.GIVEN:
        return []
    text = "Deze persoon heeft geen toestemming gegeven."
    return [Reason(text, "Er is dus niets in te trekken.", "consent_is_given")]


def against_form(step: Step, consent: Consent, given: Mapping[str, Any]) -> list[Reason]:
    """A yes on paper has its scan, a spoken one a witness; a no holds at once, without proof."""
    form, witness = given["form"], given.get("witness")
    is_yes = given["decision"] == ConsentDecisionKind.GIVEN
    reasons = _against_day(step, consent, given)
    if form == ConsentForm.DIGITAL:
        text = "Digitaal antwoorden kan alleen de gever zelf."
        reasons.append(Reason(text, "Kies op papier of mondeling.", "form_is_own"))
    if is_yes and form == ConsentForm.PAPER and not given.get("scan"):
        text = "Bij een ja op papier hoort een scan of foto."
        reasons.append(Reason(text, "Voeg het ondertekende papier toe.", "scan_is_added"))
    if is_yes and form == ConsentForm.SPOKEN and witness is None:
        text = "Bij een mondeling ja hoort een getuige."
        reasons.append(Reason(text, "Kies een collega die erbij was.", "witness_is_named"))
    if witness is not None and witness.pk == step.actor.person_id:
        text = "U kunt niet zelf de getuige zijn."
        reasons.append(Reason(text, "Kies een collega die erbij was.", "witness_is_another"))
    return reasons


def _against_day(step: Step, consent: Consent, given: Mapping[str, Any]) -> list[Reason]:
    day = given.get("decided_on") or step.day
    if day > step.day:
        text = "Deze datum moet nog komen."
        return [Reason(text, "Kies de dag van het antwoord.", "day_has_come")]
    last = latest(consent).get(given["giver"])
    # An answer of before would lie under the one that stands, and change nothing.
    earlier = (consent.asked_on, last.decided_on if last else None)
    if any(first and day < first for first in earlier):
        text = "Op deze dag was dit nog niet gevraagd, of is later al anders geantwoord."
        return [Reason(text, "Kies de dag van het antwoord.", "answer_is_the_last")]
    return []


def against_reminding(step: Step, consent: Consent) -> tuple[list[Carer], list[Reason]]:
    """Who can be reminded by mail: waits, has an address, and was reminded less than twice."""
    if closed := _against_closed(step):
        return [], closed
    family = step.facts.family
    waits = state_of(consent, family) in WAITING
    missing = waiting_for(consent, family) - {STUDENT_GIVER} if waits else frozenset()
    sent = list(ConsentReminder.unscoped.filter(consent=consent))
    today = {row.carer_id for row in sent if localtime(row.created_at).date() == step.day}
    times = Counter(row.carer_id for row in sent)
    contacts = CarerContact.unscoped.filter(carer__in=missing).exclude(email="")
    carers = [
        row.carer
        for row in contacts.select_related("carer")
        if times[row.carer_id] < MOST_REMINDERS and row.carer_id not in today
    ]
    if carers:
        return carers, []
    text = "Er is niemand die u vandaag nog per e-mail kunt herinneren."
    return [], [Reason(text, "Bel of spreek ouders zelf.", "someone_can_be_reminded")]
