"""The pupils of the region: twins, namesakes, siblings, every form of custody, ages around each birthday."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.enums import SignalAbout
from cases.models import Note, Signal
from schools.enums import CarerRelation, CustodyValue, ImportKind, ImportState, KinRelation
from schools.models import Carer, CarerContact, Custody, Enrollment, FamilyTie, ImportRun, Student
from schools.seating import reseat_school, reseat_students
from teams.access.rules import author_audience, group_audience, school_audience, secret_audience
from teams.enums import DossierKind
from teams.models import Dossier
from tests.access import facts
from tests.access.personas import ROLES
from tests.access.region import TODAY, Region
from tests.world import NOW, YEAR_START

# Per form of custody: per carer the value, whether checked, and whether a guardian institution.
FORMS: dict[str, tuple[tuple[str, bool, bool], ...]] = {
    "both": (("yes", True, False), ("yes", True, False)),
    "one": (("yes", True, False), ("no", True, False)),
    "unknown": (("yes", True, False), ("unknown", False, False)),
    "unchecked": (("yes", True, False), ("yes", False, False)),
    "guardian": (("yes", True, True), ("no", True, False)),
    "none": (("no", True, False), ("no", True, False)),
}
VALUES = {"yes": CustodyValue.YES, "no": CustodyValue.NO, "unknown": CustodyValue.UNKNOWN}
MOVED = TODAY - timedelta(5)


@dataclass(frozen=True)
class Birth:
    """A pupil to be: where, born when, custody, and where the pupil went."""

    key: str
    school: str
    group: str
    born: date
    custody: str = "both"
    moved_to: str = ""
    # The actors to whom alone the first carer's address is shown.
    secret_to: frozenset[str] = frozenset()
    # Professionals at whose home this pupil is known.
    kin_of: tuple[str, ...] = ()
    last_name: str = ""


def born(years: int, days: int = 100) -> date:
    """A birth date: this many years old, since this many days (negative: still to come)."""
    day = TODAY - timedelta(days)
    return day.replace(year=day.year - years)


def add_pupil(region: Region, birth: Birth) -> Student:
    """Queue a pupil with enrollments, carers, custody, contact and one loose note per school."""
    node = region.organizations[birth.school]
    dossier = region.queue(Dossier, kind=DossierKind.STUDENT, organization=node)
    by = f"ib-{birth.school}"
    shared = {
        **region.stamp(dossier.pk, by),
        "of_pupil": birth.key,
        "of_school": birth.school,
    }
    student = region.add(
        Student,
        "pupil",
        first_name="Noor",
        last_name=birth.last_name or f"Veen-{birth.key}",
        birth_date=birth.born,
        residence=region.organizations["town"],
        texts=("language",),
        **shared,
    )
    region.students[birth.key] = student
    region.carers[birth.key] = []
    carers = tuple(
        _carer(region, birth, student, number, form, shared)
        for number, form in enumerate(FORMS[birth.custody])
    )
    places = [facts.Place(birth.school, birth.group, YEAR_START, MOVED if birth.moved_to else None)]
    if birth.moved_to:
        places.append(facts.Place(birth.moved_to, f"{birth.moved_to}-5a", MOVED))
    for place in places:
        _place(region, birth, student, place, shared)
    _kin(region, birth, student, shared)
    region.known.pupils[birth.key] = facts.Pupil(birth.key, birth.born, tuple(places), carers)
    return student


def _carer(
    region: Region, birth: Birth, student: Student, number: int, form: tuple, shared: dict
) -> facts.Carer:
    value, is_checked, is_institution = form
    relation = (CarerRelation.MOTHER, CarerRelation.FATHER)[number]
    carer = region.add(
        Carer,
        "carer",
        student=student,
        relation=CarerRelation.GUARDIAN if is_institution else relation,
        texts=("first_name",),
        **shared,
    )
    region.carers[birth.key].append(carer)
    is_secret = bool(birth.secret_to) and number == 0
    if is_secret:
        flag = {
            "is_secret": True,
            "secret_for": [ROLES[actor] for actor in sorted(birth.secret_to)],
            "audience": secret_audience(carer.pk),
            "secret_to": birth.secret_to,
        }
    region.add(
        CarerContact,
        "contact",
        carer=carer,
        email=f"{carer.pk.hex[:8]}@voorbeeld.example",
        texts=("address",),
        **(flag if is_secret else {}),
        **shared,
    )
    checked = {"confirmed_by": region.people["head-kade"], "confirmed_at": NOW}
    region.add(
        Custody,
        "custody",
        carer=carer,
        value=VALUES[value],
        since=YEAR_START,
        **(checked if is_checked else {}),
        **shared,
    )
    return facts.Carer(str(carer.pk), value, is_checked, is_institution)


def _place(
    region: Region, birth: Birth, student: Student, place: facts.Place, shared: dict
) -> None:
    node = region.organizations[place.school].pk
    here = {**shared, "of_school": place.school, "audience": school_audience(node)}
    region.add(
        Enrollment,
        "enrollment",
        student=student,
        school=region.schools[place.school],
        group=region.groups[place.group],
        key=birth.key,
        since=place.since,
        until=place.until,
        **here,
    )
    region.add(
        Note,
        "pupil note",
        student=student,
        school=region.schools[place.school],
        noted_on=place.since,
        texts=("text",),
        **here,
    )


def _kin(region: Region, birth: Birth, student: Student, shared: dict) -> None:
    for person in birth.kin_of:
        region.add(
            FamilyTie,
            "tie",
            person=region.people[person],
            first_name="Noor",
            relation=KinRelation.CHILD,
            student=student,
            since=YEAR_START,
            texts=("last_name",),
            author=person,
            **shared,
        )
        own = region.known.people[person]
        region.known.people[person] = facts.Person(
            own.key, own.employer, own.is_active, own.kin | {birth.key}
        )


def add_school_rows(region: Region) -> None:
    """Queue what hangs under a school itself: signals and notes without a name, imports."""
    for key, school in region.schools.items():
        by = f"ib-{key}"
        shared = {**region.stamp(school.dossier_id, by), "of_school": key}
        for group_key, group in region.groups.items():
            if group.school_id == school.pk:
                audience = group_audience(group.organization_id)
                about = {"about": SignalAbout.GROUP, "group": group, "of_group": group_key}
                _signal(region, school, "group signal", {**shared, **about, "audience": audience})
        audience = author_audience(region.people[by].pk)
        for about in (SignalAbout.SCHOOL, SignalAbout.UNNAMED):
            _signal(
                region, school, "school signal", {**shared, "about": about, "audience": audience}
            )
        region.add(
            Note, "school note", school=school, noted_on=TODAY, audience=audience, texts=("text",),
            **shared,
        )  # fmt: skip
        region.add(
            ImportRun, "import", school=school, kind=ImportKind.EDEXML, state=ImportState.READY,
            content=b"", texts=("file_name",), **shared,
        )  # fmt: skip


def _signal(region: Region, school, kind: str, given: dict) -> None:
    region.add(Signal, kind, school=school, noted_on=TODAY, texts=("observation",), **given)


def reseat_everyone(region: Region) -> None:
    """Let the product compute who sits at the dossiers of schools and pupils."""
    for school in region.schools.values():
        reseat_school(school)
    reseat_students([student.pk for student in region.students.values()])
