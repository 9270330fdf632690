"""A CSV file with carers against a school: show what it would change, or change it."""

from datetime import datetime

from django.db import transaction

from schools.actions.carers import CarerGiven, save_carer
from schools.actions.edexml import Progress, no_progress
from schools.actions.permission import require
from schools.imports.carers_csv import CarerRecord, CarersFile
from schools.imports.carers_preview import (
    CarerChange,
    CarersPreview,
    carer_identity,
    compare_carers,
    custody_of,
)
from schools.imports.postcodes import municipality_key
from schools.models import School
from schools.queries.carers import CarerLine, SchoolCarers, school_carers
from schools.queries.organizations import municipalities
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import Organization

LONGEST_PREFIX = 20


def preview_carers(content: CarersFile, known: SchoolCarers) -> CarersPreview:
    """Compare a file with the carers of a school; writes nothing."""
    return compare_carers(content, known.known(), municipalities=municipalities())


@after_rules
@transaction.atomic
def apply_carers(
    school: School,
    content: CarersFile,
    *,
    actor: Actor,
    now: datetime,
    on_progress: Progress = no_progress,
) -> CarersPreview:
    """Add and change the carers that the file names; carers that are not in it stay.

    Shape:  what was changed; the same file twice changes nothing. Custody waits for a second person.
    Units:  `on_progress` hears carers done and carers in all.
    Errors: NotVisible, NotAllowed.
    """
    require(Action.IMPORT, school.dossier_id, actor=actor)
    School.objects.select_for_update().get(pk=school.pk)
    known, places = school_carers(school), municipalities()
    preview = preview_carers(content, known)
    for done, change in enumerate(preview.changes, start=1):
        _write(change, known, places, actor=actor, now=now)
        on_progress(done, len(preview.changes))
    if preview.changes:
        record(Verb.IMPORT_COMMITTED, school, actor=actor, now=now, reason="verzorgers")
    return preview


def _write(
    change: CarerChange,
    known: SchoolCarers,
    places: dict[str, Organization],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    wanted = change.record
    identity = carer_identity(f"{wanted.first_name} {wanted.last_name}")
    line = known.lines[wanted.student_key].get(identity)
    save_carer(
        known.students[wanted.student_key],
        _given(wanted, line, places),
        carer=line.carer if line else None,
        actor=actor,
        now=now,
    )


def _given(
    wanted: CarerRecord, line: CarerLine | None, places: dict[str, Organization]
) -> CarerGiven:
    """What the file has; where it has nothing, what is known stays."""
    carer = line.carer if line else None
    contact = line.contact if line else None
    prefix, last_name = split_prefix(wanted.last_name)
    return CarerGiven(
        first_name=wanted.first_name,
        prefix=prefix,
        last_name=last_name,
        relation=wanted.relation,
        language=(wanted.language or (carer.language if carer else ""))[:40],
        residence=places.get(municipality_key(wanted.municipality))
        or (carer.residence if carer else None),
        phone=wanted.phone or (contact.phone if contact else ""),
        email=wanted.email or (contact.email if contact else ""),
        address=contact.address if contact else "",
        is_secret=contact.is_secret if contact else False,
        secret_for=tuple(contact.secret_for) if contact else (),
        custody=custody_of(wanted),
        custody_since=wanted.custody_since,
    )


def split_prefix(last_name: str) -> tuple[str, str]:
    """Prefix and last name: the words in lower case that come first, "van der" and "Veen"."""
    words = last_name.split()
    count = next(
        (place for place, word in enumerate(words) if not word[0].islower() and word[0] != "'"), 0
    )
    prefix = " ".join(words[:count])
    return ("", last_name) if len(prefix) > LONGEST_PREFIX else (prefix, " ".join(words[count:]))
