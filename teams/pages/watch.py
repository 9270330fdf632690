"""What waits for who looks after the product itself: alarms, and break-glass to look back on."""

from datetime import datetime

from django.urls import reverse

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as May
from teams.components import Action, Row
from teams.queries.alarms import open_alarms
from teams.queries.glass import glass_for


def watch_rows(actor: Actor, *, now: datetime) -> list[Row]:
    """Lines for Vandaag; none for everyone else, and no query for them."""
    rows = []
    if may(actor, May.SEE_ALARMS):
        look = Action("Bekijken", reverse("alarms"), is_quiet=True)
        rows += [
            Row(lead="Alarm:", title=alarm.get_kind_display(), why=alarm.text, action=look)
            for alarm in open_alarms()
        ]
    if may(actor, May.REVIEW_GLASS):
        rows += _to_review(actor)
    return rows


def _to_review(actor: Actor) -> list[Row]:
    waiting = glass_for(actor).filter(reviewed_at__isnull=True)
    return [
        Row(
            lead="Kijk na:" if glass.opened_at else "Noodtoegang gevraagd:",
            title=f"noodtoegang van {glass.person}",
            why=glass.get_category_display(),
            action=Action("Bekijken", reverse("glass", args=[glass.pk]), is_quiet=True),
        )
        for glass in waiting.exclude(person=actor.person_id)
    ]
