"""The consult page: for the asked professional the question and nothing that identifies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.enums import ConsultOutcome
from cases.models import Case, Consult, ConsultAsked
from cases.queries.facts import CaseFacts
from cases.queries.loaded import facts_of_case
from schools.models import Student
from teams.access.actor import Actor
from teams.components import Fact
from teams.enums import SCHOOL_ROLES
from teams.models import User
from teams.templatetags.ui import long_day

# Ages are told in bands, so that a question cannot be traced to one pupil.
_BANDS = ((4, "jonger dan 4 jaar"), (6, "4 of 5 jaar"), (9, "6 tot en met 8 jaar"),
          (12, "9 tot en met 11 jaar"), (15, "12 tot en met 14 jaar"), (18, "15 tot en met 17 jaar"))  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What one of those asked said, or that nothing was said yet."""

    name: str
    role: str
    advice: str
    outcome: str


@dataclass(frozen=True)
class ConsultPage:
    """A consult for one reader; `case_url` only for who may open the case."""

    title: str
    question: str
    facts: tuple[Fact, ...]
    answers: tuple[Answer, ...]
    own: ConsultAsked | None
    is_open: bool
    knows_name: bool
    case_url: str


def age_band(student: Student, day: date) -> str:
    """The age in a band of three years. Shape: "onbekend" without a birth date."""
    age = student.age_on(day)
    if age is None:
        return "onbekend"
    return next((label for limit, label in _BANDS if age < limit), "18 jaar of ouder")


def consult_page(consult_id: UUID, *, actor: Actor, day: date) -> ConsultPage:
    """Build the page of one consult. Errors: Consult.DoesNotExist when it does not lie open.

    Source: access.md 2.6: question, age band and school type; a name only after consent, and
    for as long as it holds.
    """
    consult = Consult.objects.select_related("created_by").get(pk=consult_id)
    asked = list(ConsultAsked.objects.filter(consult=consult).select_related("person"))
    may_open = Case.objects.filter(pk=consult.case_id).exists()
    facts = facts_of_case(consult.case_id, day)
    is_own = actor.role in SCHOOL_ROLES
    knows_name = consult.is_named or may_open if is_own else _is_covered(facts, actor)
    return ConsultPage(
        title="Vraag van een collega",
        question=consult.question,
        facts=tuple(_told(consult, facts, knows_name=knows_name)),
        answers=tuple(
            _answer(row)
            for row in asked
            # Without a name: the question and one's own words, for others may know more.
            if row.answered_at and (is_own or knows_name or row.person_id == actor.person_id)
        ),
        own=next((row for row in asked if row.person_id == actor.person_id), None),
        is_open=not consult.outcome,
        knows_name=knows_name,
        case_url=reverse("case", kwargs={"case_id": consult.case_id}) if may_open else "",
    )


def _is_covered(facts: CaseFacts, actor: Actor) -> bool:
    employers = User.objects.filter(pk=actor.person_id).values_list("employer", flat=True)
    return any(facts.names_pupil_to(employer) for employer in employers)


def _told(consult: Consult, facts: CaseFacts, *, knows_name: bool) -> Iterator[Fact]:
    student, school = facts.case.student, facts.case.school
    if knows_name:
        yield Fact("Over", student.full_name)
    yield Fact("Leeftijd", age_band(student, facts.day))
    yield Fact("Soort school", school.get_school_type_display())
    yield Fact("Gevraagd op", long_day(consult.asked_on))
    if consult.created_by:
        url = reverse("person", kwargs={"person_id": consult.created_by_id})
        yield Fact("Vraag van", str(consult.created_by), url)


def _answer(row: ConsultAsked) -> Answer:
    outcome = ConsultOutcome(row.outcome).label if row.outcome else ""
    return Answer(str(row.person), row.get_role_display(), row.advice, outcome)
