"""The only place that answers: may this actor do this?"""

from uuid import UUID

from teams.access.actor import Actor
from teams.access.fence import beyond_seats
from teams.access.rules import (
    FIRST_ACTIONS,
    GLASS_ACTIONS,
    OPEN_ACTIONS,
    PERSONAL_ACTIONS,
    ROLES_FOR,
    Action,
)
from teams.enums import Compartment, Relation
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE

# The relations through which someone works on a dossier; being asked only answers.
WORKING_RELATIONS = (
    Relation.SCHOOL,
    Relation.GROUP,
    Relation.PARTICIPANT,
    Relation.LEAD,
)


def may(
    actor: Actor,
    action: Action,
    *,
    dossier_id: UUID | None = None,
    relations: tuple[Relation, ...] = WORKING_RELATIONS,
) -> bool:
    """Decide one question: role by table, and with a dossier also a working seat there.

    Source: access.md 2.1 points 2 to 5; anything not stated is denied.
    """
    if actor.is_system or action in OPEN_ACTIONS:
        return True
    if not actor.is_live:
        return action in FIRST_ACTIONS
    if action in PERSONAL_ACTIONS:
        return actor.person_id is not None
    if actor.role not in ROLES_FOR.get(action, frozenset()):
        return action in GLASS_ACTIONS and dossier_id is None and _has_glass(actor)
    if dossier_id is None:
        return True
    return bool(relations_to(dossier_id, actor=actor) & set(relations))


@beyond_seats("relations")
def opens(dossier_id: UUID, compartment: Compartment, *, actor: Actor) -> bool:
    """Tell whether a seat opens this compartment to the actor, beyond what names only a few rows."""
    seats = actor.seats.filter(dossier=dossier_id, compartments__contains=[compartment])
    return seats.filter(audiences__overlap=[OPEN_AUDIENCE, EVERY_AUDIENCE]).exists()


@beyond_seats("break-glass")
def _has_glass(actor: Actor) -> bool:
    """This person opened a dossier by break-glass, and the hour is not over."""
    return actor.has_glass and actor.seats.filter(relation=Relation.GLASS).exists()


@beyond_seats("relations")
def relations_to(dossier_id: UUID, *, actor: Actor) -> set[Relation]:
    """Give the relations in which the actor sits at this dossier; empty when not at all."""
    seats = actor.seats.filter(dossier=dossier_id)
    return {Relation(value) for value in seats.values_list("relation", flat=True)}
