"""Makes the families of the demo region: carers, custody in all its variants, contacts, languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from schools.enums import CarerRelation, CustodyValue
from schools.imports.sample_names import NAME_SETS, NameSet
from schools.models import Carer, CarerContact, Custody, Enrollment, Student
from schools.seating import reseat_students
from teams.access.rules import CONTACT_AUDIENCE, secret_audience
from teams.enums import Role
from teams.models import Organization, User

Rel, Has = CarerRelation, CustodyValue
BATCH = 300

# Weight, then who cares and with what custody; a second house is marked by "apart".
HOUSEHOLDS: tuple[tuple[int, tuple[tuple[CarerRelation, CustodyValue, str], ...]], ...] = (
    (640, ((Rel.MOTHER, Has.YES, ""), (Rel.FATHER, Has.YES, ""))),
    (130, ((Rel.MOTHER, Has.YES, ""), (Rel.FATHER, Has.YES, "apart"))),
    (60, ((Rel.MOTHER, Has.YES, ""),)),
    (45, ((Rel.MOTHER, Has.YES, ""), (Rel.FATHER, Has.NO, "apart"))),
    (30, ((Rel.MOTHER, Has.YES, ""), (Rel.FATHER, Has.UNKNOWN, "apart"))),
    (30, ((Rel.MOTHER, Has.YES, ""), (Rel.FATHER, Has.YES, "apart"), (Rel.STEP_PARENT, Has.NO, ""))),
    (20, ((Rel.MOTHER, Has.YES, ""), (Rel.MOTHER, Has.YES, ""))),
    (15, ((Rel.FATHER, Has.YES, ""),)),
    (12, ((Rel.GUARDIAN, Has.YES, "apart"), (Rel.FOSTER_PARENT, Has.NO, ""))),
    (8, ((Rel.GRANDPARENT, Has.NO, ""), (Rel.MOTHER, Has.YES, "apart"))),
    (5, ((Rel.FOSTER_PARENT, Has.NO, ""), (Rel.MOTHER, Has.NO, "apart"))),
)  # fmt: skip
UNCONFIRMED_SHARE = 0.04
OWN_NAME_SHARE = 0.5
OTHER_LANGUAGE_SHARE = 0.45
SECRET_SHARE = 0.01
LANGUAGES = ("Nederlands", "Turks", "Arabisch", "Pools", "Nederlands", "Oekraïens")
STREETS = (
    "Touwbaan", "Kuiperskade", "Zeilmakerstraat", "Lijnbaan", "Wilgenlaan", "Havenrede",
    "Korte Vest", "Meeuwensingel", "Dijkgraafstraat", "Schelpenpad", "Molenvliet", "Ankerplein",
)  # fmt: skip
MOTHERS = (
    "Linda Monique Esther Wendy Sandra Marloes Kim Ingrid Saskia Mirjam Chantal Nicole Miranda "
    "Judith Annemarie Carolien Bianca Ilona Debby Natasja"
).split()
FATHERS = (
    "Martijn Dennis Marcel Patrick Erik Sander Jeroen Mark Edwin Remco Wouter Michiel Arjen Peter "
    "Ronald Frank Maarten Bart Vincent Robbert"
).split()
FEMALE = {Rel.MOTHER, Rel.GRANDPARENT, Rel.GUARDIAN}


@dataclass
class Families:
    """Collects the carers of many pupils and writes them in bulk."""

    random: Random
    now: datetime
    municipalities: list[Organization]
    carers: list[Carer] = field(default_factory=list)
    custody: list[Custody] = field(default_factory=list)
    contacts: list[CarerContact] = field(default_factory=list)

    def add(self, enrollment: Enrollment, *, writer: User, checker: User) -> None:
        """Give one pupil a family: entered by one person, custody checked by another."""
        student = enrollment.student
        names = name_set(student)
        weights = [weight for weight, _ in HOUSEHOLDS]
        _, household = self.random.choices(HOUSEHOLDS, weights=weights)[0]
        language = self._language(names)
        student.language = language
        is_confirmed = self.random.random() > UNCONFIRMED_SHARE
        home = self._address()
        for place, (relation, value, where) in enumerate(household):
            stamp = {"dossier_id": student.dossier_id, "created_at": self.now, "created_by": writer}
            carer = self._carer(student, relation, names, has_own_name=place > 0)
            carer.language = language
            for name, content in stamp.items():
                setattr(carer, name, content)
            self.carers.append(carer)
            address = self._address() if where else home
            self.contacts.append(self._contact(carer, address, stamp))
            checked = (checker, self.now) if is_confirmed else (None, None)
            self.custody.append(
                Custody(
                    carer=carer,
                    value=value,
                    since=self._since(student, where=where),
                    confirmed_by=checked[0],
                    confirmed_at=checked[1],
                    **stamp,
                )
            )

    def store(self) -> None:
        """Write everything that was collected."""
        Carer.unscoped.bulk_create(self.carers, batch_size=BATCH)
        Custody.unscoped.bulk_create(self.custody, batch_size=BATCH)
        CarerContact.unscoped.bulk_create(self.contacts, batch_size=BATCH)
        students = {carer.student_id: carer.student for carer in self.carers}
        Student.unscoped.bulk_update(students.values(), ["language"], batch_size=BATCH)
        reseat_students({row.carer.student_id for row in self.contacts if row.is_secret})

    def _language(self, names: NameSet) -> str:
        own = LANGUAGES[NAME_SETS.index(names)]
        is_other = own != "Nederlands" and self.random.random() < OTHER_LANGUAGE_SHARE
        return own if is_other else "Nederlands"

    def _carer(
        self, student: Student, relation: CarerRelation, names: NameSet, *, has_own_name: bool
    ) -> Carer:
        is_dutch = names is NAME_SETS[0]
        if relation in FEMALE:
            known = MOTHERS if is_dutch else list(names.girls)
        else:
            known = FATHERS if is_dutch else list(names.boys)
        prefix, last_name = student.prefix, student.last_name
        is_related = relation in {Rel.MOTHER, Rel.FATHER}
        if not is_related or (has_own_name and self.random.random() < OWN_NAME_SHARE):
            prefix, last_name = self.random.choice(names.families)
        return Carer(
            student=student,
            first_name=self.random.choice(known),
            prefix=prefix,
            last_name=last_name,
            relation=relation,
            residence=student.residence,
        )

    def _contact(self, carer: Carer, address: str, stamp: dict) -> CarerContact:
        number = len(self.contacts)
        is_secret = self.random.random() < SECRET_SHARE
        return CarerContact(
            carer=carer,
            phone=f"06 00 {number // 10000:02} {number // 100 % 100:02} {number % 100:02}",
            email=f"ouder{number:04}@thuis.example",
            address=address,
            is_secret=is_secret,
            secret_for=[Role.SUPPORT_COORDINATOR] if is_secret else [],
            audience=secret_audience(carer.pk) if is_secret else CONTACT_AUDIENCE,
            **stamp,
        )

    def _address(self) -> str:
        town = self.random.choice(self.municipalities).name.removeprefix("Gemeente ")
        return f"{self.random.choice(STREETS)} {self.random.randint(1, 180)}, {town}"

    def _since(self, student: Student, *, where: str) -> date:
        born = student.birth_date or self.now.date() - timedelta(days=6 * 365)
        # Who parted has a custody record of a later day, yet well before any case.
        return born + timedelta(days=400) if where else born


def name_set(student: Student) -> NameSet:
    """The names that the pupil's last name belongs to."""
    key = (student.prefix, student.last_name)
    return next((names for names in NAME_SETS if key in names.families), NAME_SETS[0])


def build_families(
    enrollments: Iterator[tuple[Enrollment, User, User]],
    municipalities: list[Organization],
    *,
    now: datetime,
) -> int:
    """Give every enrolled pupil a family.

    Shape: how many carers; each enrollment comes with who enters and who checks.
    """
    families = Families(Random("families"), now, municipalities)
    for enrollment, writer, checker in enrollments:
        families.add(enrollment, writer=writer, checker=checker)
    families.store()
    return len(families.carers)
