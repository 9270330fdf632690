"""The life of an import: a file is read as it comes in, looked at, and carried through by a worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from schools.actions.carers_file import apply_carers, preview_carers
from schools.actions.edexml import apply_edexml, preview_edexml
from schools.actions.permission import require
from schools.actions.progress import ProgressNote
from schools.enums import ImportKind, ImportState
from schools.imports.carers_csv import read_carers, write_carers
from schools.imports.edexml import read_edexml
from schools.imports.edexml_writer import write_records
from schools.models import ImportRun, School
from schools.queries.carers import school_carers
from teams.access.actor import Actor, acting_as, actor_for
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.outbox import enqueue

COMMIT_WORK = "import-commit"
FILE_IS_GONE = Reason(
    "Dit bestand is vervangen of kon niet worden doorgevoerd.",
    "Kies het bestand opnieuw.",
    "import_waits",
)
ALREADY_DONE = Reason(
    "Deze import is al doorgevoerd.", "Op de pagina van de import staat wat er is veranderd."
)
NO_ROLE_ANY_MORE = (
    "U hebt op deze school geen rol meer waarmee u mag importeren. Er is niets veranderd."
)


@after_rules
@transaction.atomic
def receive_file(
    school: School, kind: ImportKind, upload: tuple[str, bytes], *, actor: Actor, now: datetime
) -> ImportRun:
    """Read an uploaded file and keep what it would change, for someone to look at.

    Shape:  the import, ready; an older one of this kind that waits is emptied, for it is replaced.
    Errors: NotVisible, NotAllowed; BrokenFile, in Dutch, when the file cannot be imported.
    """
    require(Action.IMPORT, school.dossier_id, actor=actor)
    name, content = upload
    kept, preview = FORMATS[kind].take_in(school, content, now)
    waiting = ImportRun.unscoped.filter(school=school, kind=kind, state=ImportState.READY)
    waiting.update(state=ImportState.REPLACED, content=b"", preview={})
    run = ImportRun.unscoped.create(
        dossier_id=school.dossier_id,
        created_at=now,
        created_by_id=actor.person_id,
        school=school,
        kind=kind,
        state=ImportState.READY,
        file_name=name[-200:],
        content=kept,
        preview=preview,
        total_rows=preview["total"],
    )
    record(Verb.IMPORT_PREVIEWED, run, actor=actor, now=now)
    return run


@after_rules
@transaction.atomic
def ask_commit(run: ImportRun, *, is_sure: bool = False, actor: Actor, now: datetime) -> ImportRun:
    """Let a worker carry an import through.

    Shape:  the import, being committed; one that is being committed already stays so.
    Errors: NotVisible, NotAllowed; Blocked when it is done, or its file is gone, or when it has
            doubts and nobody is sure.
    """
    require(Action.IMPORT, run.dossier_id, actor=actor)
    run = ImportRun.unscoped.select_for_update().get(pk=run.pk)
    if run.state == ImportState.COMMITTING:
        return run
    if run.state == ImportState.COMMITTED:
        raise Blocked([ALREADY_DONE])
    if run.state != ImportState.READY or not run.content:
        raise Blocked([FILE_IS_GONE])
    if run.preview["doubts"] and not is_sure:
        raise Blocked(
            [
                Reason(doubt, "Vink aan dat u het hebt gecontroleerd.", "import_is_checked")
                for doubt in run.preview["doubts"]
            ]
        )
    enqueue(COMMIT_WORK, run.pk, now=now, key=f"{COMMIT_WORK}:{run.pk}")
    return _finish(
        run, ImportState.COMMITTING, committed_by_id=actor.person_id, committed_as=actor.role or ""
    )


@after_rules
def commit_file(run: ImportRun, *, now: datetime) -> ImportRun:
    """Carry an import through in the name of who asked for it; the file itself is not kept. Done once."""
    if run.state != ImportState.COMMITTING or run.committed_by is None:
        return run
    actor = actor_for(run.committed_by, day=now.date(), role=run.committed_as)
    try:
        with acting_as(actor):
            done = FORMATS[ImportKind(run.kind)].commit(run, actor, now)
    except (NotAllowed, NotVisible):
        return _finish(run, ImportState.REFUSED, message=NO_ROLE_ANY_MORE, content=b"", preview={})
    # What was really changed: the school may have moved on since the preview. Lines are those of the upload.
    return _finish(
        run,
        ImportState.COMMITTED,
        preview=done | {"deviations": run.preview["deviations"]},
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
    """How a kind of file is taken in and carried through.

    `take_in` gives the file with only what we may keep, and the preview; `commit` what was changed.
    """

    take_in: Callable[[School, bytes, datetime], tuple[bytes, dict[str, Any]]]
    commit: Callable[[ImportRun, Actor, datetime], dict[str, Any]]


def _take_edexml(school: School, upload: bytes, now: datetime) -> tuple[bytes, dict[str, Any]]:
    content, kept = read_edexml(BytesIO(upload)), BytesIO()
    write_records(kept, content)
    return kept.getvalue(), preview_edexml(school, content, today=now.date()).as_json()


def _commit_edexml(run: ImportRun, actor: Actor, now: datetime) -> dict[str, Any]:
    progress = ProgressNote(run.pk).report
    content = read_edexml(BytesIO(bytes(run.content)))
    return apply_edexml(run.school, content, actor=actor, now=now, on_progress=progress).as_json()


def _take_carers(school: School, upload: bytes, now: datetime) -> tuple[bytes, dict[str, Any]]:
    content, kept, known = read_carers(BytesIO(upload)), BytesIO(), school_carers(school)
    write_carers(kept, content.carers)
    return kept.getvalue(), preview_carers(content, known).as_json(known.names)


def _commit_carers(run: ImportRun, actor: Actor, now: datetime) -> dict[str, Any]:
    progress = ProgressNote(run.pk).report
    content, names = read_carers(BytesIO(bytes(run.content))), school_carers(run.school).names
    preview = apply_carers(run.school, content, actor=actor, now=now, on_progress=progress)
    return preview.as_json(names)


FORMATS = {
    ImportKind.EDEXML: _Format(_take_edexml, _commit_edexml),
    ImportKind.CARERS: _Format(_take_carers, _commit_carers),
}
