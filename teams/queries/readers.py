"""Whether a person may see a dossier today, in any of their roles."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from teams.access.actor import actor_for
from teams.access.fence import beyond_seats
from teams.enums import Relation
from teams.models import User


@beyond_seats("may someone else read")
def may_read(
    person: User,
    dossier_id: UUID,
    *,
    day: date,
    relations: Collection[Relation] = tuple(Relation),
) -> bool:
    """Tell whether a seat opens this dossier to this person: a mail follows the screens.

    Shape:  with `relations` only seats in one of these count.
    Source: access.md 2.9; a seat that ended also ends what was queued (INGETROKKEN).
    """
    roles = actor_for(person, day=day).roles
    actors = (actor_for(person, day=day, role=role) for role in roles)
    seats = (actor.seats.filter(dossier=dossier_id) for actor in actors)
    return any(rows.filter(relation__in=relations).exists() for rows in seats)
