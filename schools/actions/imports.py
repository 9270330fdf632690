"""The life of an import: a file comes in, is read, looked at, and carried through by a worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from schools.actions.carers_file import apply_carers, preview_carers
from schools.actions.edexml import Progress, apply_edexml, preview_edexml
from schools.actions.permission import require
from schools.actions.progress import ProgressNote
from schools.enums import ImportKind, ImportState
from schools.imports.carers_csv import read_carers
from schools.imports.edexml import read_edexml
from schools.imports.records import BrokenFile
from schools.models import ImportRun, School
from schools.queries.carers import school_carers
from teams.access.actor import Actor, acting_as, actor_for
from teams.access.errors import Blocked, Reason
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.outbox import enqueue

READ_WORK = "import-read"
COMMIT_WORK = "import-commit"


def receive_file(
    school: School, kind: ImportKind, upload: tuple[str, bytes], *, actor: Actor, now: datetime
) -> ImportRun:
    """Take a file in and let a worker read it.

    Shape:  the import, received; its preview follows.
    Errors: NotVisible, NotAllowed.
    """
    require(Action.IMPORT, school.dossier_id, actor=actor)
    name, content = upload
    with transaction.atomic():
        run = ImportRun.unscoped.create(
            dossier_id=school.dossier_id,
            created_at=now,
            created_by_id=actor.person_id,
            school=school,
            kind=kind,
            state=ImportState.RECEIVED,
            file_name=name[-200:],
            content=content,
        )
        record(Verb.IMPORT_PREVIEWED, run, actor=actor, now=now)
        enqueue(READ_WORK, run.pk, now=now, key=f"{READ_WORK}:{run.pk}")
    return run


def read_file(run: ImportRun, *, now: datetime) -> ImportRun:
    """Read a received file and keep what it would change; a broken one says why. Done once."""
    if run.state != ImportState.RECEIVED:
        return run
    try:
        preview = FORMATS[ImportKind(run.kind)].preview(run, now, ProgressNote(run.pk).report)
    except BrokenFile as broken:
        return _finish(run, ImportState.BROKEN, message=broken.text[:400], content=b"")
    return _finish(run, ImportState.READY, preview=preview, total_rows=preview["total"])


@transaction.atomic
def ask_commit(run: ImportRun, *, is_sure: bool = False, actor: Actor, now: datetime) -> ImportRun:
    """Let a worker carry an import through.

    Shape:  the import, being committed; one that is being committed already stays so.
    Errors: NotVisible, NotAllowed; Blocked when it is not ready, or has doubts and nobody is sure.
    """
    require(Action.IMPORT, run.dossier_id, actor=actor)
    run = ImportRun.unscoped.select_for_update().get(pk=run.pk)
    if run.state in (ImportState.COMMITTING, ImportState.COMMITTED):
        return run
    if run.state != ImportState.READY:
        raise Blocked(
            [
                Reason(
                    "Dit bestand is niet klaar om door te voeren.",
                    "Ververs de pagina over een ogenblik.",
                    "import_is_read",
                )
            ]
        )
    if run.preview["doubts"] and not is_sure:
        raise Blocked(
            [
                Reason(doubt, "Vink aan dat u het hebt gecontroleerd.", "import_is_checked")
                for doubt in run.preview["doubts"]
            ]
        )
    ProgressNote(run.pk).forget()
    enqueue(COMMIT_WORK, run.pk, now=now, key=f"{COMMIT_WORK}:{run.pk}")
    return _finish(
        run, ImportState.COMMITTING, committed_by_id=actor.person_id, committed_as=actor.role or ""
    )


def commit_file(run: ImportRun, *, now: datetime) -> ImportRun:
    """Carry an import through in the name of who asked for it; the file itself is not kept. Done once."""
    if run.state != ImportState.COMMITTING or run.committed_by is None:
        return run
    actor = actor_for(run.committed_by, day=now.date(), role=run.committed_as)
    with acting_as(actor):
        done = FORMATS[ImportKind(run.kind)].commit(run, actor, now)
    # What was really changed: the school may have moved on since the preview.
    return _finish(
        run,
        ImportState.COMMITTED,
        preview=done,
        done_rows=sum(done["counts"].values()),
        content=b"",
    )


def _finish(run: ImportRun, state: ImportState, **fields: Any) -> ImportRun:
    run.state = state
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["state", *fields])
    return run


@dataclass(frozen=True)
class _Format:
    """How a kind of file is read and carried through; both give the preview as it is kept."""

    preview: Callable[[ImportRun, datetime, Progress], dict[str, Any]]
    commit: Callable[[ImportRun, Actor, datetime], dict[str, Any]]


def _preview_edexml(run: ImportRun, now: datetime, progress: Progress) -> dict[str, Any]:
    content = read_edexml(_stream(run), on_progress=lambda count: progress(count, count + 1))
    return preview_edexml(run.school, content, today=now.date()).as_json()


def _commit_edexml(run: ImportRun, actor: Actor, now: datetime) -> dict[str, Any]:
    progress = ProgressNote(run.pk).report
    content = read_edexml(_stream(run))
    return apply_edexml(run.school, content, actor=actor, now=now, on_progress=progress).as_json()


def _preview_carers(run: ImportRun, now: datetime, progress: Progress) -> dict[str, Any]:
    known = school_carers(run.school)
    return preview_carers(read_carers(_stream(run)), known).as_json(known.names)


def _commit_carers(run: ImportRun, actor: Actor, now: datetime) -> dict[str, Any]:
    progress = ProgressNote(run.pk).report
    content, names = read_carers(_stream(run)), school_carers(run.school).names
    preview = apply_carers(run.school, content, actor=actor, now=now, on_progress=progress)
    return preview.as_json(names)


def _stream(run: ImportRun) -> BytesIO:
    return BytesIO(bytes(run.content))


FORMATS = {
    ImportKind.EDEXML: _Format(_preview_edexml, _commit_edexml),
    ImportKind.CARERS: _Format(_preview_carers, _commit_carers),
}
