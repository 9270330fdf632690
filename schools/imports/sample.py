"""Makes believable schools for demonstration and tests: nobody in them exists.

The same key, seed and day give the same school. No citizen numbers, no addresses, mail addresses that lead nowhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import blake2b
from random import Random
from typing import BinaryIO

from schools.calendar import school_year_of
from schools.imports.edexml_writer import write_records
from schools.imports.records import (
    CombinedGroupRecord,
    EdexmlFile,
    GroupRecord,
    SchoolHeader,
    StudentRecord,
)
from schools.imports.sample_people import Draw, SampleYear

SMALLEST_YEAR = 14
LEAVER_SHARE = 0.02
SMALLEST_SCHOOL_WITH_LEAVERS = 10
SMALLEST_SCHOOL_WITH_PLUS_CLASS = 40
PLUS_SHARE = 0.06
PLUS_CLASS = CombinedGroupRecord(key="SG1", name="Plusklas")
PLUS_YEARS = frozenset("5678")


class SampleLevel(StrEnum):
    """Kind of school a sample can be."""

    PRIMARY = "po"
    SPECIAL_PRIMARY = "sbo"
    SECONDARY = "vo"
    PLAYGROUP = "voorschool"


LARGEST_GROUPS = {
    SampleLevel.PRIMARY: 31,
    SampleLevel.SPECIAL_PRIMARY: 16,
    SampleLevel.SECONDARY: 31,
    SampleLevel.PLAYGROUP: 16,
}
YEARS = {
    SampleLevel.PRIMARY: tuple(
        SampleYear(str(year), str(year), year + 3, 4) for year in range(1, 9)
    ),
    SampleLevel.SPECIAL_PRIMARY: tuple(
        SampleYear("S", f"S{year}", year + 5, 6) for year in range(1, 7)
    ),
    SampleLevel.SECONDARY: tuple(
        SampleYear(str(year + 10), f"VO {year}", year + 11, 12) for year in range(1, 6)
    ),
    SampleLevel.PLAYGROUP: (SampleYear("0", "Peuters", 2, 2),),
}


def write_edexml(
    stream: BinaryIO,
    *,
    school_key: str,
    brin: str,
    pupils: int,
    today: date,
    seed: int = 1,
) -> None:
    """Write a valid EDEXML 2.1 file of a believable primary school, in the school year of today.

    Units:  `pupils` is the number of pupils in the file, leavers included.
    Errors: ValueError when no pupils are asked for.
    """
    write_records(
        stream,
        sample_school(school_key=school_key, brin=brin, pupils=pupils, today=today, seed=seed),
    )


def sample_school(
    *,
    school_key: str,
    brin: str,
    pupils: int,
    today: date,
    seed: int = 1,
    level: SampleLevel = SampleLevel.PRIMARY,
) -> EdexmlFile:
    """A believable school as records: groups of real size, families, a plus class, leavers, staff.

    Units:  `pupils` is the number of pupils, leavers included.
    Errors: ValueError when no pupils are asked for.
    """
    if pupils < 1:
        raise ValueError("a school needs at least one pupil")
    # The key is part of the seed, so that two schools of one region differ.
    draw = Draw(Random(f"{school_key}/{seed}"), today)  # noqa: S311
    leavers = max(1, round(pupils * LEAVER_SHARE)) if pupils >= SMALLEST_SCHOOL_WITH_LEAVERS else 0
    years = YEARS[level]
    per_year = _spread(draw.uneven(pupils - leavers, parts=len(years)), years)
    groups, places = _groups(_units(per_year, level=level), largest=LARGEST_GROUPS[level])
    students = [
        *draw.students(places),
        *(draw.leaver(years[-1]) for _ in range(leavers)),
    ]
    has_plus_class = level == SampleLevel.PRIMARY and pupils >= SMALLEST_SCHOOL_WITH_PLUS_CLASS
    if has_plus_class:
        students = list(_with_plus_class(students, draw))
    return EdexmlFile(
        school=_header(school_key, brin=brin, today=today),
        groups=tuple(groups),
        combined_groups=(PLUS_CLASS,) if has_plus_class else (),
        students=tuple(_numbered(students, prefix=_key_prefix(school_key, seed, pupils, today))),
        staff=tuple(draw.staff(groups, pupils=pupils, school_key=school_key)),
    )


def _header(school_key: str, *, brin: str, today: date) -> SchoolHeader:
    return SchoolHeader(
        school_year=school_year_of(today),
        reference_date=today,
        brin=brin,
        school_key=school_key,
        created_at=datetime.combine(today, time(7)),
        author="Voorbeeldschool",
        version="2.1",
    )


def _spread(counts: Iterable[int], years: Iterable[SampleYear]) -> list[list[SampleYear]]:
    """For each year as many times that year as it has pupils."""
    return [[year] * count for count, year in zip(counts, years, strict=True)]


def _units(per_year: list[list[SampleYear]], *, level: SampleLevel) -> Iterator[list[SampleYear]]:
    """Years that are taught together: groups 1/2 always, other years in pairs in a small school."""
    if level == SampleLevel.PRIMARY:
        yield per_year[0] + per_year[1]
        per_year = per_year[2:]
    if sum(map(len, per_year)) >= SMALLEST_YEAR * len(per_year):
        yield from per_year
        return
    for place in range(0, len(per_year), 2):
        yield [year for seats in per_year[place : place + 2] for year in seats]


def _groups(
    units: Iterable[list[SampleYear]], *, largest: int
) -> tuple[list[GroupRecord], list[tuple[SampleYear, str]]]:
    """The groups of the school and, for every pupil to come, the year and the key of the group."""
    groups: list[GroupRecord] = []
    places: list[tuple[SampleYear, str]] = []
    for seats in filter(None, units):
        codes = sorted({year.code for year in seats})
        name = "/".join(dict.fromkeys(year.name for year in seats))
        parallel = -(-len(seats) // largest)
        for number in range(parallel):
            letter = chr(ord("A") + number) if parallel > 1 else ""
            group = GroupRecord(
                key=f"G{len(groups) + 1:02}",
                name=f"{name} {letter}".strip() if name.isalpha() else f"{name}{letter}",
                year_group=codes[0] if len(codes) == 1 else "C",
            )
            groups.append(group)
            places += [(year, group.key) for year in seats[number::parallel]]
    return groups, places


def _with_plus_class(students: Iterable[StudentRecord], draw: Draw) -> Iterator[StudentRecord]:
    for student in students:
        is_in = student.year_group in PLUS_YEARS and draw.is_one_in(PLUS_SHARE)
        yield (replace(student, combined_group_keys=(PLUS_CLASS.key,)) if is_in else student)


def _key_prefix(school_key: str, seed: int, pupils: int, today: date) -> str:
    """Four digits that keep the pupils of unlike samples apart, as no administration reuses a key."""
    told = f"{school_key}/{seed}/{pupils}/{school_year_of(today)}"
    return str(1000 + int.from_bytes(blake2b(told.encode(), digest_size=4).digest()) % 9000)


def _numbered(students: Iterable[StudentRecord], *, prefix: str) -> Iterator[StudentRecord]:
    """Pupils by group and name with a key each; leavers last."""
    ordered = sorted(
        students,
        key=lambda student: (student.group_key or "~", student.last_name, student.call_name),
    )
    for number, student in enumerate(ordered, start=1):
        yield replace(student, key=f"{prefix}{number:04}")
