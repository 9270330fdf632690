"""Steps of the scripts from signal to VOT request, and the early endings."""

from datetime import date, timedelta

from cases.actions import agreements, closing, consents, consults, conversations, notes, signals
from cases.actions.vot_requests import ask_vot, ask_vot_at_once
from cases.enums import (
    AgreementResult,
    ConsentDecisionKind,
    ConsentForm,
    ConsentPurpose,
    ConsultOutcome,
)
from cases.models import Agreement, Consult
from cases.queries.consent import STUDENT_GIVER
from config.demo.region.paper import signed_paper
from config.demo.region.play import Play, step

NEXT_SIGNALS = (
    "Vandaag zag ik het weer, nu ook bij een andere leerkracht. {naam} zei er zelf niets over.",
    "Ouders spraken mij bij de deur aan: zij zien het thuis ook en maken zich zorgen.",
    "De overblijfkracht vertelde dat {naam} deze week drie keer alleen zat.",
)
CONTACTS = (
    ("Even gebeld: het gaat thuis iets beter, vooral in de ochtend.", "ouder"),
    ("Kort gesproken op de gang. {naam} vroeg zelf wanneer we weer praten.", "{naam}"),
    ("Afgestemd bij de koffie: we houden dezelfde aanpak nog twee weken vol.", "collega"),
)
TURNED_12_ON = -4
NEW_SCHOOL = "De Meridiaan, Delft"
SHARED = "wat er op school gebeurt, wat is geprobeerd en wat ouders daarover vertellen"


@step
def signal(one: Play, on: int) -> None:
    """The teacher notes a signal; the case opens."""
    is_heard = one.random.random() < 0.6
    noted = one.do(
        "teacher",
        signals.note_student_signal,
        one.student,
        on,
        topics=list(one.story.topics),
        observation=one.say("seen"),
        interpretation=one.say("thought"),
        strengths=one.say("good"),
        are_carers_informed=is_heard,
        not_informed_reason="" if is_heard else "Dat doe ik deze week bij het ophalen.",
        is_student_heard=is_heard,
    )
    one.case_id = noted.case_id


@step
def signal_again(one: Play, on: int) -> None:
    """A second signal joins the open case."""
    text = one.say(one.random.choice(NEXT_SIGNALS))
    one.do("ib", signals.note_student_signal, one.student, on, observation=text)


@step
def talk(one: Play, on: int) -> None:
    """The teacher speaks with parents and pupil."""
    one.do(
        "teacher",
        conversations.record_conversation,
        one.case_id,
        on,
        content=one.say("talk"),
        with_carers=True,
        with_student=True,
        held_on=one.stage.day(on),
        carers_words=one.say("carers"),
        student_words=one.say("child"),
        agreed=one.say("agreed"),
    )


@step
def not_yet(one: Play, on: int) -> None:
    """Why there was no talk yet."""
    reason = "Ouders werken deze week in wisseldienst; maandag zitten we samen."
    one.do("teacher", conversations.record_conversation, one.case_id, on, not_held_reason=reason)


@step
def note(one: Play, on: int) -> None:
    """One line about a short contact."""
    text, whom = one.random.choice(CONTACTS)
    one.do(
        "ib", notes.write_case_note, one.case_id, on, text=one.say(text), with_whom=one.say(whom)
    )


@step
def consult(one: Play, on: int, asked: str) -> None:
    """The intern begeleider puts the question to colleagues, without a name."""
    posts = [one.post(who) for who in asked.split(",")]
    one.do("ib", consults.ask_consult, one.case_id, on, question=one.say("question"), asked=posts)


@step
def answer(one: Play, on: int, who: str, outcome: str) -> None:
    """One of those asked answers."""
    consult_id = Consult.unscoped.get(case=one.case_id, outcome="").pk
    advice, judged = one.say("advice"), ConsultOutcome(outcome)
    one.do(who, consults.answer_consult, consult_id, on, advice=advice, outcome=judged)


@step
def settle(one: Play, on: int) -> None:
    """Outcome 1."""
    one.do(
        "ib",
        consults.settle_consult,
        one.case_id,
        on,
        motivation=one.say("worked"),
        are_carers_told=True,
    )


@step
def agree(one: Play, on: int, after: str, most: str = "9") -> None:
    """Outcome 2: agreements, at most so many, to be evaluated so many school days later."""
    evaluate_on = one.stage.day(on + int(after))
    rows = [
        one.doer(deed, on) | {"evaluate_on": evaluate_on} for deed in one.story.deeds[: int(most)]
    ]
    one.do(
        "ib",
        consults.reach_agreements,
        one.case_id,
        on,
        motivation="Onderling op te lossen; we weten wie wat doet.",
        agreements=rows,
    )


@step
def accept(one: Play, on: int) -> None:
    """The teacher agrees with what happens in class; others were asked in the talk."""
    for row in Agreement.unscoped.filter(case=one.case_id, accepted_on=None):
        if row.needs_acceptance:
            who = "teacher" if row.is_in_class else "ib"
            one.sign(who, agreements.accept_agreement, row.pk, on)


def _evaluate(one: Play, on: int, row: Agreement, result: AgreementResult, note: str) -> None:
    one.do(
        "ib", agreements.evaluate_agreement, row.pk, on, result=result, result_note=one.say(note)
    )


@step
def good(one: Play, on: int) -> None:
    """All agreements helped."""
    for row in Agreement.unscoped.filter(case=one.case_id, result=""):
        _evaluate(one, on, row, AgreementResult.SUFFICIENT, "worked")


@step
def fail(one: Play, on: int) -> None:
    """One agreement helped, the other did not: a VOT becomes mandatory."""
    *others, last = Agreement.unscoped.filter(case=one.case_id, result="")
    for row in others:
        _evaluate(one, on, row, AgreementResult.SUFFICIENT, "Dit ging zoals afgesproken.")
    _evaluate(one, on, last, AgreementResult.INSUFFICIENT, "failed")


@step
def done(one: Play, on: int) -> None:
    """Close after agreements that helped."""
    one.do("ib", agreements.close_after_agreements, one.case_id, on)


@step
def more(one: Play, on: int, urgent: str = "") -> None:
    """Outcome 3."""
    one.do(
        "ib",
        consults.ask_vot_after_consult,
        one.case_id,
        on,
        motivation=one.say("failed"),
        is_urgent=bool(urgent),
    )


@step
def vot_please(one: Play, on: int) -> None:
    """A VOT asked for while agreements still run."""
    reason = "De afspraken lopen nog, maar ik wil niet wachten: " + one.say("need")
    one.do("ib", ask_vot, one.case_id, on, reason=reason)


@step
def vot_now(one: Play, on: int) -> None:
    """A VOT asked for at once: complex and lasting."""
    one.do("ib", ask_vot_at_once, one.case_id, on, reason=one.say("failed"))


@step
def lapse(one: Play, on: int) -> None:
    """The signal lapsed."""
    reason = one.say("worked")
    one.do("ib", closing.close_lapsed_signal, one.case_id, on, reason=reason, are_carers_told=True)


@step
def reopen(one: Play, on: int) -> None:
    """A closed case opens again; after the summer as a new one that names the old."""
    one.case_id = one.do("ib", closing.reopen_case, one.case_id, on, reason=one.say("failed")).pk


@step
def transfer(one: Play, on: int) -> None:
    """The pupil moves to another school, with consent for the handover."""
    one.do(
        "ib",
        closing.transfer_case,
        one.case_id,
        on,
        new_school=NEW_SCHOOL,
        are_carers_told=True,
        reason="Het gezin is verhuisd.",
    )


def _turn_12(one: Play, day: date) -> None:
    born = date(day.year - 12, day.month, min(day.day, 28))
    one.student.birth_date = born
    one.student.save(update_fields=["birth_date"])


@step
def consent(one: Play, on: int, who: str, said: str = "given") -> None:
    """Consent is asked, and given or refused by everyone who must.

    `open` leaves it unanswered, `short` ends after a month, and `birthday` lets the pupil turn
    12 a few days ago, so that it must be confirmed anew (R-11.8).
    """
    if said == "birthday":
        _turn_12(one, one.stage.day(TURNED_12_ON))
    is_handover = who == "handover"
    purpose = ConsentPurpose.HANDOVER if is_handover else ConsentPurpose.DISCUSS_NAMED
    asked = one.do(
        "ib",
        consents.ask_consent,
        one.case_id,
        on,
        purpose=purpose,
        recipients=[] if is_handover else [one.post(who).person.employer],
        recipient_name=NEW_SCHOOL if is_handover else "",
        shared=SHARED,
        ends_on=one.stage.day(on) + timedelta(days=30) if said == "short" else None,
    )
    if said == "open":
        return
    givers = one.facts(on).givers(purpose)
    for place, giver in enumerate(sorted(givers.asked)):
        is_heard = giver not in givers.keys
        is_spoken = giver == STUDENT_GIVER or place > 0
        is_refused = said == "refused" and place == 0
        answer = ConsentDecisionKind.HEARD if is_heard else ConsentDecisionKind.GIVEN
        one.do(
            "ib",
            consents.answer_consent,
            asked.pk,
            on,
            giver=giver,
            decision=ConsentDecisionKind.REFUSED if is_refused else answer,
            form=ConsentForm.SPOKEN if is_spoken else ConsentForm.PAPER,
            witness=one.post("teacher").person if is_spoken else None,
            scan=None if is_spoken or is_refused else signed_paper(),
        )
    if said == "given" and not is_handover:
        one.covered.append(who)
