"""The first rungs of the ladder: a case as far as its early states, through the real actions."""

from datetime import date, datetime, timedelta

from cases.actions import consults, conversations, signals
from cases.enums import DoerKind
from cases.models import Case, Consult
from teams.access.actor import acting_as
from teams.models import Assignment
from tests.world import NOW, World


def signaling_case(
    world: World, *, student: str = "noor", by: str = "teacher-kade", now: datetime = NOW
) -> Case:
    """A pupil with one signal and a talk with parents."""
    actor = world.actor(by, now=now)
    with acting_as(actor):
        signal = signals.note_student_signal(
            world.students[student],
            given={"observation": "Bleef vanochtend lang bij de deur staan."},
            actor=actor,
            now=now,
        )
        talk = {"content": "Slaapt slecht sinds de vakantie.", "with_carers": True}
        return conversations.record_conversation(signal.case_id, given=talk, actor=actor, now=now)


def assignment_of(world: World, key: str) -> Assignment:
    """The one assignment of a person."""
    return Assignment.objects.get(person=world.people[key])


def consulting_case(
    world: World, *, asked: str = "education-omar", now: datetime = NOW, **more
) -> Case:
    """A question without a name lies with one colleague."""
    case = signaling_case(world, now=now)
    actor = world.actor("ib-kade", now=now)
    given = {
        "question": "Hoe helpen we een kind dat niet naar binnen durft?",
        "asked": [assignment_of(world, asked)],
        **more,
    }
    with acting_as(actor):
        return consults.ask_consult(case.pk, given=given, actor=actor, now=now)


def agreement_of(world: World, *, on: date | None = None, **more) -> dict:
    """What a form gives for one agreement; `more` changes it."""
    return {
        "has_doer": True,
        "doer_kind": DoerKind.STAFF,
        "doer_person": world.people["ib-kade"],
        "what": "vangt op bij de deur",
        "needed": "tien minuten eerder op school",
        "yields": "binnen vijf minuten in de klas",
        "evaluate_on": on or NOW.date() + timedelta(days=28),
        **more,
    }


def agreements_case(world: World, *rows: dict, now: datetime = NOW) -> Case:
    """Outcome 2: agreements run."""
    case = consulting_case(world, now=now)
    actor = world.actor("ib-kade", now=now)
    given = {"agreements": list(rows) or [agreement_of(world)]}
    with acting_as(actor):
        return consults.reach_agreements(case.pk, given=given, actor=actor, now=now)


def open_consult(case: Case) -> Consult:
    """The consult whose outcome is open."""
    return Consult.unscoped.get(case=case, outcome="")
