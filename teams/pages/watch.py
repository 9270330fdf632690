"""What waits for who looks after the product itself, and what was done to one's own account."""

from datetime import datetime, timedelta

from django.urls import reverse

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as May
from teams.components import Action, Row
from teams.queries.alarms import open_alarms
from teams.queries.glass import glass_for
from teams.queries.rights import resets_of
from teams.templatetags.ui import day_hour

# How long the owner of an account finds on Vandaag that others reset it.
RESET_SHOWN = timedelta(days=14)


def watch_rows(actor: Actor, *, now: datetime) -> list[Row]:
    """Lines for Vandaag: of one's own account for everyone, of the product for who looks after it."""
    rows = _resets(actor, now)
    if may(actor, May.SEE_ALARMS):
        look = Action("Bekijken", reverse("alarms"), is_quiet=True)
        rows += [
            Row(lead="Alarm:", title=alarm.get_kind_display(), why=alarm.text, action=look)
            for alarm in open_alarms()
        ]
    if may(actor, May.REVIEW_GLASS):
        rows += _to_review(actor)
    return rows


def _resets(actor: Actor, now: datetime) -> list[Row]:
    """The second way by which an owner hears of a reset: a mailbox may be somebody else's (A-10)."""
    look = Action("Mijn sessies", reverse("own-sessions"), is_quiet=True)
    return [
        Row(
            lead="Uw account:",
            title="uw tweede stap is weggehaald",
            why=f"Door {reset.proposed_by} en {reset.decided_by}, {day_hour(reset.decided_at)}. "
            "Wist u dit niet? Bel de beheerder van uw organisatie.",
            action=look,
        )
        for reset in resets_of(actor.person_id, since=now - RESET_SHOWN)
    ]


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
