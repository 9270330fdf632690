"""Carers of a pupil: who they are, how to reach them, and custody that a second person confirms."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from schools.actions.permission import require
from schools.contributions import tell_others
from schools.enums import CustodyValue
from schools.models import Carer, CarerContact, Custody, Student
from schools.seating import reseat_students
from teams.access.actor import Actor
from teams.access.errors import Blocked, Reason
from teams.access.fence import after_rules
from teams.access.rules import CONTACT_AUDIENCE, Action, secret_audience
from teams.audit import Verb, record
from teams.enums import Role
from teams.models import Organization

CUSTODY_IN_FUTURE = Reason(
    "De datum van het gezag ligt in de toekomst.",
    "Kies een datum tot en met vandaag.",
    "custody_holds_today",
)
SECOND_PERSON_NEEDED = Reason(
    "U hebt dit gezag zelf vastgelegd.",
    "De directeur of een andere intern begeleider kan het bevestigen.",
    "second_person_confirms",
)


@dataclass(frozen=True, kw_only=True)
class CarerGiven:
    """What someone fills in about a carer; `custody_since` is the day from which the answer holds."""

    first_name: str
    last_name: str
    relation: str
    prefix: str = ""
    language: str = ""
    residence: Organization | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    is_secret: bool = False
    # The roles that may read a secret address; nobody else does (D6).
    secret_for: tuple[str, ...] = (Role.SUPPORT_COORDINATOR,)
    custody: CustodyValue = CustodyValue.UNKNOWN
    custody_since: date | None = None

    def person(self) -> dict[str, Any]:
        """The fields of the carer's own row."""
        names = ("first_name", "prefix", "last_name", "relation", "language", "residence")
        return {name: getattr(self, name) for name in names}

    def contact(self, carer: Carer) -> dict[str, Any]:
        """The fields of the contact row, with its audience."""
        names = ("phone", "email", "address", "is_secret")
        return {
            **{name: getattr(self, name) for name in names},
            "secret_for": sorted(self.secret_for) if self.is_secret else [],
            "audience": secret_audience(carer.pk) if self.is_secret else CONTACT_AUDIENCE,
        }


@after_rules
@transaction.atomic
def save_carer(
    student: Student,
    given: CarerGiven,
    *,
    carer: Carer | None = None,
    actor: Actor,
    now: datetime,
) -> Carer:
    """Add a carer to a pupil, or change one.

    Shape:  the carer; custody becomes a new dated record that nobody has confirmed yet.
    Errors: NotVisible, NotAllowed; Blocked when custody starts after today.
    Source: O2, access.md 2.2 `gez`.
    """
    require(Action.EDIT_CARERS, student.dossier_id, actor=actor)
    if given.custody_since and given.custody_since > now.date():
        raise Blocked([CUSTODY_IN_FUTURE])
    stamped = _stamp(student, actor=actor, now=now)
    if carer is None:
        carer = Carer.unscoped.create(student=student, **stamped, **given.person())
    else:
        for name, value in given.person().items():
            setattr(carer, name, value)
        carer.save(update_fields=list(given.person()))
    _set_contact(carer, given, stamped)
    _set_custody(carer, given, stamped, today=now.date())
    reseat_students([student.pk])
    tell_others([student.pk], day=now.date())
    record(Verb.CARER_SAVED, carer, actor=actor, now=now)
    return carer


@after_rules
@transaction.atomic
def confirm_custody(custody: Custody, *, actor: Actor, now: datetime) -> Custody:
    """Confirm, as a second person, what was recorded about custody.

    Shape:  the record with who confirmed it and when; confirming twice keeps the first.
    Errors: NotVisible, NotAllowed; Blocked for the person who recorded it.
    Source: access.md 2.2 `gez`.
    """
    require(Action.CONFIRM_CUSTODY, custody.dossier_id, actor=actor)
    custody = Custody.unscoped.select_for_update().get(pk=custody.pk)
    if custody.confirmed_at:
        return custody
    if actor.person_id is None or custody.created_by_id == actor.person_id:
        raise Blocked([SECOND_PERSON_NEEDED])
    custody.confirmed_by_id = actor.person_id
    custody.confirmed_at = now
    custody.save(update_fields=["confirmed_by", "confirmed_at"])
    tell_others([custody.carer.student_id], day=now.date())
    record(Verb.CUSTODY_CONFIRMED, custody, actor=actor, now=now)
    return custody


def _stamp(student: Student, *, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "dossier_id": student.dossier_id,
        "created_at": now,
        "created_by_id": actor.person_id,
    }


def _set_contact(carer: Carer, given: CarerGiven, stamped: dict[str, Any]) -> None:
    """Write how to reach a carer; what the actor may not read, the actor does not change (D6)."""
    standing = CarerContact.unscoped.filter(carer=carer)
    if standing.exists() and not CarerContact.objects.filter(carer=carer).exists():
        return
    contact = given.contact(carer)
    CarerContact.unscoped.update_or_create(
        carer=carer, defaults=contact, create_defaults=stamped | contact
    )


def _set_custody(carer: Carer, given: CarerGiven, stamped: dict[str, Any], *, today: date) -> None:
    """Close what held until now and open the new record; a correction of the past replaces it."""
    standing = Custody.unscoped.select_for_update().filter(carer=carer, until__isnull=True).first()
    since = given.custody_since or (standing.since if standing else today)
    if standing is None and given.custody == CustodyValue.UNKNOWN:
        return
    if standing and (standing.value, standing.since) == (given.custody, since):
        return
    if standing and standing.since >= since:
        fresh = {"value": given.custody, "since": since, "confirmed_by": None, "confirmed_at": None}
        for name, value in (fresh | stamped).items():
            setattr(standing, name, value)
        standing.save(update_fields=[*fresh, "created_at", "created_by"])
        return
    if standing:
        standing.until = since
        standing.save(update_fields=["until"])
    Custody.unscoped.create(carer=carer, value=given.custody, since=since, **stamped)
