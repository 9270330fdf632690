"""Sample schools: believable, valid, the same for the same seed."""

import io
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schools.imports.edexml import read_edexml
from schools.imports.edexml_writer import write_records
from schools.imports.records import EdexmlFile
from schools.imports.sample import SampleLevel, sample_school, write_edexml

TODAY = date(2026, 11, 22)
SCHEMA = Path(__file__).parents[3] / "shared" / "data" / "edexml-2.1" / "EDEXML.structuur.xsd"


def primary(pupils: int, *, today: date = TODAY, seed: int = 1) -> EdexmlFile:
    return sample_school(school_key="wilgen", brin="99ZZ", pupils=pupils, today=today, seed=seed)


def without_lines(content: EdexmlFile) -> EdexmlFile:
    return replace(
        content,
        students=tuple(replace(student, line=0) for student in content.students),
        staff=tuple(replace(person, line=0) for person in content.staff),
        sha256="",
    )


@settings(max_examples=40, deadline=None)
@given(
    pupils=st.integers(1, 120),
    today=st.dates(date(2000, 1, 1), date(2080, 12, 31)),
    level=st.sampled_from(SampleLevel),
    seed=st.integers(0, 1000),
)
def test_what_is_written_is_read_back(
    pupils: int, today: date, level: SampleLevel, seed: int
) -> None:
    school = sample_school(
        school_key="S1", brin="99ZZ", pupils=pupils, today=today, seed=seed, level=level
    )
    stream = io.BytesIO()
    write_records(stream, school)
    stream.seek(0)
    assert without_lines(read_edexml(stream)) == school
    assert len(school.students) == pupils


@pytest.mark.skipif(not SCHEMA.exists(), reason="the official schema is not here")
@pytest.mark.parametrize("level", SampleLevel)
@pytest.mark.parametrize("pupils", [1, 40, 300])
def test_file_is_valid_by_the_official_schema(level: SampleLevel, pupils: int) -> None:
    school = sample_school(school_key="S1", brin="99ZZ", pupils=pupils, today=TODAY, level=level)
    # The list of school years in the schema ends here.
    school = replace(school, school=replace(school.school, school_year="2024-2025"))
    stream = io.BytesIO()
    write_records(stream, school)
    etree.XMLSchema(file=str(SCHEMA)).assertValid(etree.fromstring(stream.getvalue()))


def test_school_looks_like_a_school() -> None:
    school = primary(230)
    sizes = Counter(student.group_key for student in school.students if student.group_key)
    assert {group.key for group in school.groups} == set(sizes)
    assert all(10 <= size <= 31 for size in sizes.values())
    assert school.groups[0].name.startswith("1/2")
    assert {group.year_group for group in school.groups} == {
        "C",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
    }
    assert any(student.combined_group_keys for student in school.students)
    leavers = [student for student in school.students if student.has_left(on=TODAY)]
    assert len(leavers) == 5
    assert all(not leaver.group_key and leaver.year_group == "H" for leaver in leavers)


def test_pupils_are_of_the_age_of_their_year() -> None:
    for student in primary(400).students:
        assert student.birth_date is not None
        if student.year_group == "H":
            continue
        age_on_october_first = (date(2026, 10, 1) - student.birth_date).days / 365.25
        assert -0.1 <= age_on_october_first - (int(student.year_group) + 3) <= 2.1
        assert student.entry_date is not None
        assert student.birth_date < student.entry_date <= TODAY


def test_there_are_siblings_prefixes_and_diacritics() -> None:
    students = primary(230).students
    families = Counter(
        (student.prefix, student.last_name, student.postcode_area) for student in students
    )
    assert sum(count > 1 for count in families.values()) > 20
    assert {"van der", "el", "de"} <= {student.prefix for student in students}
    assert any(not f"{student.call_name}{student.last_name}".isascii() for student in students)


def test_staff_has_one_head_and_a_teacher_for_every_group() -> None:
    school = primary(230)
    roles = Counter(person.roles[0] for person in school.staff)
    assert roles["DIR"] == 1
    assert roles["IB"] >= 1
    taught = {
        key for person in school.staff if person.roles == ("LRK",) for key in person.group_keys
    }
    assert taught == {group.key for group in school.groups}
    assert all(person.email.endswith("@wilgen.example") for person in school.staff)


def test_same_seed_gives_the_same_school_and_another_seed_another() -> None:
    assert primary(50) == primary(50)
    assert primary(50) != primary(50, seed=2)


def test_school_year_follows_today() -> None:
    assert primary(10, today=date(2029, 2, 1)).school.school_year == "2028-2029"


def test_a_thousand_pupils_are_written_and_read_fast() -> None:
    stream = io.BytesIO()
    started = time.perf_counter()
    write_edexml(stream, school_key="S1", brin="99ZZ", pupils=1000, today=TODAY)
    stream.seek(0)
    assert len(read_edexml(stream).students) == 1000
    assert time.perf_counter() - started < 2


def test_a_school_without_pupils_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one pupil"):
        primary(0)
