"""Guards of signal, consult and agreements (T-02 to T-10)."""

from cases.enums import AgreementResult, ConsultOutcome
from cases.models import Case
from cases.models.agreement import FOUR_ELEMENTS
from cases.workflow.names import identifying
from cases.workflow.steps import Step
from teams.access.errors import Reason
from teams.access.seat_rules import ASKED_ROLES
from teams.enums import SCHOOL_ROLES, Compartment, Role

MAX_AGREEMENT_WEEKS = 8
COORDINATOR = "De intern begeleider kan dat vastleggen."
ELEMENT_WORDS = {
    "what": "doet wat",
    "needed": "wat is daarvoor nodig",
    "yields": "wat moet het opleveren",
}


def talk_or_reason_is_recorded(step: Step) -> Reason | None:
    """T-04: a talk with parents and pupil, or why there was none yet."""
    if step.facts.conversations:
        return None
    return Reason(
        "Er is nog geen gesprek met ouders of leerling vastgelegd, en ook geen reden waarom niet.",
        "De leerkracht of de intern begeleider kan dat doen.",
        "talk_or_reason_is_recorded",
        f"/casussen/{step.case.pk}/stap/T-02/",
    )


def question_is_asked_of_someone(step: Step) -> Reason | None:
    """T-04: O6 holds a question and who is asked, and being asked gives each of them a place."""
    if not (step.get("question", "").strip() and step.get("asked")):
        text = "Schrijf de vraag op en kies aan wie u die stelt."
        return Reason(text, "", "question_is_asked_of_someone")
    for row in step.get("asked"):
        if row.role not in ASKED_ROLES | SCHOOL_ROLES:
            text = f"Een {Role(row.role).label} denkt pas mee aan een VOT of OT."
            return Reason(text, "Kies een andere collega.", "question_is_asked_of_someone")
    return None


def question_names_nobody_without_consent(step: Step) -> Reason | None:
    """T-04, R-6.6: outsiders get the question without a name unless consent covers them."""
    outsiders = [row for row in step.get("asked", ()) if row.role not in SCHOOL_ROLES]
    if not outsiders:
        return None
    if step.get("is_named"):
        uncovered = [
            row.person
            for row in outsiders
            if not step.facts.is_covered(row.person.employer_id, Compartment.SCHOOL_FILE)
        ]
        if not uncovered:
            return None
        return Reason(
            f"Er is geen toestemming om met naam te overleggen met {uncovered[0]}.",
            "Stel de vraag zonder naam, of vraag eerst toestemming.",
            "question_names_nobody_without_consent",
            f"/casussen/{step.case.pk}/toestemming/",
        )
    if named := identifying(step.get("question", ""), step.facts):
        return Reason(
            f"In de vraag staat waaraan de leerling te herkennen is: {', '.join(named)}.",
            "Schrijf bijvoorbeeld “deze leerling” of “vader”: u stelt de vraag zonder naam.",
            "question_names_nobody_without_consent",
        )
    return None


def consult_is_open(step: Step) -> Reason | None:
    """T-05 to T-07: there is a consult whose outcome is open."""
    if step.facts.open_consult:
        return None
    return Reason("Er loopt geen consult.", COORDINATOR, "consult_is_open")


def outcome_is_motivated(step: Step) -> Reason | None:
    """T-05, T-07: an outcome carries its motivation."""
    if step.get("motivation", "").strip():
        return None
    return Reason("Schrijf op waarom dit de uitkomst is.", "", "outcome_is_motivated")


def highest_outcome_wins(step: Step) -> Reason | None:
    """C-33: when consult partners differ, 3 goes before 2 and 2 before 1."""
    consult = step.facts.open_consult
    if consult is None:
        return None
    given = [row.outcome for row in consult.asked.all() if row.outcome]
    highest = max(given, default="")
    if highest <= step.get("outcome", ""):
        return None
    label = ConsultOutcome(highest).label
    return Reason(
        f"Een collega kwam uit op “{label}”. De hoogste uitkomst telt.",
        "Kies die uitkomst; wie het er niet mee eens is, schrijft dat erbij.",
        "highest_outcome_wins",
    )


def carers_are_told(step: Step) -> Reason | None:
    """T-03, T-05: parents were told before the case ends."""
    if step.get("are_carers_told"):
        return None
    return Reason(
        "Ouders zijn nog niet op de hoogte gebracht.",
        "De leerkracht of de intern begeleider vertelt het hun.",
        "carers_are_told",
    )


def agreements_are_complete(step: Step) -> Reason | None:
    """T-06: at least one agreement, each with all four elements (S-03)."""
    rows = step.get("agreements", ())
    if not rows:
        return Reason(
            "Er staat nog geen afspraak.", "Voeg er minstens één toe.", "agreements_are_complete"
        )
    for number, row in enumerate(rows, start=1):
        missing = [ELEMENT_WORDS[name] for name in FOUR_ELEMENTS if not row.get(name, "").strip()]
        if not row.get("has_doer"):
            missing.insert(0, "wie")
        if missing:
            return Reason(
                f"Bij afspraak {number} ontbreekt “{missing[0]}”.",
                "Wie bij het consult was kan dat aanvullen.",
                "agreements_are_complete",
            )
    return None


def evaluation_is_within_term(step: Step) -> Reason | None:
    """T-06: each evaluation date lies ahead and within eight school weeks [P]."""
    last = step.facts.in_school_weeks(MAX_AGREEMENT_WEEKS)
    for number, row in enumerate(step.get("agreements", ()), start=1):
        day = row.get("evaluate_on")
        if day is None or not step.day < day <= last:
            return Reason(
                f"Kies bij afspraak {number} een evaluatiedatum na vandaag en uiterlijk {last:%d-%m-%Y}.",
                "Dat is acht schoolweken.",
                "evaluation_is_within_term",
            )
    return None


def agreements_are_sufficient(step: Step) -> Reason | None:
    """T-08: every agreement was evaluated voldoende."""
    rows = step.facts.consult_agreements
    waiting = [row for row in rows if row.result != AgreementResult.SUFFICIENT]
    if rows and not waiting:
        return None
    return Reason(
        f"{len(waiting)} van de {len(rows)} afspraken is nog niet als voldoende geëvalueerd.",
        "De intern begeleider of wie de afspraak uitvoert kan evalueren.",
        "agreements_are_sufficient",
    )


def grounds_are_named(step: Step) -> Reason | None:
    """T-07, T-09, T-10: why a VOT is asked."""
    if step.get("reason", "").strip():
        return None
    return Reason("Schrijf op waarom een VOT nodig is.", "", "grounds_are_named")


def reason_is_given(step: Step) -> Reason | None:
    """A step that asks for a reason gets one."""
    if step.get("reason", "").strip():
        return None
    return Reason("Schrijf de reden op.", "", "reason_is_given")


def talk_is_content_or_reason(step: Step) -> Reason | None:
    """T-02: what was said, or why there was no talk yet."""
    content = step.get("content", "").strip() and (
        step.get("with_carers") or step.get("with_student")
    )
    if content or step.get("not_held_reason", "").strip():
        return None
    return Reason(
        "Schrijf op met wie u sprak en waarover, of waarom er nog geen gesprek was.",
        "",
        "talk_is_content_or_reason",
    )


def no_other_case_is_open(step: Step) -> Reason | None:
    """T-32, I1: a pupil has one open case at a school; a new signal joins that one."""
    others = Case.unscoped.open().filter(student=step.case.student_id, school=step.case.school_id)
    if not others.exclude(pk=step.case.pk).exists():
        return None
    return Reason(
        "Er is al een andere casus open voor deze leerling.",
        "Noteer het signaal daar.",
        "no_other_case_is_open",
    )
