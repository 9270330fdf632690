"""A-20: every status of consent by age, custody, purpose and recipient, against table 2.6.

What is expected stands here, written from the access model; nothing of it comes from the code.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
import time_machine

from cases.models import Case, Consent, ConsentDecision
from cases.queries.facts import CaseFacts
from cases.workflow.opening import open_case
from schools.models import Carer, Custody, Student
from teams import clock
from teams.access.actor import as_system
from tests.world import AMSTERDAM, World, add_student

# Midnight: some of the pupils turn 12 or 16 at this very moment.
MIDNIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=AMSTERDAM)
TODAY = MIDNIGHT.date()
LONG_AGO = TODAY - timedelta(days=200)
BORN = {
    "11": date(2015, 6, 1),
    "12 today": date(2014, 11, 23),
    "15": date(2011, 3, 9),
    "16 today": date(2010, 11, 23),
    "18": date(2008, 3, 9),
}
YEARS = {"11": 11, "12 today": 12, "15": 15, "16 today": 16, "18": 18}
CUSTODY = ("both", "one", "none", "unknown", "guardian")
PURPOSES = "abcdefgh"
STATUSES = (
    "none",
    "draft",
    "asked",
    "one short",
    "refused",
    "given",
    "wrong",
    "expired",
    "withdrawn",
    "given before the birthday",
)
# The class of data that each purpose is asked for, and one that it was not asked for.
CLASSES = {each: "K4" if each in "de" else "K2" for each in PURPOSES}
OTHER_CLASS = {"K2": "K5", "K4": "K2"}
NAMED = "gh"


def required(years: int, custody: str, purpose: str) -> tuple[set[str], bool] | None:
    """Table 2.6: who must all say yes, and whether the pupil must be heard; none: nobody can."""
    if years >= 16:
        return {"student"}, False
    if custody in {"none", "unknown"}:
        return None
    who = {"both": {"mother", "father"}, "one": {"mother"}, "guardian": {"guardian"}}[custody]
    if years < 12:
        return who, False
    return (who | {"student"}, False) if purpose in "cde" else (who, True)


def expected(status: str, age: str, custody: str, purpose: str, *, is_own: bool) -> tuple:
    """Table 2.6: may this be shared anew, and may outsiders already in read on."""
    now = required(YEARS[age], custody, purpose)
    if status == "given before the birthday":
        before = required(YEARS[age] - 1, custody, purpose)
        if age == "11":
            is_good = is_own and now is not None
            return is_good, is_good
        # A consent lasts a year: of birthdays longer ago nothing is left.
        return False, is_own and before is not None and age in {"12 today", "16 today"}
    is_good = status == "given" and is_own and now is not None
    return is_good, is_good


@dataclass
class Family:
    """One pupil with carers as a form of custody says, and a case."""

    case: Case
    carers: dict[str, Carer]


def _family(world: World, age: str, custody: str) -> Family:
    key = f"{age} {custody}"
    student = add_student(world, key, "Pip", key, born=BORN[age])
    mother, father = world.carers[key]
    carers = {"mother": mother, "father": father, "guardian": mother}
    rows = Custody.unscoped.filter(carer=father)
    if custody in {"one", "none", "guardian"}:
        rows.update(value="NO")
    if custody == "none":
        Custody.unscoped.filter(carer=mother).update(value="NO")
    if custody == "unknown":
        rows.delete()
    if custody == "guardian":
        Carer.unscoped.filter(pk=mother.pk).update(relation="GUARDIAN")
    Student.unscoped.filter(pk=student.pk).update(birth_date=BORN[age])
    actor, school = world.actor("ib-kade"), world.schools["kade"]
    student.refresh_from_db()
    with as_system("a-20"):
        case = open_case(student=student, school=school, actor=actor, now=MIDNIGHT)
    case = Case.unscoped.select_related("student", "school__organization").get(pk=case.pk)
    return Family(case, carers)


class Rows:
    """Consents of one family in every status, collected and written at once."""

    def __init__(self, world: World, family: Family, age: str, custody: str) -> None:
        self.world, self.family, self.age, self.custody = world, family, age, custody
        self.consents: list[Consent] = []
        self.decisions: list[ConsentDecision] = []

    def add(self, status: str, purpose: str) -> None:
        """One consent in this status, marked with it."""
        if status == "none":
            return
        was = status == "given before the birthday"
        eve = _eve(self.age) if was else None
        asked = eve - timedelta(days=20) if eve else LONG_AGO
        ends = TODAY if status == "expired" else asked + timedelta(days=365)
        data_class = CLASSES[purpose]
        told = status == "wrong"
        self.consents.append(
            Consent(
                id=uuid4(),
                case=self.family.case,
                purpose=purpose,
                recipient_name="De Horizon" if purpose in NAMED else "",
                classes=[OTHER_CLASS[data_class] if told else data_class],
                shared=f"{status}/{purpose}",
                text_version="2026-1",
                asked_on=None if status == "draft" else asked,
                ends_on=ends,
                **self._stamp(),
            )
        )
        years = YEARS[self.age] - 1 if was else YEARS[self.age]
        self._answer(status, required(years, self.custody, purpose), eve or TODAY)

    def _answer(self, status: str, need: tuple[set[str], bool] | None, day: date) -> None:
        # Where nobody can give it, both carers say yes all the same.
        who, is_heard = need or ({"mother", "father"}, False)
        givers = sorted(who)
        if status in {"draft", "asked"}:
            return
        for giver in givers[1:] if status == "one short" else givers:
            self._say(giver, "VERLEEND", day)
        if is_heard:
            self._say("student", "GEHOORD", day)
        if status == "refused":
            self._say(givers[-1], "GEWEIGERD", day, minute=1)
        if status == "withdrawn":
            self._say(givers[0], "INGETROKKEN", day, minute=1)

    def _say(self, giver: str, decision: str, day: date, *, minute: int = 0) -> None:
        is_student = giver == "student"
        stamp = self._stamp()
        stamp["created_at"] += timedelta(minutes=minute)
        self.decisions.append(
            ConsentDecision(
                consent=self.consents[-1],
                carer=None if is_student else self.family.carers[giver],
                is_student=is_student,
                decision=decision,
                decided_on=day,
                form="MONDELING",
                witness=self.world.people["teacher-kade"],
                **stamp,
            )
        )

    def _stamp(self) -> dict:
        return {
            "dossier_id": self.family.case.dossier_id,
            "created_at": MIDNIGHT,
            "created_by": self.world.people["ib-kade"],
        }

    def write(self) -> None:
        """Write them, with their recipient."""
        Consent.unscoped.bulk_create(self.consents)
        through, own = Consent.recipients.through, self.world.organizations["family"]
        named = [row for row in self.consents if row.purpose not in NAMED]
        through.objects.bulk_create(
            through(consent_id=row.pk, organization_id=own.pk) for row in named
        )
        ConsentDecision.unscoped.bulk_create(self.decisions)


def _eve(age: str) -> date:
    """The day before the last birthday that changes who decides; some day for who had none yet."""
    born = BORN[age]
    last = {"12 today": 12, "15": 12, "16 today": 16, "18": 16}.get(age)
    return born.replace(year=born.year + last) - timedelta(days=1) if last else LONG_AGO


def test_a20_every_combination_reads_as_table_26_says(world, capsys):
    total, wrong = 0, []
    for age, custody in product(BORN, CUSTODY):
        family = _family(world, age, custody)
        rows = Rows(world, family, age, custody)
        for status, purpose in product(STATUSES, PURPOSES):
            rows.add(status, purpose)
        rows.write()
        facts = CaseFacts(family.case, TODAY)
        every = facts.consents
        for status, purpose, is_own in product(STATUSES, PURPOSES, (True, False)):
            facts.consents = [row for row in every if row.shared == f"{status}/{purpose}"]
            recipient = _recipient(world, purpose, is_own=is_own)
            seen = (
                facts.is_valid(purpose, recipient, CLASSES[purpose]),
                facts.covering(purpose, recipient, CLASSES[purpose]) is not None,
            )
            total += 1
            if seen != expected(status, age, custody, purpose, is_own=is_own):
                wrong.append((status, age, custody, purpose, is_own, seen))
    with capsys.disabled():
        print(f"\nA-20: {len(wrong)} wrong of {total}")
    assert wrong == [] and total >= 2_000


def _recipient(world: World, purpose: str, *, is_own: bool):
    if purpose in NAMED:
        return "De  horizon" if is_own else "De Zwaluw"
    return world.organizations["family" if is_own else "district"].pk


def test_a20_a_consent_for_one_purpose_covers_no_other(world):
    family = _family(world, "11", "both")
    rows = Rows(world, family, "11", "both")
    for purpose in PURPOSES:
        rows.add("given", purpose)
    rows.write()
    facts = CaseFacts(family.case, TODAY)
    every = facts.consents
    own = world.organizations["family"].pk
    for given, asked in product(PURPOSES, PURPOSES):
        facts.consents = [row for row in every if row.purpose == given]
        recipient = "De Horizon" if asked in NAMED else own
        assert facts.is_valid(asked, recipient, CLASSES[asked]) == (given == asked)


@pytest.mark.parametrize("age", ["12 today", "16 today"])
def test_a20_the_birthday_begins_at_midnight_and_reading_ends_30_days_later(world, age):
    family = _family(world, age, "both")
    rows = Rows(world, family, age, "both")
    rows.add("given before the birthday", "a")
    rows.write()
    own, found = world.organizations["family"].pk, {}
    for seconds in (-1, 0, 29 * 86400, 30 * 86400 - 1, 30 * 86400):
        with time_machine.travel(MIDNIGHT + timedelta(seconds=seconds), tick=False):
            facts = CaseFacts(family.case, clock.today())
        found[seconds] = (facts.is_valid("a", own), facts.covering("a", own) is not None)
    assert found == {
        -1: (True, True),
        0: (False, True),
        29 * 86400: (False, True),
        30 * 86400 - 1: (False, True),
        30 * 86400: (False, False),
    }
    # The seat itself carries that day, so it ends without anybody doing anything.
    facts = CaseFacts(family.case, TODAY - timedelta(days=1))
    assert facts.covering("a", own).until == TODAY + timedelta(days=30)
