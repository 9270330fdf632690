"""Loads the whole demo region, all or nothing."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction

from config.demo.region.around import tell_around
from config.demo.region.build import build_region
from config.demo.region.cases import play_cases
from config.demo.region.ledger import settle_ledger
from config.demo.region.roster import CASES, CasePlan
from teams.access.fence import beyond_seats
from teams.models import User

LAST_VISIT_DAYS = 3


@transaction.atomic
@beyond_seats("demo region")
def load_region(*, now: datetime, scale: float = 1.0, plans: Iterable[CasePlan] = CASES) -> int:
    """Build the region around `now`, play its cases and settle the ledger, in one transaction.

    Shape:  how many cases were played.
    Units:  `scale` 1 gives about 900 pupils.
    """
    region = build_region(now=now, scale=scale)
    played = play_cases(region, plans=plans)
    tell_around(region, played)
    # What happened since then is news to everyone.
    visit = datetime.combine(now.date() - timedelta(days=LAST_VISIT_DAYS), time(8), now.tzinfo)
    User.objects.exclude(persona="").update(last_visit_at=visit, this_visit_at=visit)
    settle_ledger(now=now)
    return len(played)
