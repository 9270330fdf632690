"""Carrying an EDEXML file through: new, changed, moved, left, returned, flagged, and nothing twice."""

import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from schools import contributions
from schools.actions.edexml import apply_edexml
from schools.imports.edexml import read_edexml
from schools.imports.preview import ChangeKind
from schools.models import Enrollment, Group, School, Student
from teams.access.actor import acting_as, as_system
from teams.access.errors import NotAllowed, NotVisible
from teams.enums import Role
from teams.models import AuditEntry, Organization, Seat
from tests.schools import world

OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return world.make_school()


def test_new_school_gets_groups_pupils_and_seats(school: School) -> None:
    content = world.content_of(60)
    preview = world.imported(school, content)
    assert preview.counts == {ChangeKind.NEW: 59, ChangeKind.PAST: 1}
    assert Student.unscoped.count() == 60
    assert Enrollment.unscoped.filter(until=None).count() == 59
    assert Group.objects.filter(school=school).count() == len(content.groups) + 1
    pupil = world.enrollment(school, "L0001")
    assert pupil.group.organization.parent == school.organization
    assert pupil.dossier_id == pupil.student.dossier_id
    parties = set(Seat.objects.filter(dossier=pupil.dossier_id).values_list("party", flat=True))
    assert f"post:TEACHER@{pupil.group.organization_id}" in parties
    assert f"post:HEAD@{school.organization_id}" in parties
    assert AuditEntry.objects.filter(verb="IMPORT_COMMITTED", object_id=school.pk).count() == 1


def test_residence_follows_from_the_postcode_where_the_region_knows_it(school: School) -> None:
    world.imported(school, world.changed(world.content_of(20), "L0001", postcode_area="3131"))
    assert world.enrollment(school, "L0001").student.residence.name == "Vlaardingen"


def test_the_same_file_twice_changes_nothing(school: School) -> None:
    content = world.content_of(60)
    world.imported(school, content)
    before = list(Enrollment.unscoped.order_by("pk").values())
    seats, nodes, audit = (
        Seat.objects.count(),
        Organization.objects.count(),
        AuditEntry.objects.count(),
    )
    preview = world.imported(school, content, now=world.NOW + timedelta(days=3))
    assert preview.changes_nothing
    assert list(Enrollment.unscoped.order_by("pk").values()) == before
    assert (Seat.objects.count(), Organization.objects.count(), AuditEntry.objects.count()) == (
        seats,
        nodes,
        audit,
    )


def test_a_changed_name_keeps_the_pupil(school: School) -> None:
    content = world.content_of(20)
    world.imported(school, content)
    before = world.enrollment(school, "L0003").student
    preview = world.imported(
        school, world.changed(content, "L0003", last_name="Nieuw", prefix="van")
    )
    (change,) = preview.changes
    assert change.kind == ChangeKind.CHANGED
    assert change.details == (f"heette {before.full_name}",)
    after = world.enrollment(school, "L0003").student
    assert (after.pk, after.prefix, after.last_name) == (before.pk, "van", "Nieuw")


def test_what_the_file_lacks_is_not_erased(school: School) -> None:
    content = world.content_of(20)
    world.imported(school, content)
    bare = world.changed(content, "L0003", birth_date=None, last_name="", prefix="")
    assert world.imported(school, bare).changes_nothing


def test_a_moved_pupil_is_seen_by_the_new_teacher(school: School) -> None:
    content = world.content_of(60)
    world.imported(school, content)
    other = next(g.key for g in content.groups if g.key != content.students[0].group_key)
    preview = world.imported(school, world.changed(content, "L0001", group_key=other))
    assert preview.counts == {ChangeKind.MOVED: 1}
    pupil = world.enrollment(school, "L0001")
    assert pupil.group.key == other
    parties = Seat.objects.filter(dossier=pupil.dossier_id, role=Role.TEACHER).values_list("party")
    assert list(parties) == [(f"post:TEACHER@{pupil.group.organization_id}",)]


def test_a_new_school_year_moves_everyone(school: School) -> None:
    content = world.content_of(20)
    world.imported(school, content)
    next_year = read_again(content, "2027-2028")
    preview = world.imported(school, next_year)
    assert preview.counts == {ChangeKind.MOVED: 19}
    assert world.enrollment(school, "L0001").group.school_year == "2027-2028"
    assert Enrollment.unscoped.count() == 20


def read_again(content, school_year: str):
    return replace(content, school=replace(content.school, school_year=school_year))


def test_who_is_absent_from_the_file_has_left(school: School) -> None:
    content = world.content_of(40)
    world.imported(school, content)
    preview = world.imported(school, world.without(content, "L0002"))
    assert preview.counts == {ChangeKind.LEFT: 1}
    assert world.enrollment(school, "L0002").until == world.TODAY
    assert world.imported(school, world.without(content, "L0002")).changes_nothing


def test_who_left_can_come_back_as_the_same_pupil(school: School) -> None:
    content = world.content_of(40)
    world.imported(school, content)
    world.imported(school, world.without(content, "L0002"))
    later = world.NOW + timedelta(days=20)
    preview = world.imported(school, content, now=later)
    assert preview.counts == {ChangeKind.RETURNED: 1}
    rows = Enrollment.unscoped.filter(school=school, key="L0002").order_by("since")
    assert len(rows) == 2
    assert rows[0].student == rows[1].student
    assert (rows[1].since, rows[1].until) == (later.date(), None)
    assert world.imported(school, content, now=later).changes_nothing


class RoomWithCase:
    """A room above in which one pupil has an open case."""

    def __init__(self) -> None:
        self.open: set = set()
        self.moved: list = []

    def with_open_case(self, student_ids):
        return self.open & set(student_ids)

    def after_move(self, student_ids, *, day: date) -> None:
        self.moved += list(student_ids)

    def student_chairs(self, student_ids):
        return {}

    def student_cards(self, student, *, actor):
        return ()

    def school_cards(self, school, *, actor):
        return ()


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> RoomWithCase:
    room = RoomWithCase()
    monkeypatch.setattr(contributions, "_registered", {"test": room})
    return room


def test_a_leaver_with_an_open_case_is_flagged_not_removed(
    school: School, room: RoomWithCase
) -> None:
    content = world.content_of(40)
    world.imported(school, content)
    student = world.enrollment(school, "L0002").student
    room.open = {student.pk}
    smaller = world.without(content, "L0002")
    assert world.imported(school, smaller).counts == {ChangeKind.FLAGGED: 1}
    row = world.enrollment(school, "L0002")
    assert (row.until, row.is_flagged_leaver) == (None, True)
    assert world.imported(school, smaller).changes_nothing
    room.open = set()
    assert world.imported(school, smaller).counts == {ChangeKind.LEFT: 1}
    row = world.enrollment(school, "L0002")
    assert (row.until, row.is_flagged_leaver) == (world.TODAY, False)


def test_a_flag_goes_when_the_pupil_is_back_in_the_file(school: School, room: RoomWithCase) -> None:
    content = world.content_of(40)
    world.imported(school, content)
    room.open = {world.enrollment(school, "L0002").student_id}
    world.imported(school, world.without(content, "L0002"))
    assert world.imported(school, content).counts == {ChangeKind.CHANGED: 1}
    assert not world.enrollment(school, "L0002").is_flagged_leaver


def test_rooms_above_hear_who_moved(school: School, room: RoomWithCase) -> None:
    world.imported(school, world.content_of(20))
    assert len(room.moved) == 20


def test_combined_groups_follow_the_file(school: School) -> None:
    content = world.content_of(60)
    world.imported(school, content)
    in_plus = next(row for row in content.students if row.combined_group_keys)
    row = world.enrollment(school, in_plus.key)
    assert [group.name for group in row.combined_groups.all()] == ["Plusklas"]
    world.imported(school, world.changed(content, in_plus.key, combined_group_keys=()))
    assert not row.combined_groups.exists()


def test_a_file_of_an_earlier_year_only_adds(school: School) -> None:
    content = world.content_of(40)
    world.imported(school, content)
    older = read_again(world.changed(content, "L0001", last_name="Anders"), "2019-2020")
    preview = world.imported(school, older)
    assert preview.changes_nothing
    assert "2019-2020" in preview.doubts[0]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official example is not here")
def test_official_example_comes_in_beside_the_pupils_of_today(school: School) -> None:
    world.imported(school, world.content_of(20))
    with OFFICIAL.open("rb") as stream:
        content = read_edexml(stream)
    preview = world.imported(school, content)
    assert preview.counts == {ChangeKind.NEW: 2, ChangeKind.PAST: 1}
    leaver = world.enrollment(school, "12345")
    assert (leaver.since, leaver.until) == (date(2010, 8, 19), date(2014, 7, 18))
    assert leaver.student.full_name == "Gradje van 't Hof"
    assert world.enrollment(school, "00002").student.first_name == "Ismaël Hassan"
    assert world.imported(school, content).changes_nothing


def test_another_brin_and_many_leavers_are_doubts(school: School) -> None:
    content = world.content_of(60)
    world.imported(school, content)
    school.brin = "00AA"
    school.save(update_fields=["brin"])
    few = world.without(content, *(row.key for row in content.students[:30]))
    first, second = world.imported(school, few).doubts
    assert "BRIN 99ZZ00" in first
    assert "30 van de 59 leerlingen" in second


def test_only_the_leads_of_the_school_import(school: School) -> None:
    content = world.content_of(20)
    coordinator = world.actor_of(world.make_person(Role.SUPPORT_COORDINATOR, school.organization))
    with acting_as(coordinator):
        apply_edexml(school, content, actor=coordinator, now=world.NOW)
        assert Enrollment.objects.filter(until=None).count() == 19
        assert apply_edexml(school, content, actor=coordinator, now=world.NOW).changes_nothing
    node = Group.objects.filter(school=school).first().organization
    teacher = world.actor_of(world.make_person(Role.TEACHER, node, name="Tom"))
    other = world.make_school("linde")
    stranger = world.actor_of(world.make_person(Role.HEAD, other.organization, name="Karin"))
    for actor, refusal in ((teacher, NotAllowed), (stranger, NotVisible)):
        with acting_as(actor), pytest.raises(refusal):
            apply_edexml(school, content, actor=actor, now=world.NOW)


def test_two_schools_may_use_the_same_keys(school: School) -> None:
    other = world.make_school("linde")
    world.imported(school, world.content_of(20))
    world.imported(other, world.content_of(20, key="linde"))
    keys = Counter(Enrollment.unscoped.values_list("key", flat=True))
    assert set(keys.values()) == {2}


def test_a_thousand_pupils_within_ten_seconds(school: School) -> None:
    heard: list[tuple[int, int]] = []
    content = world.content_of(1000)
    started = time.perf_counter()
    with as_system("test") as actor:
        apply_edexml(
            school,
            content,
            actor=actor,
            now=world.NOW,
            on_progress=lambda *step: heard.append(step),
        )
    assert time.perf_counter() - started < 10
    assert heard[-1] == (2000, 2000)
    assert heard == sorted(heard)
