"""Whom a reader can pick by typing a name: pupils, cases, groups and the school itself."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from cases.models import Case
from schools.calendar import school_year_of
from schools.models import Enrollment, Group, School, Student
from schools.queries.students import has_group
from teams.access.actor import Actor
from teams.enums import GROUP_STAFF, SCHOOL_ROLES


class PickKind(StrEnum):
    """What was picked."""

    STUDENT = "student"
    CASE = "case"
    GROUP = "group"
    SCHOOL = "school"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Pick:
    """One thing to pick: its label, and the object it stands for."""

    label: str
    kind: PickKind
    school: School
    student: Any = None
    case: Any = None
    group: Any = None


def picks_for(actor: Actor, *, day: date) -> list[Pick]:
    """Everything this actor may note something about, pupils first; labels are unique.

    Shape:  at a school its pupils, groups and the school; elsewhere the cases one works on.
    """
    schools = own_schools(actor)
    if actor.role not in SCHOOL_ROLES:
        found = [*_cases(), *(_whole(school) for school in schools)]
    else:
        found = [*_students(day), *_groups(actor, day), *(_whole(school) for school in schools)]
    return _unique(found)


def short_picks(actor: Actor, *, day: date) -> list[Pick]:
    """What someone picks with a thumb: the pupils of the own group by first name, and the school.

    Shape:  no pupils for who has no group of their own: a phone shows no register.
    """
    found = []
    if actor.role in GROUP_STAFF:
        found = [
            replace(pick, label=f"{pick.student.first_name} {pick.student.last_name[:1]}.")
            for pick in _students(day)
        ]
        found += _groups(actor, day)
    return _unique([*found, *(_whole(school) for school in own_schools(actor))])


def own_schools(actor: Actor) -> list[School]:
    """The schools that follow from the actor's assignment, by name."""
    rows = School.objects.filter(organization__in=actor.schools).select_related("organization")
    return sorted(rows, key=lambda school: school.name)


def _students(day: date) -> list[Pick]:
    rows = Enrollment.objects.on(day).select_related("student", "group", "school__organization")
    found = []
    for row in rows.order_by("student__first_name", "student__last_name"):
        label = f"{row.student.full_name} · {row.group}" if row.group else row.student.full_name
        found.append(Pick(label, PickKind.STUDENT, row.school, student=row.student))
    return found


def _cases() -> list[Pick]:
    rows = Case.objects.open().select_related("student", "school__organization")
    return [
        Pick(f"{case.student.full_name} · {case.number}", PickKind.CASE, case.school, case=case)
        for case in rows.order_by("student__first_name")
    ]


def _groups(actor: Actor, day: date) -> list[Pick]:
    return [
        Pick(f"Groep {row.name}", PickKind.GROUP, row.school, group=row)
        for row in current_groups(actor, day=day)
    ]


def _whole(school: School) -> Pick:
    return Pick(f"De school: {school.name}", PickKind.SCHOOL, school)


def _unique(found: list[Pick]) -> list[Pick]:
    seen: dict[str, int] = {}
    unique = []
    for pick in found:
        count = seen[pick.label] = seen.get(pick.label, 0) + 1
        # Two of the same name in one group: the birth date tells them apart.
        label = pick.label if count == 1 else f"{pick.label} · {_birthday(pick.student, count)}"
        unique.append(Pick(label, pick.kind, pick.school, pick.student, pick.case, pick.group))
    return unique


def _birthday(student: Student | None, count: int) -> str:
    if student is None or student.birth_date is None:
        return str(count)
    return f"geboren {student.birth_date:%d-%m-%Y}"


def current_groups(actor: Actor, *, day: date) -> list[Group]:
    """The groups of this school year at the actor's schools; none for who works elsewhere."""
    if actor.role not in SCHOOL_ROLES:
        return []
    rows = Group.objects.filter(
        school__organization__in=actor.schools, school_year=school_year_of(day)
    ).select_related("school__organization")
    # By name, since a group of two years has no year of its own; combined groups come last.
    rows = rows.order_by("school__organization__name", "is_combined", "name")
    return [group for group in rows if has_group(group, actor=actor)]
