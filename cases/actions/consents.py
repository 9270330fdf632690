"""Consent: asked per purpose, answered per giver, taken back at any time (R-11.6 to R-11.11)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from cases import notices
from cases.actions.consent_reasons import (
    LONGEST_DAYS,
    against_answering,
    against_asking,
    against_form,
    against_reminding,
    against_withdrawing,
)
from cases.consent_texts import CURRENT, text_for
from cases.enums import ConsentDecisionKind, ConsentForm
from cases.models import Case, Consent, ConsentDecision, ConsentReminder, ConsentScan
from cases.queries.asking import ASKING, names_of
from cases.queries.consent import STUDENT_GIVER
from cases.scans import Scan
from cases.workflow.amend import amending, check_who, stamp
from cases.workflow.steps import Step, Who
from cases.workflow.table import IB, LEAD
from teams.access.actor import Actor
from teams.access.decide import opens
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.access.fence import beyond_seats
from teams.access.rules import CONSENT_AUDIENCE
from teams.audit import Verb
from teams.enums import LINKED_ROLES, Compartment, Relation, Role

# Whoever writes in the shared plan may ask (access.md 2.5).
MAY_ASK = (IB, LEAD, *(Who(Relation.PARTICIPANT, role) for role in sorted(LINKED_ROLES)))
# No seat names this tag: only the school's leads, who read every audience, see the signed paper.
SCAN_AUDIENCE = "consent-scan"
_PLACE = {"compartment": Compartment.SHARED_PLAN, "audience": CONSENT_AUDIENCE}


def may_handle(case: Case, *, actor: Actor) -> bool:
    """The actor writes in the shared plan of this case, and reads it; for buttons and actions alike."""
    try:
        check_who(case, MAY_ASK, actor=actor)
    except (NotAllowed, NotVisible):
        return False
    is_house = actor.is_system
    return is_house or opens(case.dossier_id, Compartment.SHARED_PLAN, actor=actor)


@contextmanager
def _handling(case_id: UUID, verb: Verb, *, actor: Actor, now: datetime) -> Iterator[Step]:
    with amending(case_id, verb, who=MAY_ASK, actor=actor, now=now) as step:
        if not may_handle(step.case, actor=actor):
            raise NotAllowed(verb)
        yield step


@beyond_seats("ask consent")
def ask_consent(case_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime) -> Consent:
    """Ask consent for one purpose: what is shared, from whom, with whom, until when (O10, R-11.7).

    Shape:  given: `purpose`, `shared`, `recipients` (organizations) or `recipient_name`; optional
            `sender`, `classes` (all of the purpose when left out), `ends_on` (at most a year
            ahead), `is_draft` (kept, and not asked yet).
    Errors: NotVisible, NotAllowed; Blocked when nobody can give it, with who can solve that.
    """
    is_draft = bool(given.get("is_draft"))
    verb = Verb.CONSENT_DRAFTED if is_draft else Verb.CONSENT_ASKED
    with _handling(case_id, verb, actor=actor, now=now) as step:
        filled = _filled(step, given)
        if reasons := against_asking(step, filled):
            raise Blocked(reasons)
        consent = Consent.unscoped.create(
            case=step.case,
            purpose=filled["purpose"],
            sender=filled["sender"],
            recipient_name=filled["recipient_name"],
            classes=filled["classes"],
            shared=filled["shared"],
            ends_on=filled["ends_on"],
            text=_words(step, filled),
            text_version=CURRENT,
            asked_on=None if is_draft else step.day,
            **_PLACE,
            **stamp(step.case, actor=actor, now=now),
        )
        consent.recipients.set(filled["recipients"])
    return consent


@beyond_seats("ask a drafted consent")
def ask_drafted(consent_id: UUID, *, actor: Actor, now: datetime) -> Consent:
    """Ask what lay ready as a draft; from here on it never changes (D11).

    Errors: NotVisible, NotAllowed; Blocked when nobody can give it any more.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with _handling(consent.case_id, Verb.CONSENT_ASKED, actor=actor, now=now) as step:
        given = {name: getattr(consent, name) for name in ("purpose", "sender", "shared")}
        given |= {name: getattr(consent, name) for name in ("recipient_name", "classes", "ends_on")}
        filled = _filled(step, given | {"recipients": list(consent.recipients.all())})
        if reasons := against_asking(step, filled):
            raise Blocked(reasons)
        consent.text, consent.text_version = _words(step, filled), CURRENT
        consent.asked_on = step.day
        consent.save(update_fields=["text", "text_version", "asked_on"])
    return consent


@beyond_seats("drop a drafted consent")
def drop_draft(consent_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Throw a draft away; nobody was asked anything. Shape: the case it belonged to."""
    consent = Consent.unscoped.get(pk=consent_id, asked_on__isnull=True)
    with _handling(consent.case_id, Verb.CONSENT_DROPPED, actor=actor, now=now):
        consent.recipients.clear()
        consent.delete()
    return consent.case_id


@beyond_seats("record an answer on consent")
def answer_consent(
    consent_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> ConsentDecision:
    """Record what one giver said on paper or spoken, or that the pupil was heard.

    Shape:  given: `giver` ("student" or the id of a carer), `decision` (GIVEN, REFUSED, HEARD),
            `form`, for a yes `scan` on paper or `witness` when spoken, optional `decided_on`.
    Errors: NotVisible, NotAllowed; Blocked for a giver who is not asked, a yes without its
            proof, a witness who is the one recording, a day ahead or before the last answer.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with _handling(consent.case_id, Verb.CONSENT_ANSWERED, actor=actor, now=now) as step:
        standing = _standing(step, consent_id)
        reasons = against_answering(step, standing, given) or against_form(step, standing, given)
        if reasons:
            raise Blocked(reasons)
        return _decide(step, consent, given, given["decision"])


@beyond_seats("answer on consent with an own account")
def decide_oneself(
    consent_id: UUID, *, giver: str, decision: str, actor: Actor, now: datetime
) -> ConsentDecision:
    """Let a giver answer with an own account: yes, no, or taking it back (DIGITAL).

    The portal calls it, for the giver to whom it bound this account; the row keeps the account
    and the moment.
    Errors: NotAllowed for anyone but a carer or pupil; Blocked for a giver who is not asked.
    """
    if actor.person_id is None or actor.role not in {Role.CARER, Role.STUDENT}:
        raise NotAllowed
    consent = Consent.unscoped.get(pk=consent_id)
    is_back = decision == ConsentDecisionKind.WITHDRAWN
    verb = Verb.CONSENT_WITHDRAWN if is_back else Verb.CONSENT_ANSWERED
    given = {"giver": giver, "decision": decision, "form": ConsentForm.DIGITAL}
    # Relations of the family come with the portal; until then it answers for who may act.
    house = replace(actor, is_system=True, reason="own answer on consent")
    with amending(consent.case_id, verb, who=(), actor=house, now=now) as step:
        standing = _standing(step, consent_id)
        against = against_withdrawing if is_back else against_answering
        if reasons := against(step, standing, given):
            raise Blocked(reasons)
        return _decide(step, consent, given, decision)


@beyond_seats("record that consent is taken back")
def withdraw_consent(
    consent_id: UUID, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> ConsentDecision:
    """Record that a giver takes consent back; reading by outsiders ends with this act.

    Shape:  given: as for `answer_consent`, without `decision`; a no needs no proof.
    Errors: NotVisible, NotAllowed; Blocked when this giver did not say yes.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with _handling(consent.case_id, Verb.CONSENT_WITHDRAWN, actor=actor, now=now) as step:
        back = {**given, "decision": ConsentDecisionKind.WITHDRAWN}
        standing = _standing(step, consent_id)
        reasons = against_withdrawing(step, standing, back) or against_form(step, standing, back)
        if reasons:
            raise Blocked(reasons)
        return _decide(step, consent, back, ConsentDecisionKind.WITHDRAWN)


@beyond_seats("remind of a question for consent")
def remind_givers(consent_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Send a mail without content to carers who did not answer; at most two to each.

    Shape:  how many were reminded.
    Errors: NotVisible, NotAllowed; Blocked when nobody is left who can be reminded by mail.
    """
    consent = Consent.unscoped.get(pk=consent_id)
    with _handling(consent.case_id, Verb.CONSENT_REMINDED, actor=actor, now=now) as step:
        carers, reasons = against_reminding(step, _standing(step, consent_id))
        if reasons:
            raise Blocked(reasons)
        for carer in carers:
            ConsentReminder.unscoped.create(
                consent=consent, carer=carer, **_PLACE, **stamp(step.case, actor=actor, now=now)
            )
            notices.remind_giver(consent, carer, now=now)
    return len(carers)


def _standing(step: Step, consent_id: UUID) -> Consent:
    """The consent as the facts read it, with its answers."""
    return next(row for row in step.facts.consents if row.pk == consent_id)


def _filled(step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, with the usual for whatever was left out."""
    asking = ASKING[given["purpose"]]
    is_of_school = not (asking.is_from_district or asking.is_from_family)
    school = step.case.school.organization
    return {
        "purpose": given["purpose"],
        "shared": given.get("shared", "").strip(),
        "sender": given.get("sender") or (school if is_of_school else None),
        "recipients": list(given.get("recipients", ())),
        "recipient_name": " ".join(given.get("recipient_name", "").split()),
        "classes": [str(each) for each in given.get("classes") or asking.classes],
        "ends_on": given.get("ends_on") or step.day + timedelta(days=LONGEST_DAYS),
    }


def _words(step: Step, filled: Mapping[str, Any]) -> str:
    givers = step.facts.givers(filled["purpose"])
    sender = filled["sender"]
    return text_for(
        filled["purpose"],
        sender=sender.name if sender else "Uw gezin",
        recipients=filled["recipient_name"] or names_of(filled["recipients"]),
        to_carers=bool(givers.carers),
        to_student=STUDENT_GIVER in givers.asked,
    )


def _decide(
    step: Step, consent: Consent, given: Mapping[str, Any], decision: str
) -> ConsentDecision:
    is_student = given["giver"] == STUDENT_GIVER
    is_own = given["form"] == ConsentForm.DIGITAL
    scan = given.get("scan") if given["form"] == ConsentForm.PAPER else None
    return ConsentDecision.unscoped.create(
        consent=consent,
        carer_id=None if is_student else UUID(str(given["giver"])),
        is_student=is_student,
        decision=decision,
        decided_on=given.get("decided_on") or step.day,
        form=given["form"],
        witness=None if is_own else given.get("witness"),
        account_id=step.actor.person_id if is_own else None,
        scan=_keep(step, scan) if scan else None,
        compartment=consent.compartment,
        audience=consent.audience,
        **stamp(step.case, actor=step.actor, now=step.now),
    )


def _keep(step: Step, scan: Scan) -> ConsentScan:
    return ConsentScan.unscoped.create(
        case=step.case,
        content_type=scan.content_type,
        content=scan.content,
        sha256=sha256(scan.content).hexdigest(),
        compartment=Compartment.SHARED_PLAN,
        audience=SCAN_AUDIENCE,
        **stamp(step.case, actor=step.actor, now=step.now),
    )
