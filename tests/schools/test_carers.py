"""Carers: added and changed, custody dated and confirmed by a second person, files of carers."""

import io
from datetime import date, timedelta

import pytest

from schools.actions.carers import CarerGiven, confirm_custody, save_carer
from schools.actions.carers_file import apply_carers, split_prefix
from schools.enums import CarerRelation, CustodyValue
from schools.imports.carers_csv import read_carers
from schools.models import Carer, CarerContact, Custody, School, Student
from schools.queries.carers import carer_lines
from teams.access.actor import Actor, acting_as
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.enums import Role
from teams.models import AuditEntry
from tests.schools import world

pytestmark = pytest.mark.django_db
MOTHER = CarerGiven(
    first_name="Inès",
    prefix="van der",
    last_name="Veen",
    relation=CarerRelation.MOTHER,
    phone="0612345678",
    custody=CustodyValue.YES,
    custody_since=date(2017, 3, 9),
)


@pytest.fixture
def school() -> School:
    school = world.make_school()
    world.imported(school, world.content_of(20))
    return school


@pytest.fixture
def student(school: School) -> Student:
    return world.enrollment(school, "L0001").student


@pytest.fixture
def coordinator(school: School) -> Actor:
    return world.actor_of(world.make_person(Role.SUPPORT_COORDINATOR, school.organization))


@pytest.fixture
def head(school: School) -> Actor:
    return world.actor_of(world.make_person(Role.HEAD, school.organization, name="Karin"))


def save(
    student: Student, given: CarerGiven, actor: Actor, carer: Carer | None = None, days: int = 0
):
    with acting_as(actor):
        return save_carer(
            student, given, carer=carer, actor=actor, now=world.NOW + timedelta(days=days)
        )


def test_a_carer_is_added_with_custody_to_confirm(student: Student, coordinator: Actor) -> None:
    carer = save(student, MOTHER, coordinator)
    with acting_as(coordinator):
        (line,) = carer_lines([student])
    assert line.carer == carer
    assert (line.value, line.waits_for_confirmation) == (CustodyValue.YES, True)
    assert line.contact.phone == "0612345678"
    assert AuditEntry.objects.filter(verb="CARER_SAVED", object_id=carer.pk).count() == 1


def test_custody_is_confirmed_by_someone_else(
    student: Student, coordinator: Actor, head: Actor
) -> None:
    carer = save(student, MOTHER, coordinator)
    custody = Custody.unscoped.get(carer=carer)
    with acting_as(coordinator), pytest.raises(Blocked, match="second_person_confirms"):
        confirm_custody(custody, actor=coordinator, now=world.NOW)
    with acting_as(head):
        confirmed = confirm_custody(custody, actor=head, now=world.NOW)
        assert confirm_custody(custody, actor=head, now=world.NOW + timedelta(1)) == confirmed
    custody.refresh_from_db()
    assert (custody.confirmed_by_id, custody.confirmed_at) == (head.person_id, world.NOW)


def test_a_change_of_custody_closes_what_held_before(student: Student, coordinator: Actor) -> None:
    carer = save(student, MOTHER, coordinator)
    ended = CarerGiven(
        **(MOTHER.__dict__ | {"custody": CustodyValue.NO, "custody_since": date(2026, 9, 1)})
    )
    save(student, ended, coordinator, carer)
    rows = Custody.unscoped.filter(carer=carer).order_by("since")
    assert [(row.value, row.since, row.until) for row in rows] == [
        ("YES", date(2017, 3, 9), date(2026, 9, 1)),
        ("NO", date(2026, 9, 1), None),
    ]


def test_a_correction_asks_for_confirmation_again(
    student: Student, coordinator: Actor, head: Actor
) -> None:
    carer = save(student, MOTHER, coordinator)
    with acting_as(head):
        confirm_custody(Custody.unscoped.get(carer=carer), actor=head, now=world.NOW)
    save(student, MOTHER, coordinator, carer)
    assert Custody.unscoped.get(carer=carer).confirmed_at == world.NOW
    corrected = CarerGiven(**(MOTHER.__dict__ | {"custody_since": date(2016, 1, 1)}))
    save(student, corrected, coordinator, carer)
    row = Custody.unscoped.get(carer=carer)
    assert (row.since, row.confirmed_at, row.confirmed_by) == (date(2016, 1, 1), None, None)


def test_unknown_custody_leaves_no_record(student: Student, coordinator: Actor) -> None:
    given = CarerGiven(first_name="Jan", last_name="Mol", relation=CarerRelation.FATHER)
    carer = save(student, given, coordinator)
    assert not Custody.unscoped.filter(carer=carer).exists()


def test_custody_from_the_future_is_refused(student: Student, coordinator: Actor) -> None:
    given = CarerGiven(**(MOTHER.__dict__ | {"custody_since": date(2027, 1, 1)}))
    with pytest.raises(Blocked, match="custody_holds_today"):
        save(student, given, coordinator)


def test_d6_a_secret_address_is_for_whom_it_names_only(
    school: School, student: Student, coordinator: Actor, head: Actor
) -> None:
    node = world.enrollment(school, "L0001").group.organization
    teacher = world.actor_of(world.make_person(Role.TEACHER, node, name="Tom"))
    carer = save(student, MOTHER, coordinator)
    with acting_as(teacher):
        assert CarerContact.objects.filter(carer=carer).exists()
        with pytest.raises(NotAllowed):
            save_carer(student, MOTHER, actor=teacher, now=world.NOW)
    save(student, CarerGiven(**(MOTHER.__dict__ | {"is_secret": True})), coordinator, carer)
    with acting_as(teacher):
        assert not CarerContact.objects.filter(carer=carer).exists()
    with acting_as(coordinator):
        assert CarerContact.objects.get(carer=carer).is_secret
    with acting_as(head):
        assert not CarerContact.objects.filter(carer=carer).exists()
        (line,) = carer_lines([student])
        assert line.is_contact_hidden
    # Who may not read it does not change it either.
    save(student, CarerGiven(**(MOTHER.__dict__ | {"phone": ""})), head, carer)
    assert CarerContact.unscoped.get(carer=carer).phone == MOTHER.phone


def test_d6_taking_the_flag_away_opens_the_address_again(
    student: Student, coordinator: Actor, head: Actor
) -> None:
    both = {"is_secret": True, "secret_for": (Role.SUPPORT_COORDINATOR, Role.HEAD)}
    carer = save(student, CarerGiven(**(MOTHER.__dict__ | both)), coordinator)
    with acting_as(head):
        assert CarerContact.objects.get(carer=carer).phone
    save(student, MOTHER, coordinator, carer)
    assert CarerContact.unscoped.get(carer=carer).audience == "contact"


def test_a_stranger_sees_nobody(student: Student) -> None:
    other = world.make_school("linde")
    stranger = world.actor_of(world.make_person(Role.HEAD, other.organization, name="Piet"))
    with acting_as(stranger):
        assert carer_lines([student]) == []
        with pytest.raises(NotVisible):
            save_carer(student, MOTHER, actor=stranger, now=world.NOW)


CSV = """leerling_key;voornaam;achternaam;relatie;gezag;gezag_sinds;email;telefoon;taal;woonplaats
L0001;Inès;van der Veen;moeder;ja;2017-03-09;ines@example.org;06-12345678;Frans;Vlaardingen
L0001;Tom;Veen;vader;ja;;;;;Parijs
L0002;Ana;Mol;voogd;nee;2020-01-01;;;;gemeente Vlaardingen
X9;Bo;Mol;vader;onbekend;;;;;
"""


def test_a_file_of_carers_is_carried_through_once(school: School, coordinator: Actor) -> None:
    content = read_carers(io.BytesIO(CSV.encode()))
    with acting_as(coordinator):
        preview = apply_carers(school, content, actor=coordinator, now=world.NOW)
        assert [change.kind for change in preview.changes] == ["new"] * 3
        texts = [found.text for found in preview.deviations]
        assert any("X9 is op deze school niet bekend" in text for text in texts)
        assert any("woonplaats is geen gemeente" in text for text in texts)
        again = apply_carers(school, content, actor=coordinator, now=world.NOW + timedelta(days=9))
        assert again.changes_nothing
    ines = Carer.unscoped.get(first_name="Inès")
    assert (ines.prefix, ines.last_name, ines.residence.name) == ("van der", "Veen", "Vlaardingen")
    tom = Carer.unscoped.get(first_name="Tom")
    assert not Custody.unscoped.filter(carer=tom).exists()


def test_a_changed_line_changes_one_carer(school: School, coordinator: Actor) -> None:
    with acting_as(coordinator):
        for text in (CSV, CSV.replace(";nee;2020-01-01", ";ja;2026-02-01").replace("Frans", "")):
            content = read_carers(io.BytesIO(text.encode()))
            preview = apply_carers(school, content, actor=coordinator, now=world.NOW)
    (change,) = preview.changes
    assert change.details == ("gezag ja",)
    assert Carer.unscoped.get(first_name="Inès").language == "Frans"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("van der Veen", ("van der", "Veen")),
        ("Mol", ("", "Mol")),
        ("van 't Hof", ("van 't", "Hof")),
        ("el Idrissi", ("el", "Idrissi")),
        ("de", ("", "de")),
    ],
)
def test_prefix_is_split_off(name: str, parts: tuple[str, str]) -> None:
    assert split_prefix(name) == parts
