"""What a school fills in about itself."""

from datetime import datetime

from django.db import transaction

from schools.actions.permission import require
from schools.models import School
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.access.rules import Action
from teams.audit import Verb, record


@after_rules
@transaction.atomic
def change_school(
    school: School,
    *,
    route_map_url: str,
    absence_map_url: str,
    has_own_room: bool,
    actor: Actor,
    now: datetime,
) -> School:
    """Change the links to the region's own maps and whether there is a room to talk (C-32).

    Errors: NotVisible, NotAllowed.
    """
    require(Action.EDIT_SCHOOL, school.dossier_id, actor=actor)
    school.route_map_url = route_map_url
    school.absence_map_url = absence_map_url
    school.has_own_room = has_own_room
    school.save(update_fields=["route_map_url", "absence_map_url", "has_own_room"])
    record(Verb.SCHOOL_CHANGED, school, actor=actor, now=now)
    return school
