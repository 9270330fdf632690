"""An EDEXML file against a school: show what it would change, or change it."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from schools.actions.import_groups import ensure_groups, ensure_sites
from schools.actions.import_students import ImportTarget, StudentWriter
from schools.actions.permission import require
from schools.contributions import contributed
from schools.imports.preview import Preview, compare
from schools.imports.records import EdexmlFile
from schools.models import School
from schools.queries.known import known_school, latest_enrollments
from schools.queries.organizations import municipalities
from schools.seating import reseat_school
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record

Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """Nobody is looking."""


def preview_edexml(school: School, content: EdexmlFile, *, today: date) -> Preview:
    """Compare a file with the school as the current actor sees it; writes nothing."""
    return compare(content, known_school(school, latest_enrollments(school).values()), today=today)


@after_rules
@transaction.atomic
def apply_edexml(
    school: School,
    content: EdexmlFile,
    *,
    actor: Actor,
    now: datetime,
    on_progress: Progress = no_progress,
) -> Preview:
    """Make the school's groups, pupils and enrollments say what the file says.

    Shape:  what was changed; the same file twice changes nothing and writes no audit line.
    Units:  `on_progress` hears steps done and steps in all.
    Errors: NotVisible, NotAllowed.
    Source: standards 4.1; leavers with an open case are flagged, not removed.
    """
    require(Action.IMPORT, school.dossier_id, actor=actor)
    # Two imports of one school at once would both see the same pupils as new.
    School.objects.select_for_update().get(pk=school.pk)
    standing = latest_enrollments(school)
    known = known_school(school, standing.values())
    preview = compare(content, known, today=now.date())
    if preview.changes_nothing:
        return preview
    groups, has_new_groups = ensure_groups(school, content)
    into = ImportTarget(
        school, known, standing, groups, ensure_sites(school, content), municipalities()
    )
    writer = StudentWriter(into, content, now, actor.person_id, on_progress)
    touched = writer.write(preview.changes)
    if has_new_groups:
        reseat_school(school)
    for room in contributed():
        room.after_move(touched, day=now.date())
    record(
        Verb.IMPORT_COMMITTED, school, actor=actor, now=now, reason=f"EDEXML {preview.school_year}"
    )
    return preview
