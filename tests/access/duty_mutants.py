"""Taking away what guards rows without a dossier, one at a time: in the code, and in the tables (A-15)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from unittest.mock import Mock, patch
from uuid import UUID

from django.db import DatabaseError, connection, models, transaction

from cases.actions import documents
from cases.models import Draft
from cases.views import drafts
from teams.access.fence import beyond_seats
from teams.access.rules import ROLES_FOR, Action
from teams.enums import Role
from teams.models import Organization
from teams.pages import rights
from teams.rights import giving
from tests.access.duty_matrix import IMMUTABLE, changes

# What nobody does alone (D13), and the constraint that refuses it.
ALONE = {
    "proposal_not_for_oneself": "UPDATE teams_proposal SET proposed_by_id = person_id",
    "proposal_four_eyes": "UPDATE teams_proposal SET decided_by_id = proposed_by_id",
    "glass_reviewed_by_second_person": "UPDATE teams_breakglass SET reviewed_by_id = person_id",
    "glass_approved_by_second_person": "UPDATE teams_breakglass SET approved_by_id = person_id",
}
GUARDING = """
SELECT tgname FROM pg_trigger
WHERE tgrelid = %s::regclass AND tgname ~ 'immutable|append_only'
"""


def duty_mutants() -> Iterator[tuple[str, AbstractContextManager]]:
    """Each of these rules taken out of the code."""
    yield "D8 drafts of anybody", patch.object(drafts.Draft, "objects", Mock(filter=_anybodys))
    yield "AR-38 work for who left", patch.object(documents, "may_read", lambda *_a, **_k: True)
    yield "AR-38 no work", patch.object(documents, "may_read", lambda *_a, **_k: False)
    yield "AR-36 every organization", _everywhere()
    for action in (Action.OVERSEE, Action.REVIEW_GLASS, Action.DECIDE_RIGHTS, Action.MANAGE_RIGHTS):
        yield f"{action} by nobody", patch.dict(ROLES_FOR, {action: frozenset()})
        yield f"{action} by everybody", patch.dict(ROLES_FOR, {action: frozenset(Role)})


def _anybodys(person: UUID, **form: str) -> Mock:
    """Without asking whose; the table refuses as well, so its fence is lifted."""

    @beyond_seats("fence 2 is off")
    def first() -> Draft | None:
        return Draft._base_manager.filter(**form).first()

    return Mock(first=first)


@contextmanager
def _everywhere() -> Iterator[None]:
    nodes = frozenset(Organization.objects.values_list("pk", flat=True))
    with ExitStack() as stack:
        for room in (rights, giving):
            stack.enter_context(patch.object(room, "kept_nodes", lambda _actor: nodes))
        yield


def lost_protections() -> Iterator[tuple[str, bool]]:
    """Each protection by name, and whether its loss was noticed: refused with it, and not without."""
    for model in IMMUTABLE:
        table = model._meta.db_table
        for name in _triggers(table):
            is_held = not _changed(model)
            with _undone(f"DROP TRIGGER {name} ON {table}"):
                yield f"D11 {table}.{name}", is_held and _changed(model)
    for name, words in ALONE.items():
        is_held = not _goes_through(words)
        with _undone(f"ALTER TABLE {words.split()[1]} DROP CONSTRAINT {name}"):
            yield f"D13 {name}", is_held and _goes_through(words)


def _triggers(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(GUARDING, [table])
        return [name for (name,) in cursor.fetchall()]


def _changed(model: type[models.Model]) -> bool:
    return changes(model, "UPDATE {0} SET id = id")


def _goes_through(words: str) -> bool:
    try:
        with _undone(words):
            return True
    except DatabaseError:
        return False


@contextmanager
def _undone(statement: str) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        yield
        transaction.set_rollback(True)
