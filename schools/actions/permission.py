"""The question every action of this room asks first."""

from uuid import UUID

from teams.access.actor import Actor
from teams.access.decide import may, relations_to
from teams.access.errors import NotAllowed, NotVisible
from teams.access.fence import after_rules
from teams.access.rules import Action


@after_rules
def require(action: Action, dossier_id: UUID, *, actor: Actor) -> None:
    """Let the actor pass who may do this at this dossier.

    Errors: NotVisible without a seat, NotAllowed with a seat that does not open this.
    """
    if may(actor, action, dossier_id=dossier_id):
        return
    raise NotAllowed(action) if relations_to(dossier_id, actor=actor) else NotVisible(action)
