"""Break-glass in words: what was opened, by whom, why, and what still has to happen."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.glass import target_of
from teams.access.rules import Action
from teams.components import Badge, BadgeKind, Fact, Row
from teams.models import BreakGlass
from teams.queries.glass import glass_for, open_now
from teams.templatetags.ui import day_hour, long_day


@dataclass(frozen=True)
class GlassPage:
    """One hour of break-glass, and what this reader may do with it."""

    glass: BreakGlass
    facts: tuple[Fact, ...]
    badge: Badge
    may_approve: bool
    may_review: bool
    # Where the one who opened it reads on, while it is open.
    url: str


def glass_page(glass: BreakGlass, *, actor: Actor, now: datetime) -> GlassPage:
    """Build the page of one hour; by code, never by the name of a child (D10)."""
    is_other = may(actor, Action.REVIEW_GLASS) and glass.person_id != actor.person_id
    target = target_of(glass.dossier)
    is_open = bool(glass.ends_at and glass.ends_at > now and not glass.reviewed_at)
    is_mine = glass.person_id == actor.person_id
    return GlassPage(
        glass,
        tuple(_facts(glass, target.code if target else "")),
        _badge(glass, now),
        may_approve=is_other and glass.opened_at is None and glass.reviewed_at is None,
        may_review=is_other and glass.opened_at is not None and glass.reviewed_at is None,
        url=target.url if target and is_open and is_mine else "",
    )


def glass_rows(actor: Actor, *, now: datetime) -> list[Row]:
    """The hours that this reader asked for or may look back on."""
    return [
        Row(
            lead=str(glass.person),
            title=glass.get_category_display(),
            url=reverse("glass", args=[glass.pk]),
            when=day_hour(glass.asked_at),
            badge=_badge(glass, now),
        )
        for glass in glass_for(actor)[:50]
    ]


def glass_banner(actor: Actor, *, now: datetime) -> dict[str, object] | None:
    """What the bar says while something is open by break-glass; none otherwise."""
    if not actor.has_glass:
        return None
    row = next(iter(open_now(actor.person_id, now=now)), None)
    return {"until": row.ends_at, "url": reverse("glass", args=[row.pk])} if row else None


def _facts(glass: BreakGlass, code: str) -> list[Fact]:
    found = [
        Fact("Wie", str(glass.person), note=glass.get_role_display()),
        Fact("Dossier", code),
        Fact("Waarvoor", glass.get_category_display()),
        Fact("Reden", glass.reason),
        Fact("Gevraagd", day_hour(glass.asked_at)),
    ]
    if glass.opened_at and glass.ends_at:
        found.append(Fact("Open", f"{day_hour(glass.opened_at)} tot {day_hour(glass.ends_at)}"))
    if glass.approved_by:
        found.append(Fact("Tweede persoon", str(glass.approved_by)))
    if glass.review_by and not glass.reviewed_at:
        found.append(Fact("Nakijken voor", long_day(glass.review_by)))
    if glass.reviewed_by:
        answer = "terecht" if glass.is_justified else "niet terecht"
        found.append(Fact("Nagekeken", f"{answer}, door {glass.reviewed_by}", note=glass.remark))
    return found


def _badge(glass: BreakGlass, now: datetime) -> Badge:
    if glass.reviewed_at:
        return Badge("nagekeken", BadgeKind.DONE)
    if glass.opened_at is None or glass.ends_at is None:
        return Badge("wacht op tweede persoon", BadgeKind.ATTENTION)
    if glass.ends_at > now:
        return Badge("open", BadgeKind.ERROR)
    is_late = glass.review_by and glass.review_by < now.date()
    return Badge("te laat nagekeken" if is_late else "na te kijken", BadgeKind.ATTENTION)
