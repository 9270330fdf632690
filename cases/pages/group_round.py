"""Groepsbespreking: the class list with who has a case, since when, and what waits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.forms import BoundField
from django.urls import reverse

from cases.forms.group_round import GroupRoundForm
from cases.models import Case
from cases.queries.picker import current_groups
from cases.queries.worklist import waiting_for
from schools.models import Enrollment, Group, Student
from teams.access.actor import Actor
from teams.access.errors import NotVisible
from teams.components import Badge, BadgeKind, Row
from teams.templatetags.ui import short_day


@dataclass(frozen=True)
class RoundLine:
    """One pupil of the class."""

    name: str
    url: str
    case_url: str
    badge: Badge | None
    since: str
    waits: int
    tick: BoundField
    line: BoundField


@dataclass(frozen=True)
class GroupRoundPage:
    """A class to walk through."""

    group: Group
    form: GroupRoundForm
    lines: tuple[RoundLine, ...]


def group_rows(actor: Actor, *, day: date) -> tuple[Row, ...]:
    """The groups that this reader can walk through."""
    return tuple(
        Row(
            title=f"Groep {group.name}",
            why=group.school.name,
            url=reverse("group-round", kwargs={"group_id": group.pk}),
        )
        for group in current_groups(actor, day=day)
    )


def visible_group(group_id: UUID, *, actor: Actor, day: date) -> Group:
    """Find a group that the reader may walk through. Errors: NotVisible."""
    groups = {group.pk: group for group in current_groups(actor, day=day)}
    if group_id not in groups:
        raise NotVisible
    return groups[group_id]


def students_of(group: Group, *, day: date) -> list[Student]:
    """The pupils of a group today that the reader sees, by first name."""
    rows = Enrollment.objects.on(day).filter(Q(group=group) | Q(combined_groups=group))
    found = {row.student_id: row.student for row in rows.select_related("student")}
    return sorted(found.values(), key=lambda student: (student.first_name, student.last_name))


def group_round_page(
    group: Group, students: list[Student], form: GroupRoundForm, *, actor: Actor, day: date
) -> GroupRoundPage:
    """Build the class list around the form."""
    cases = {
        case.student_id: case
        for case in Case.objects.open().filter(student__in=[row.pk for row in students])
    }
    waits = Counter(each.case_id for each in waiting_for(actor, day=day))
    lines = tuple(_line(student, cases.get(student.pk), waits, form) for student in students)
    return GroupRoundPage(group, form, lines)


def _line(
    student: Student, case: Case | None, waits: Counter[UUID], form: GroupRoundForm
) -> RoundLine:
    return RoundLine(
        name=student.full_name,
        url=reverse("student", kwargs={"student_id": student.pk}),
        case_url=reverse("case", kwargs={"case_id": case.pk}) if case else "",
        badge=Badge(case.get_state_display(), BadgeKind.NEUTRAL) if case else None,
        since=short_day(case.state_since) if case else "",
        waits=waits[case.pk] if case else 0,
        tick=form[f"tick-{student.pk}"],
        line=form[f"line-{student.pk}"],
    )
