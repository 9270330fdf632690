"""A school as an import compares it with a file, and carers as a file of carers does."""

from collections.abc import Iterable
from uuid import UUID

from schools.contributions import students_with_open_case
from schools.imports.preview import KnownSchool, KnownStudent
from schools.models import Enrollment, Group, School


def latest_enrollments(school: School) -> dict[str, Enrollment]:
    """Of every pupil key the enrollment that counts: the open one, else the last that was closed."""
    rows = (
        Enrollment.objects.filter(school=school)
        .select_related("student", "group", "site")
        .prefetch_related("combined_groups")
        .order_by("since", "until")
    )
    found: dict[str, Enrollment] = {}
    for row in rows:
        standing = found.get(row.key)
        if standing is None or standing.until is not None:
            found[row.key] = row
    return found


def known_school(school: School, enrollments: Iterable[Enrollment]) -> KnownSchool:
    """The school with its pupils, asking the rooms above who has an open case."""
    rows = list(enrollments)
    with_case = students_with_open_case([row.student_id for row in rows if row.until is None])
    newest = Group.objects.filter(school=school).order_by("-school_year").first()
    return KnownSchool(
        brin=school.brin,
        site_code=school.site_code,
        school_year=newest.school_year if newest else "",
        students={row.key: _known(row, with_case) for row in rows},
    )


def _known(row: Enrollment, with_case: set[UUID]) -> KnownStudent:
    student, group = row.student, row.group
    return KnownStudent(
        key=row.key,
        first_name=student.first_name,
        prefix=student.prefix,
        last_name=student.last_name,
        birth_date=student.birth_date,
        gender=student.gender,
        year_group=row.year_group,
        group_key=group.key if group else "",
        group_year=group.school_year if group else "",
        group_name=group.name if group else "",
        combined=frozenset((each.school_year, each.key) for each in row.combined_groups.all()),
        site_key=row.site.key if row.site else "",
        until=row.until,
        is_flagged=row.is_flagged_leaver,
        has_open_case=row.student_id in with_case,
    )
