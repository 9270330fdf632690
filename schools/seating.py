"""Who sits at the dossiers of pupils and schools, and who stays away: facts to chairs, and the writing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from schools.contributions import chairs_elsewhere
from schools.models import CarerContact, Enrollment, FamilyTie, Group, School, Student
from teams.access.actor import person_party, post_party
from teams.access.fence import beyond_seats
from teams.access.rules import group_audience, school_audience, secret_audience
from teams.access.seating import Chair, RecusalSpec, Table, seats_for, write_seats
from teams.enums import GROUP_STAFF, LINKED_ROLES, DossierKind, Relation, Role
from teams.models import SupportTeamMember

SCHOOL_LEADS = (Role.SUPPORT_COORDINATOR, Role.HEAD)


def school_chairs(school_node: UUID, *, since: date, until: date | None = None) -> list[Chair]:
    """Chairs of the school's own posts: intern begeleider and directeur."""
    return [
        Chair(post_party(role, school_node), role, Relation.SCHOOL, since, until)
        for role in SCHOOL_LEADS
    ]


def group_chairs(
    group_node: UUID, *, since: date, until: date | None = None, **facts
) -> list[Chair]:
    """Chairs of whoever stands before this group today (`grp`)."""
    return [
        Chair(post_party(role, group_node), role, Relation.GROUP, since, until, **facts)
        for role in GROUP_STAFF
    ]


def recusals(ties: Iterable[FamilyTie]) -> frozenset[RecusalSpec]:
    """Who stays away from a pupil by these ties, from the first day to the last (D5); pure."""
    found: dict[UUID, RecusalSpec] = {}
    for tie in ties:
        other = found.get(tie.person_id, RecusalSpec(tie.person_id, tie.since, tie.until))
        ends = (other.until, tie.until)
        until = None if None in ends else max(day for day in ends if day)
        found[tie.person_id] = RecusalSpec(tie.person_id, min(other.since, tie.since), until)
    return frozenset(found.values())


def student_tables(
    enrollments: Iterable[Enrollment],
    *,
    contacts: Iterable[CarerContact] = (),
    ties: Iterable[FamilyTie] = (),
    others: Mapping[UUID, Iterable[Chair]] | None = None,
) -> dict[UUID, Table]:
    """Who sits at the dossiers of pupils, from enrollments, secret addresses and ties; pure.

    A closed enrollment keeps no seat of the group; the school reads on until the pupil is
    enrolled elsewhere (AR-40). `others` are the chairs that other rooms give, per dossier.
    """
    chairs: dict[UUID, list[Chair]] = defaultdict(list)
    secrets = _secrets(contacts)
    by_dossier: dict[UUID, list[Enrollment]] = defaultdict(list)
    for row in enrollments:
        by_dossier[row.student.dossier_id].append(row)
    for dossier, rows in by_dossier.items():
        for row in rows:
            chairs[dossier] += _chairs_of(row, _moved_on(row, rows), secrets[dossier])
    for dossier, given in (others or {}).items():
        chairs[dossier] += given
    away: dict[UUID, list[FamilyTie]] = defaultdict(list)
    for tie in ties:
        if tie.dossier_id:
            away[tie.dossier_id].append(tie)
    return {
        dossier: Table(seats_for(DossierKind.STUDENT, own), recusals(away[dossier]))
        for dossier, own in chairs.items()
    }


def _chairs_of(
    row: Enrollment, moved_on: date | None, secrets: dict[Role, tuple[str, ...]]
) -> list[Chair]:
    """Who sits by one enrollment; of a former school the leads keep what that school wrote."""
    node, own = row.school.organization_id, school_audience(row.school.organization_id)
    found = [
        replace(chair, named_in=(own, *secrets.get(chair.role, ())))
        for chair in school_chairs(node, since=row.since, until=moved_on)
    ]
    if moved_on:
        found += [
            replace(chair, relation=Relation.FORMER, named_in=(own,))
            for chair in school_chairs(node, since=moved_on)
        ]
    if row.group_id and row.group:
        group = row.group.organization_id
        found += group_chairs(group, since=row.since, until=row.until, named_in=(own,))
    return found


def _moved_on(row: Enrollment, rows: list[Enrollment]) -> date | None:
    """When the pupil, gone from this school, came to another: what follows is not of this school."""
    if row.until is None:
        return None
    later = [
        other.since
        for other in rows
        if other.school_id != row.school_id and other.until is None and other.since >= row.since
    ]
    came = max(later, default=None)
    return max(came, row.until) if came else None


def _secrets(contacts: Iterable[CarerContact]) -> dict[UUID, dict[Role, tuple[str, ...]]]:
    found: dict[UUID, dict[Role, tuple[str, ...]]] = defaultdict(dict)
    for row in sorted(contacts, key=lambda row: str(row.carer_id)):
        for role in row.secret_for if row.is_secret else ():
            tags = found[row.dossier_id].get(Role(role), ())
            found[row.dossier_id][Role(role)] = (*tags, secret_audience(row.carer_id))
    return found


@beyond_seats("seating of pupils")
def tables_of_students(student_ids: Iterable[UUID]) -> dict[UUID, Table]:
    """Read the facts of these pupils and say who sits at their dossiers."""
    keys = list(student_ids)
    enrollments = Enrollment.unscoped.filter(student__in=keys)
    return student_tables(
        enrollments.select_related("student", "school", "group"),
        contacts=CarerContact.unscoped.filter(carer__student__in=keys, is_secret=True),
        ties=FamilyTie.unscoped.filter(student__in=keys),
        others=chairs_elsewhere(keys),
    )


def reseat_students(student_ids: Iterable[UUID]) -> int:
    """Rewrite the seats of these pupils' dossiers. Shape: how many rows changed."""
    keys = list(student_ids)
    match_ties(keys)
    return write_seats(tables_of_students(keys))


@beyond_seats("declared family finds its pupil")
def match_ties(student_ids: list[UUID]) -> None:
    """Give ties that were declared before the pupil was known their pupil (D5)."""
    waiting = FamilyTie.unscoped.filter(student__isnull=True, until__isnull=True)
    if not waiting.exists():
        return
    for pupil in Student.unscoped.filter(pk__in=student_ids, birth_date__isnull=False):
        known = FamilyTie.unscoped.filter(student=pupil, until__isnull=True)
        waiting.exclude(person__in=known.values("person")).filter(
            birth_date=pupil.birth_date,
            first_name__iexact=pupil.first_name,
            prefix__iexact=pupil.prefix,
            last_name__iexact=pupil.last_name,
        ).update(student=pupil, dossier=pupil.dossier_id)


def reseat_school(school: School) -> int:
    """Rewrite the seats of a school's own dossier. Shape: how many rows changed."""
    return write_seats({school.dossier_id: table_of_school(school)})


@beyond_seats("seating of a school")
def table_of_school(school: School) -> Table:
    """Read the groups and fixed faces of a school and say who sits at its dossier."""
    start = date(2000, 1, 1)
    chairs = school_chairs(school.organization_id, since=start)
    for group in Group.objects.filter(school=school):
        node = group.organization_id
        chairs += group_chairs(node, since=start, named_in=(group_audience(node),))
    members = SupportTeamMember.objects.filter(
        team__organization=school.organization_id, assignment__role__in=LINKED_ROLES
    ).select_related("assignment")
    chairs += [
        Chair(
            person_party(row.assignment.person_id, row.assignment.organization_id),
            Role(row.assignment.role),
            Relation.LINKED,
            row.since,
            row.until,
        )
        for row in members
    ]
    return Table(seats_for(DossierKind.SCHOOL, chairs))
