"""Asking for extra care about who looks at one case."""

from datetime import datetime

from django.db import transaction

from cases.models import Case
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.errors import NotAllowed
from teams.access.fence import beyond_seats
from teams.access.rules import Action
from teams.audit import Verb, record
from teams.models import Dossier


@beyond_seats("extra care about looking")
def watch_case(case: Case, *, is_watched: bool, actor: Actor, now: datetime) -> Case:
    """Have every look at this case flagged, or no longer: a known family, a colleague's child.

    Errors: NotAllowed.
    """
    if not may(actor, Action.READ_TRACE, dossier_id=case.dossier_id):
        raise NotAllowed(Action.READ_TRACE)
    with transaction.atomic():
        Dossier.objects.filter(pk=case.dossier_id).update(is_watched=is_watched)
        verb = Verb.WATCH_BEGUN if is_watched else Verb.WATCH_ENDED
        record(verb, case, actor=actor, now=now)
    return case
