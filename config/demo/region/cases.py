"""Plays all cases of the region, each with a pupil whom its story fits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

# The steps register themselves by being imported.
from config.demo.region import steps_early, steps_meetings, steps_plans  # noqa: F401
from config.demo.region.build import Region
from config.demo.region.cast import casts, group_staff
from config.demo.region.people import teaches
from config.demo.region.play import Play, Stage, play
from config.demo.region.roster import CASES, CasePlan
from config.demo.region.script import Word, read
from config.demo.region.stories import Story, stories
from schools.enums import CustodyValue
from schools.models import Custody, Enrollment
from teams.access.actor import as_system

# Steps that only families with known and confirmed custody can take.
FAMILY_STEPS = frozenset({"consent", "lay"})
SETTLED_IN_DAYS = 14


@dataclass(frozen=True)
class Part:
    """One case to play, read: its words begin on `begins`."""

    number: int
    plan: CasePlan
    words: list[Word]

    @property
    def begins(self) -> int:
        """The school day of the first step."""
        return self.words[0].on


class Pupils:
    """Hands out a pupil for each case, every pupil once."""

    def __init__(self) -> None:
        self.free: dict[UUID, list[Enrollment]] = defaultdict(list)
        rows = Enrollment.unscoped.filter(until=None).select_related(
            "student__residence", "school__organization", "group__organization"
        )
        for row in rows.order_by("key"):
            self.free[row.school_id].append(row)
        self.unclear = set(
            Custody.unscoped.exclude(value=CustodyValue.NO, confirmed_at__isnull=False)
            .exclude(value=CustodyValue.YES, confirmed_at__isnull=False)
            .values_list("carer__student", flat=True)
        )
        held = Custody.unscoped.filter(value=CustodyValue.YES)
        self.has_custodian = set(held.values_list("carer__student", flat=True))

    def take(self, part: Part, story: Story, *, school_id: UUID, since: datetime) -> Enrollment:
        """A pupil of the year and age, enrolled by then, with clear custody where it matters."""
        needs_family = any(word.step in FAMILY_STEPS for word in part.words)
        settled = since.date() - timedelta(days=SETTLED_IN_DAYS)
        rows = [
            row
            for row in self.free[school_id]
            if row.group is not None and (not needs_family or self.is_clear(row))
            if not names_pupil(story.texts["question"], row)
        ]

        def distance(row: Enrollment) -> tuple[bool, bool, int]:
            """How badly a pupil fits: enrolled too late, another year, another age."""
            age = row.student.age_on(since.date()) or 0
            youngest, oldest = story.ages
            off = max(youngest - age, age - oldest, 0)
            is_in = row.group is not None and teaches(row.group, part.plan.year)
            return row.since > settled, not is_in, off

        found = min(rows, key=distance)
        self.free[school_id].remove(found)
        return found

    def is_clear(self, row: Enrollment) -> bool:
        """Whether all custody is known and confirmed, and somebody has it."""
        return row.student_id in self.has_custodian and row.student_id not in self.unclear


def names_pupil(text: str, row: Enrollment) -> bool:
    """Whether a question without a name would happen to hold the pupil's."""
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    names = f"{row.student.first_name} {row.student.last_name}".lower().split()
    return bool(words & set(names))


def play_cases(region: Region, *, plans: Iterable[CasePlan] = CASES) -> list[Play]:
    """Play the cases in the order in which they began, so that their numbers follow.

    Shape: one play per case, in that order.
    """
    stages = _stages(region)
    parts = [Part(number, plan, read(plan.script)) for number, plan in enumerate(plans)]
    pupils, told, played = Pupils(), stories(), []
    for part in sorted(parts, key=lambda part: part.begins):
        stage, story = stages[part.plan.school], told[part.plan.story]
        since = datetime.combine(stage.day(part.begins), region.now.timetz())
        school = region.schools[part.plan.school]
        enrollment = pupils.take(part, story, school_id=school.pk, since=since)
        one = Play(stage, story, enrollment, Random(part.number))
        with as_system("demo region"):
            play(one, part.words)
        played.append(one)
    return played


def _stages(region: Region) -> dict[str, Stage]:
    faces, staff = casts(region.schools), group_staff()
    return {
        key: Stage(
            cast=faces[key],
            staff=staff,
            calendar=region.calendars[key],
            today=region.now.date(),
            now=region.now,
            facilities=region.facilities,
        )
        for key in region.schools
    }
