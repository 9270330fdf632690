"""Why I see this, who else can, and why someone does not: one rule table, asked both ways."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Participant
from cases.pages.viewers import viewers_of
from cases.pages.why_not import why_not_page
from cases.queries.facts import CaseFacts
from cases.seating import reseat
from teams.access.actor import acting_as
from teams.access.explain import Held, Obstacle, Person, explain
from teams.access.seat_rules import Need
from teams.access.seating import Chair, Proof
from teams.enums import DossierKind, Relation, Role
from teams.models import Assignment, Recusal
from tests.cases.late_ladder import DAY, consented, ot_case
from tests.world import NOW

LATER = NOW + 4 * DAY
ME = Held(Role.FAMILY_SPECIALIST, ("person:me", "person:me@home"))
PLACE = Chair(
    "person:me@home",
    Role.FAMILY_SPECIALIST,
    Relation.PARTICIPANT,
    NOW.date(),
    meets={Need.CONSENT: Proof(), Need.CONSENT_K2: Proof()},
)


# Omar was asked a question without a name, a few days ago.
SEATED = {"Ib Kade", "Head Kade", "Teacher Kade", "Family Sanne", "Education Omar"}
NOBODY_ELSE = Person("person:me", (ME,))


def _why(*chairs: Chair, person: Person = NOBODY_ELSE, state: str = "OT"):
    day = NOW.date()
    return explain(person, chairs, kind=DossierKind.CASE, state=state, day=day)


def _obstacles(*chairs: Chair, **more) -> set[str]:
    """What stands in the way of the place at the table."""
    reasons = _why(*chairs, **more).reasons
    return {row.obstacle for row in reasons if row.relation in (None, Relation.PARTICIPANT)}


def test_who_sits_needs_no_reason():
    answer = _why(PLACE)
    assert (answer.opens, answer.reasons) == ((Role.FAMILY_SPECIALIST,), ())


@pytest.mark.parametrize(
    ("person", "obstacle"),
    [
        (Person("person:me", (ME,), is_active=False), Obstacle.NO_ACCOUNT),
        (Person("person:me", (ME,), is_recused=True), Obstacle.RECUSED),
        (Person("person:me", ()), Obstacle.NO_ASSIGNMENT),
        (Person("person:me", (Held(Role.APPLICATION_ADMIN, ("person:me",)),)), Obstacle.NO_RULE),
        (Person("person:me", (Held(ME.role, ("person:me@away",)),)), Obstacle.MOVED),
    ],
)
def test_each_reason_of_the_person_has_a_name(person, obstacle):
    assert _obstacles(PLACE, person=person) == {obstacle}


@pytest.mark.parametrize(
    ("chair", "state", "obstacle"),
    [
        (replace(PLACE, until=NOW.date()), "OT", Obstacle.OVER),
        (replace(PLACE, since=NOW.date() + timedelta(1)), "OT", Obstacle.NOT_YET),
        (replace(PLACE, meets={}), "OT", Obstacle.NEED),
        (PLACE, "SIGNALING", Obstacle.STATE),
    ],
)
def test_each_reason_of_the_place_has_a_name(chair, state, obstacle):
    assert obstacle in _obstacles(chair, state=state)


def test_in_another_role_the_place_opens_and_that_is_told():
    both = Person("person:me", (ME, Held(Role.TEACHER, ("person:me",))))
    answer = _why(PLACE, person=both)
    assert answer.opens == (Role.FAMILY_SPECIALIST,)
    assert {row.role for row in answer.reasons} == {Role.TEACHER}


@pytest.fixture
def case(world):
    case = ot_case(world)
    consented(world, case, "family", now=LATER)
    Participant.unscoped.create(
        case=case,
        person=world.people["family-sanne"],
        role=Role.FAMILY_SPECIALIST,
        reason="kent het gezin",
        since=NOW.date(),
        dossier=case.dossier,
        created_at=NOW,
    )
    reseat(case, day=LATER.date())
    return case


def _viewers(world, case, key="ib-kade"):
    actor = world.actor(key, now=LATER)
    with acting_as(actor):
        return viewers_of(case, actor=actor, now=LATER)


def test_every_viewer_is_told_with_ground_and_time_and_the_reader_first(world, case):
    rows = _viewers(world, case)
    assert rows[0].is_reader and rows[0].name == "Ib Kade"
    told = {row.name: " ".join(row.sentences) for row in rows}
    assert set(told) == SEATED
    assert "leest alles van deze casus: de school draagt zorg voor deze leerling" in told["Ib Kade"]
    assert "Staat als leerkracht voor groep 5A" in told["Teacher Kade"]
    assert {row.who for row in rows if row.name == "Teacher Kade"} == {"leerkracht van groep 5A"}
    sanne = told["Family Sanne"]
    assert "Zit als gezinsspecialist aan tafel en leest de kop" in sanne
    assert "er is toestemming om met naam te overleggen" in sanne
    assert "Sinds maandag 23 november 2026, tot" in sanne


def test_who_lost_the_post_or_stays_away_is_not_among_them(world, case):
    Assignment.objects.filter(person=world.people["head-kade"]).update(until=date(2026, 11, 1))
    teacher = world.people["teacher-kade"]
    Recusal.objects.create(person=teacher, dossier=case.dossier, since=NOW.date())
    assert {row.name for row in _viewers(world, case)} == SEATED - {"Head Kade", "Teacher Kade"}


def test_a_deputy_looks_on_behalf_of_someone(world, case):
    Assignment.objects.filter(person=world.people["head-kade"]).update(
        deputy=world.people["head-werf"], deputy_since=NOW.date(), deputy_until=LATER.date() + DAY
    )
    told = {row.name: row.who for row in _viewers(world, case)}
    assert told["Head Werf"] == "directeur van De Kade, namens Head Kade"


def _asked(world, case, key: str) -> list[str]:
    chosen = str(world.people[key].pk)
    with acting_as(world.actor("ib-kade", now=LATER)):
        return list(why_not_page(CaseFacts(case, LATER.date()), chosen).reasons)


def test_why_not_says_in_words_what_is_missing(world, case):
    assert "Education Omar is geen deelnemer van deze casus." in _asked(
        world, case, "education-omar"
    )
    Participant.unscoped.create(
        case=case,
        person=world.people["education-omar"],
        role=Role.EDUCATION_SPECIALIST,
        reason="x",
        since=NOW.date(),
        dossier=case.dossier,
        created_at=NOW,
    )
    lines = _asked(world, case, "education-omar")
    assert any(
        "Er is geen geldige toestemming" in line and "nooit gevraagd" in line for line in lines
    )
    assert _asked(world, case, "family-sanne")[0] == (
        "Family Sanne ziet deze casus wel als gezinsspecialist."
    )


def test_the_page_shows_both_and_only_leads_may_ask_why_not(world, case, client):
    url = reverse("viewers", args=[case.pk]) + f"?wie={world.people['education-omar'].pk}"
    with time_machine.travel(LATER, tick=False):
        for key, may_ask in (("ib-kade", True), ("head-kade", True), ("teacher-kade", False)):
            client.force_login(
                world.people[key], backend="django.contrib.auth.backends.ModelBackend"
            )
            text = client.get(url).content.decode()
            assert "Waarom ziet u dit?" in text
            assert ("is geen deelnemer van deze casus" in text) == may_ask
