"""Consent: asked per purpose, answered per giver, taken back at any time (R-11.6 to R-11.11)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cases.enums import ConsentDecisionKind, ConsentForm
from cases.models import Consent, ConsentDecision
from cases.queries.consent import STUDENT_GIVER, answers
from cases.workflow.amend import amending, stamp
from cases.workflow.steps import Step, Who
from cases.workflow.table import FAMILY, HEAD, IB, LEAD
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.rules import CONSENT_AUDIENCE
from teams.audit import Verb
from teams.enums import Compartment, Relation, Role

# The text that givers read; a new text gets a new version (access.md 2.6).
TEXT_VERSION = "2026-1"
LONGEST_DAYS = 365
MAY_ASK = (
    IB,
    HEAD,
    LEAD,
    FAMILY,
    Who(Relation.PARTICIPANT, Role.DISTRICT_TEAM_WORKER),
    Who(Relation.PARTICIPANT, Role.SBO_CONTACT),
)


def ask_consent(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Consent:
    """Ask consent for one purpose: what is shared, with whom, until when (O10, R-11.7).

    Shape:  given: `purpose`, `recipients` (organizations; none for a handover), `shared`,
            optional `ends_on`, at most a year ahead.
    Errors: NotVisible, NotAllowed; Blocked when nobody can give it, with who can solve that.
    """
    with amending(case_id, Verb.CONSENT_ASKED, who=MAY_ASK, actor=actor, now=now) as step:
        ends_on = given.get("ends_on") or step.day + timedelta(days=LONGEST_DAYS)
        if reasons := _against_asking(step, given, ends_on):
            raise Blocked(reasons)
        consent = Consent.unscoped.create(
            case=step.case,
            purpose=given["purpose"],
            shared=given["shared"],
            text_version=TEXT_VERSION,
            asked_on=step.day,
            ends_on=ends_on,
            compartment=Compartment.SHARED_PLAN,
            audience=CONSENT_AUDIENCE,
            **stamp(step.case, actor=actor, now=now),
        )
        consent.recipients.set(given.get("recipients", ()))
    return consent


def answer_consent(
    consent_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> ConsentDecision:
    """Record what one giver said, on paper or spoken before another witness.

    Shape:  given: `giver` ("student" or the id of a carer), `decision` (GIVEN or REFUSED),
            `form`, `witness` when spoken, optional `decided_on`.
    Errors: NotVisible, NotAllowed; Blocked for a giver who is not asked, a day ahead, a
            witness who is missing or who is the one recording.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with amending(
        consent.case_id, Verb.CONSENT_ANSWERED, who=MAY_ASK, actor=actor, now=now
    ) as step:
        if reasons := _against_answering(step, consent, given):
            raise Blocked(reasons)
        return _decide(step, consent, given, given["decision"])


def withdraw_consent(
    consent_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> ConsentDecision:
    """Record that a giver takes consent back; reading by outsiders ends with this act.

    Shape:  given: as for `answer_consent`, without `decision`.
    Errors: NotVisible, NotAllowed; Blocked when this giver did not say yes.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with amending(
        consent.case_id, Verb.CONSENT_WITHDRAWN, who=MAY_ASK, actor=actor, now=now
    ) as step:
        standing = next(row for row in step.facts.consents if row.pk == consent_id)
        if answers(standing).get(given["giver"]) != ConsentDecisionKind.GIVEN:
            text = "Deze persoon heeft geen toestemming gegeven."
            raise Blocked([Reason(text, "Er is dus niets in te trekken.", "consent_is_given")])
        if reasons := _against_form(step, given):
            raise Blocked(reasons)
        return _decide(step, consent, given, ConsentDecisionKind.WITHDRAWN)


def _decide(
    step: Step, consent: Consent, given: Mapping[str, Any], decision: str
) -> ConsentDecision:
    is_student = given["giver"] == STUDENT_GIVER
    return ConsentDecision.unscoped.create(
        consent=consent,
        carer_id=None if is_student else UUID(str(given["giver"])),
        is_student=is_student,
        decision=decision,
        decided_on=given.get("decided_on") or step.day,
        form=given["form"],
        witness=given.get("witness"),
        compartment=consent.compartment,
        audience=consent.audience,
        **stamp(step.case, actor=step.actor, now=step.now),
    )


def _against_asking(step: Step, given: Mapping[str, Any], ends_on: Any) -> list[Reason]:
    givers = step.facts.givers(given["purpose"])
    if givers.problem:
        where = f"/leerlingen/{step.case.student_id}/#verzorgers"
        who = "De intern begeleider kan dat aanvullen bij de leerling."
        return [Reason(givers.problem, who, "givers_are_known", where)]
    if not step.day < ends_on <= step.day + timedelta(days=LONGEST_DAYS):
        text = "Toestemming geldt hoogstens een jaar."
        return [Reason(text, "Kies een eerdere einddatum.", "consent_ends")]
    return []


def _against_answering(step: Step, consent: Consent, given: Mapping[str, Any]) -> list[Reason]:
    if given["giver"] not in step.facts.givers(consent.purpose).keys:
        text = "Van deze persoon is geen antwoord nodig."
        return [Reason(text, "Kies iemand die toestemming moet geven.", "giver_is_asked")]
    return _against_form(step, given)


def _against_form(step: Step, given: Mapping[str, Any]) -> list[Reason]:
    reasons = []
    day = given.get("decided_on")
    if day and day > step.day:
        text = "Deze datum moet nog komen."
        reasons.append(Reason(text, "Kies de dag van het antwoord.", "day_has_come"))
    witness = given.get("witness")
    if given["form"] == ConsentForm.SPOKEN and witness is None:
        text = "Bij een mondeling antwoord hoort een getuige."
        reasons.append(Reason(text, "Kies een collega die erbij was.", "witness_is_named"))
    if witness is not None and witness.pk == step.actor.person_id:
        text = "U kunt niet zelf de getuige zijn."
        reasons.append(Reason(text, "Kies een collega die erbij was.", "witness_is_another"))
    return reasons
