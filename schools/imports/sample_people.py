"""Draws the people of a sample school: families, birth dates that fit the year, staff."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from schools.calendar import school_year_bounds, school_year_of
from schools.enums import Gender
from schools.imports.records import GroupRecord, StaffRecord, StudentRecord
from schools.imports.sample_names import NAME_SETS, NameSet

SIBLING_SHARE = 0.35
LARGEST_FAMILY = 3
MOVED_SHARE = 0.08
REPEAT_SHARE = 0.03
SECOND_NAME_SHARE = 0.4
DUO_SHARE = 0.4
LARGEST_SHIFT = 3
# Schiedam, Vlaardingen and Maassluis; the letters that would tell a street are never drawn.
POSTCODE_AREAS = (
    "3114",
    "3117",
    "3119",
    "3122",
    "3131",
    "3133",
    "3135",
    "3137",
    "3141",
    "3144",
    "3146",
)
_UNDECOMPOSED = str.maketrans("łŁıøØ", "lLioO")


@dataclass(frozen=True)
class SampleYear:
    """One year of a school.

    Units: `age` is that of a pupil in step on 1 October, `entry_age` that on entering the school.
    """

    code: str
    name: str
    age: int
    entry_age: int


@dataclass
class _Family:
    names: NameSet
    prefix: str
    last_name: str
    postcode_area: str
    years: set[str] = field(default_factory=set)
    call_names: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Draw:
    """A source of people that gives the same ones for the same seed and day."""

    random: Random
    today: date

    @property
    def _first_year(self) -> int:
        return school_year_bounds(school_year_of(self.today))[0].year

    def students(self, places: Sequence[tuple[SampleYear, str]]) -> Iterator[StudentRecord]:
        """A pupil for every place (year and group key); a third shares a family with a pupil of another year."""
        shuffled = self.random.sample(places, len(places))
        recent: deque[_Family] = deque(maxlen=12)
        for year, group_key in shuffled:
            family = self._family_for(year, recent)
            yield self._student(year, family, group_key=group_key)

    def uneven(self, pupils: int, *, parts: int) -> list[int]:
        """Pupils over the years of a school, nearly even."""
        each, rest = divmod(pupils, parts)
        counts = [each + (place < rest) for place in range(parts)]
        for place in range(parts - 1):
            shift = min(
                self.random.randint(-LARGEST_SHIFT, LARGEST_SHIFT),
                counts[place + 1] // 2,
            )
            shift = max(shift, -(counts[place] // 2))
            counts[place] += shift
            counts[place + 1] -= shift
        return counts

    def leaver(self, year: SampleYear) -> StudentRecord:
        """A pupil who left at the end of last school year out of this year."""
        student = self._student(year, self._family())
        birth_date = student.birth_date and _years_later(student.birth_date, -1)
        last_day = date(self._first_year, 7, 15)
        return replace(
            student,
            birth_date=birth_date,
            year_group="H",
            entry_date=birth_date and _years_later(birth_date, year.entry_age),
            leave_date=last_day,
        )

    def staff(
        self, groups: Sequence[GroupRecord], *, pupils: int, school_key: str
    ) -> Iterator[StaffRecord]:
        """Head, support coordinators, teachers (some in pairs), assistants and the others who make a school."""
        jobs: list[tuple[str, tuple[str, ...]]] = [
            ("DIR", ()),
            *[("IB", ())] * (1 + pupils // 300),
            ("ADM", ()),
        ]
        for place, group in enumerate(groups):
            teachers = 2 if self.random.random() < DUO_SHARE else 1
            jobs += [("LRK", (group.key,))] * teachers
            jobs += [("OWA", (group.key,))] if place % 4 == 0 else []
        jobs += [("VAK", ())] if pupils > 100 else []
        jobs += [("CON", ())] if pupils > 150 else []
        for number, (role, group_keys) in enumerate(jobs, start=1):
            yield self._staff(f"M{number:02}", role, group_keys=group_keys, school_key=school_key)

    def is_one_in(self, share: float) -> bool:
        """True for this share of the calls."""
        return self.random.random() < share

    def _family_for(self, year: SampleYear, recent: deque[_Family]) -> _Family:
        open_families = [
            family
            for family in recent
            if year.name not in family.years and len(family.years) < LARGEST_FAMILY
        ]
        if open_families and self.is_one_in(SIBLING_SHARE):
            return self.random.choice(open_families)
        family = self._family()
        recent.append(family)
        return family

    def _family(self) -> _Family:
        (names,) = self.random.choices(NAME_SETS, weights=[names.weight for names in NAME_SETS])
        prefix, last_name = self.random.choice(names.families)
        return _Family(names, prefix, last_name, self.random.choice(POSTCODE_AREAS))

    def _student(self, year: SampleYear, family: _Family, *, group_key: str = "") -> StudentRecord:
        gender = self.random.choice((Gender.GIRL, Gender.BOY))
        known = family.names.girls if gender == Gender.GIRL else family.names.boys
        call_name = self.random.choice([name for name in known if name not in family.call_names])
        given_names = (
            f"{call_name} {self.random.choice(known)}"
            if self.is_one_in(SECOND_NAME_SHARE)
            else call_name
        )
        birth_date = self._birth_date(year)
        family.years.add(year.name)
        family.call_names.add(call_name)
        return StudentRecord(
            key="",
            last_name=family.last_name,
            prefix=family.prefix,
            given_names=given_names,
            initials="".join(name[0] for name in given_names.split()),
            call_name=call_name,
            birth_date=birth_date,
            gender=gender,
            year_group=year.code,
            group_key=group_key,
            postcode_area=family.postcode_area,
            entry_date=self._entry_date(year, birth_date),
        )

    def _birth_date(self, year: SampleYear) -> date:
        born = self._first_year - year.age
        earliest = date(born - 1, 10, 2)
        latest = min(date(born, 10, 1), _years_later(self.today, -year.entry_age))
        drawn = earliest + timedelta(days=self.random.randint(0, (latest - earliest).days))
        return (
            _years_later(drawn, -1)
            if year.age > year.entry_age and self.is_one_in(REPEAT_SHARE)
            else drawn
        )

    def _entry_date(self, year: SampleYear, birth_date: date) -> date:
        """The day the pupil came of age for this school, or some later day for who moved here."""
        entry = _years_later(birth_date, year.entry_age)
        if entry < self.today and self.is_one_in(MOVED_SHARE):
            entry += timedelta(days=self.random.randint(0, (self.today - entry).days))
        return entry

    def _staff(
        self, key: str, role: str, *, group_keys: tuple[str, ...], school_key: str
    ) -> StaffRecord:
        family = self._family()
        call_name = self.random.choice(family.names.girls + family.names.boys)
        domain = re.sub(r"[^a-z0-9]+", "-", school_key.lower()).strip("-") or "school"
        address = ".".join(
            filter(None, (_ascii(call_name), _ascii(family.prefix + family.last_name)))
        )
        return StaffRecord(
            key=key,
            last_name=family.last_name,
            prefix=family.prefix,
            initials=call_name[0],
            call_name=call_name,
            email=f"{address}@{domain}.example",
            roles=(role,),
            group_keys=group_keys,
        )


def _years_later(day: date, years: int) -> date:
    # The 29th exists in every month of every year but one; the 28th is near enough for a sample.
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return re.sub(r"[^a-z]", "", decomposed.encode("ascii", "ignore").decode().lower())
