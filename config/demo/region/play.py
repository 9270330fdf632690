"""Plays one case: takes every step of its script through the real actions, at a moment in the past."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from cases.enums import DoerKind
from cases.models import Case, CaseLead, Meeting
from cases.queries.consent import carer_facts
from cases.queries.facts import CaseFacts
from cases.queries.loaded import load_facts
from config.demo.region.cast import DOERS, REASONS, Cast
from config.demo.region.script import Word
from config.demo.region.stories import Deed, Story, words_for
from schools.calendar import SchoolCalendar
from schools.models import Carer, Enrollment, Student
from teams.access.actor import Actor, acting_as, actor_for
from teams.models import Assignment

# Office hours begin; the last case of a day begins well before they end.
OPENS = time(8, 20)
LAST_BEGIN_MINUTES = 330
BETWEEN_MINUTES = 20


# Both have a person and a role.
Holder = Assignment | CaseLead


@dataclass
class Stage:
    """What all cases of one school share."""

    cast: Cast
    staff: dict[UUID, Assignment]
    calendar: SchoolCalendar
    today: date
    now: datetime
    facilities: dict[str, Any]
    days: dict[int, date] = field(default_factory=dict)
    actors: dict[tuple[UUID, str], Actor] = field(default_factory=dict)

    def day(self, on: int) -> date:
        """The school day this many school days from today."""
        if on not in self.days:
            self.days[on] = self.calendar.add_school_days(self.today, on)
        return self.days[on]

    def actor(self, post: Holder, day: date) -> Actor:
        """Whoever holds this post, on this day; nobody's posts change while cases are played."""
        key = (post.person_id, post.role)
        if key not in self.actors:
            self.actors[key] = actor_for(post.person, day=day, role=post.role)
        return replace(self.actors[key], day=day)


@dataclass
class Play:
    """One case being played."""

    stage: Stage
    story: Story
    enrollment: Enrollment
    random: Random
    last: datetime | None = None
    case_id: UUID | None = None
    # Short names of those for whose employer consent was given.
    covered: list[str] = field(default_factory=list)

    @property
    def student(self) -> Student:
        """The pupil."""
        return self.enrollment.student

    @property
    def case(self) -> Case:
        """The case as it stands."""
        rows = Case.unscoped.select_related("student", "school__organization")
        return rows.get(pk=self.case_id)

    def facts(self, on: int) -> CaseFacts:
        """The facts of the case on a day."""
        return load_facts(self.case, self.stage.day(on))

    def meeting(self, on: int) -> Meeting:
        """The item that is under way."""
        rows = [row for row in self.facts(on).meetings if row.state in {"CONVENED", "HELD"}]
        return rows[0]

    def say(self, text: str) -> str:
        """A text of the story, or any other, told about this pupil."""
        return self.story.texts.get(text, text).format(**words_for(self.student))

    def post(self, who: str) -> Assignment:
        """The assignment behind a short name; the teacher is the one of the pupil's group."""
        group = self.enrollment.group
        if who == "teacher" and group is not None:
            return self.stage.staff[group.organization_id]
        return self.stage.cast.post(who)

    def reason(self, who: str) -> str:
        """Why this person is really involved."""
        return self.say(REASONS[who])

    def carers(self, on: int) -> list[Carer]:
        """The carers with custody."""
        facts = carer_facts(self.student, self.stage.day(on))
        return [fact.carer for fact in facts if fact.has_custody]

    def moment(self, on: int) -> datetime:
        """A moment within office hours, later than the step before it."""
        opens = datetime.combine(self.stage.day(on), OPENS, tzinfo=self.stage.now.tzinfo)
        moment = opens + timedelta(minutes=self.random.randrange(0, LAST_BEGIN_MINUTES, 5))
        if self.last and moment <= self.last:
            moment = self.last + timedelta(minutes=BETWEEN_MINUTES)
        self.last = moment
        return moment

    def do(self, who: str, action: Callable, subject: Any, on: int, /, **given: Any) -> Any:
        """Let somebody take one action with what is given, on that day."""
        return self._act(self.post(who), action, subject, on, {"given": given})

    def sign(self, who: str | Holder, action: Callable, subject: Any, on: int, /) -> Any:
        """Let somebody take an action to which nothing is given."""
        post = self.post(who) if isinstance(who, str) else who
        return self._act(post, action, subject, on, {})

    def do_as(self, post: Holder, action: Callable, subject: Any, on: int, /, **given: Any) -> Any:
        """Let whoever holds a post, or the regie, take an action."""
        return self._act(post, action, subject, on, {"given": given})

    def _act(
        self, post: Holder, action: Callable, subject: Any, on: int, more: dict[str, Any]
    ) -> Any:
        now = self.moment(on)
        with acting_as(self.stage.actor(post, now.date())) as actor:
            return action(subject, actor=actor, now=now, **more)

    def doer(self, deed: Deed, on: int) -> dict[str, Any]:
        """The four elements of an agreement and who does it, as the actions take them."""
        return {
            **doer_of(self, deed, on),
            "what": self.say(deed.what),
            "needed": self.say(deed.needed),
            "yields": self.say(deed.yields),
            "is_in_class": deed.in_class,
            "is_agreed": True,
        }


StepFunction = Callable[..., None]
STEPS: dict[str, StepFunction] = {}


def step(function: StepFunction) -> StepFunction:
    """Make a function the step of its name in the scripts."""
    STEPS[function.__name__.rstrip("_")] = function
    return function


def play(one: Play, words: list[Word]) -> None:
    """Take all steps of a script; what the database checks at commit it checks after each case."""
    for word in words:
        STEPS[word.step](one, word.on, *word.arguments)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def doer_of(one: Play, deed: Deed, on: int) -> dict[str, Any]:
    """Who does it: a professional, the first carer with custody, or the pupil."""
    if deed.who == "leerling":
        return {"doer_kind": DoerKind.STUDENT, "has_doer": True}
    if deed.who == "ouders" and one.carers(on):
        return {"doer_kind": DoerKind.CARER, "doer_carer": one.carers(on)[0], "has_doer": True}
    who = DOERS.get(deed.who, "ib")
    return {"doer_kind": DoerKind.STAFF, "doer_person": one.post(who).person, "has_doer": True}
