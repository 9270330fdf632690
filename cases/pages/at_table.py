"""Who sits at the table of a case, as faces: family first, each with role and ground."""

from uuid import UUID

from django.urls import reverse

from cases.enums import MeetingKind
from cases.queries.consent import CarerFact
from cases.queries.faces import post_holders
from cases.queries.facts import CaseFacts
from cases.workflow.steps import Step
from schools.enums import CustodyValue
from teams.access.decide import opens
from teams.components import Face
from teams.enums import SCHOOL_ROLES, Compartment, Relation, Role
from teams.models import User
from teams.templatetags.ui import short_day

_CUSTODY = {
    CustodyValue.YES: "gezag",
    CustodyValue.NO: "zonder gezag",
    CustodyValue.UNKNOWN: "gezag nog niet bekend",
}


def faces_of(step: Step) -> tuple[Face, ...]:
    """Give the family and everyone who works on this case, each person once.

    The carers are for who reads the pupil at school or the shared plan, which invites them.
    """
    facts = step.facts
    found = [_carer(each) for each in facts.carers] if _knows_the_carers(step) else []
    found.append(_student(facts))
    seen: set[UUID] = set()
    for person, line in _people(facts):
        if person.pk not in seen:
            seen.add(person.pk)
            url = reverse("person", kwargs={"person_id": person.pk})
            found.append(Face(str(person), line, url))
    return tuple(found)


def _knows_the_carers(step: Step) -> bool:
    if step.facts.relations_of(step.actor) & {Relation.GROUP, Relation.SCHOOL}:
        return True
    return opens(step.case.dossier_id, Compartment.SHARED_PLAN, actor=step.actor)


def _carer(fact: CarerFact) -> Face:
    line = f"{fact.carer.get_relation_display()}, {_CUSTODY[fact.value]}"
    if fact.carer.language not in ("", "Nederlands"):
        line += f", spreekt {fact.carer.language}"
    return Face(fact.carer.full_name, line, is_family=True)


def _student(facts: CaseFacts) -> Face:
    age = f"{facts.age} jaar" if facts.age is not None else "leeftijd onbekend"
    meeting = facts.draft_table(MeetingKind.OT) or facts.meeting(MeetingKind.OT)
    choice = meeting.student_choice if meeting else ""
    line = f"{age}, {choice}" if choice else age
    return Face(facts.case.student.first_name, line, is_family=True)


def _people(facts: CaseFacts) -> list[tuple[User, str]]:
    lead = facts.lead
    found: list[tuple[User, str]] = []
    if lead:
        since = short_day(lead.accepted_on or lead.offered_on)
        line = f"{lead.get_role_display()}, regie sinds {since}"
        found.append((lead.person, line))
    for holder in post_holders(facts):
        line = holder.role.label
        if holder.role == Role.HEAD:
            line += ", eindverantwoordelijk"
        found.append((holder.person, line))
    for row in facts.participants:
        if row.until is None or row.until > facts.day:
            line = f"{row.get_role_display()}, {_ground(facts, row.role, row.person)}"
            found.append((row.person, line))
    if consult := facts.open_consult:
        named = "met naam" if consult.is_named else "zonder naam"
        found += [
            (row.person, f"{row.get_role_display()}, om advies gevraagd {named}")
            for row in consult.asked.all()
        ]
    return found


def _ground(facts: CaseFacts, role: str, person: User) -> str:
    if role in SCHOOL_ROLES:
        return "werkt op school"
    return "met toestemming" if facts.is_covered(person.employer_id) else "toestemming ontbreekt"
