"""Why someone does not see a case, in words, for who may ask: the school's leads."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.enums import CaseState, ConsentPurpose
from cases.queries.consent import state_of
from cases.queries.facts import CaseFacts
from cases.queries.tables import candidates
from cases.seating import chairs_of_case, table_facts
from teams.access.actor import actor_for, person_party
from teams.access.explain import Answer, Held, Obstacle, Person, WhyNot, explain
from teams.access.fence import beyond_seats
from teams.access.seat_rules import Need
from teams.enums import DossierKind, Relation
from teams.models import Recusal, User
from teams.templatetags.ui import long_day

_MISSES = {
    Relation.SCHOOL: "werkt niet op deze school",
    Relation.GROUP: "staat vandaag niet voor de groep van deze leerling",
    Relation.PARTICIPANT: "is geen deelnemer van deze casus",
    Relation.INVITED: "is niet uitgenodigd voor het VOT",
    Relation.ASKED: "is niet om advies gevraagd",
    Relation.LEAD: "heeft de regie niet",
}
_ENDED = {
    Relation.PARTICIPANT: "De plaats aan tafel liep tot {day}; na het afronden blijft die 30 dagen.",
    Relation.ASKED: "Het advies is gegeven; de vraag bleef 30 dagen leesbaar, tot {day}.",
}
_NEEDS = {
    Need.CLASS_MEASURE: "Geen maatregel van het plan noemt de klas, dus het plan ligt voor de leerkracht niet open.",
    Need.ABSENCE_GROUND: "Er is geen ongeoorloofd verzuim vastgelegd dat nog open staat.",
    Need.INVITATION: "Deze persoon is niet uitgenodigd voor een VOT of OT van deze casus.",
}
_CLASSES = {
    Need.CONSENT: "om met naam te overleggen",
    Need.CONSENT_K1: "om over het schooldossier te overleggen",
    Need.CONSENT_K2: "om over het gedeelde plan te overleggen",
}


@dataclass(frozen=True)
class WhyNotPage:
    """The people who can be asked about, and the answer about one of them."""

    people: tuple[tuple[str, str], ...]
    person: User | None = None
    opens: str = ""
    reasons: tuple[str, ...] = ()


@beyond_seats("why someone does not see a case")
def why_not_page(facts: CaseFacts, chosen: str) -> WhyNotPage:
    """Answer about one person around this case; `chosen` is the key from the list of people."""
    people = {str(user.pk): user for user in _people(facts)}
    listed = tuple((key, str(user)) for key, user in people.items())
    person = people.get(chosen)
    if person is None:
        return WhyNotPage(listed)
    answer = _answer(facts, person)
    return WhyNotPage(listed, person, _opens(answer), tuple(_words(facts, person, answer)))


def _people(facts: CaseFacts) -> list[User]:
    """Everyone around this case by post, team, question or place, by name."""
    found = {row.person.pk: row.person for row in candidates(facts, "VOT") if row.person}
    found |= {row.person_id: row.person for row in facts.participants}
    found |= {row.person_id: row.person for each in facts.consults for row in each.asked.all()}
    return sorted(found.values(), key=str)


def _answer(facts: CaseFacts, person: User) -> Answer:
    case, day = facts.case, facts.day
    roles = actor_for(person, day=day).roles
    held = tuple(Held(role, actor_for(person, day=day, role=role).parties) for role in roles)
    asked = Person(
        person_party(person.pk),
        held,
        is_active=person.is_active and not person.is_contact_only,
        is_recused=Recusal.objects.on(day).filter(person=person, dossier=case.dossier_id).exists(),
    )
    chairs = chairs_of_case(table_facts(facts))
    return explain(asked, chairs, kind=DossierKind.CASE, state=case.state, day=day)


def _opens(answer: Answer) -> str:
    return " en als ".join(role.label for role in answer.opens)


def _words(facts: CaseFacts, person: User, answer: Answer) -> list[str]:
    lines = [_line(facts, person, reason) for reason in answer.reasons]
    if answer.opens:
        role = _opens(answer)
        others = ", niet in een andere rol" if answer.reasons else ""
        lines.insert(0, f"{person} ziet deze casus wel als {role}{others}.")
    return list(dict.fromkeys(lines))


def _line(facts: CaseFacts, person: User, reason: WhyNot) -> str:
    state = CaseState(facts.case.state).label
    misses = _MISSES[reason.relation] if reason.relation else ""
    role = reason.role.label if reason.role else ""
    return {
        Obstacle.NO_ACCOUNT: f"{person} heeft geen account dat actief is.",
        Obstacle.NO_ASSIGNMENT: f"{person} heeft vandaag geen taak.",
        Obstacle.RECUSED: f"{person} kent de leerling van thuis en blijft daarom buiten deze casus.",
        Obstacle.NO_RULE: f"Wie werkt als {role} leest geen casussen.",
        Obstacle.NO_RELATION: f"{person} {misses}.",
        Obstacle.MOVED: f"{person} werkt nu ergens anders dan toen de plaats werd gegeven.",
        Obstacle.NOT_YET: f"De plaats begint op {_day(reason.until)}.",
        Obstacle.OVER: _ended(reason),
        Obstacle.STATE: f"In de stand “{state}” ligt de casus voor deze plaats niet open.",
        Obstacle.NEED: _need(facts, person, reason),
    }[reason.obstacle]


def _ended(reason: WhyNot) -> str:
    text = _ENDED.get(reason.relation, "De plaats liep tot {day}.") if reason.relation else ""
    return text.format(day=_day(reason.until))


def _day(day: date | None) -> str:
    return long_day(day) if day else ""


def _need(facts: CaseFacts, person: User, reason: WhyNot) -> str:
    if reason.need not in _CLASSES:
        return _NEEDS[reason.need] if reason.need else ""
    employer = person.employer
    asked = _CLASSES[reason.need]
    states = [
        state_of(consent, facts.family).label
        for consent in facts.consents
        if consent.purpose == ConsentPurpose.DISCUSS_NAMED and _is_for(consent, person.employer_id)
    ]
    stands = f"De toestemming staat op “{states[0]}”." if states else "Die is nooit gevraagd."
    return f"Er is geen geldige toestemming {asked} met {employer}. {stands}"


def _is_for(consent, employer_id: UUID | None) -> bool:
    return employer_id in {row.pk for row in consent.recipients.all()}
