"""Pages around being signed in: show again who you are, what was kept, and one's own sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from teams.access import limits
from teams.access.step_up import kept_body
from teams.components import Action, Badge, BadgeKind, Row
from teams.models import Device, KeptPost, Session
from teams.templatetags.ui import day_hour

# What a person wrote, and not a choice, a number or a key.
SHORTEST_TEXT = 12


@dataclass(frozen=True)
class Way:
    """One way to show who you are."""

    label: str
    url: str


@dataclass(frozen=True)
class KeptPage:
    """A form that waits to be sent once more: its address, its fields, and the texts in it."""

    handle: UUID
    path: str
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    files: tuple[str, ...]

    @classmethod
    def of(cls, kept: KeptPost) -> "KeptPage":
        """Open what was kept."""
        body = kept_body(kept)
        fields = tuple((str(name), str(value)) for name, value in body["fields"])
        texts = tuple(value for _name, value in fields if _is_text(value))
        return cls(kept.pk, kept.path, fields, texts, tuple(body["files"]))


def _is_text(value: str) -> bool:
    return len(value) >= SHORTEST_TEXT and " " in value.strip()


@dataclass(frozen=True)
class SessionsPage:
    """All sessions and registered phones of one person, each with the way to end it."""

    sessions: tuple[Row, ...]
    phones: tuple[Row, ...]


def sessions_page(person_id: UUID, *, this: str, now: datetime) -> SessionsPage:
    """Build the page; this session stands first."""
    rows = Session.objects.filter(
        person=person_id, begun_at__gt=now - limits.WHOLE, seen_at__gt=now - limits.IDLE
    )
    found = sorted(rows.order_by("-seen_at"), key=lambda row: str(row.handle) != this)
    phones = Device.objects.filter(person=person_id, revoked_at__isnull=True)
    return SessionsPage(
        tuple(_session_row(row, is_this=str(row.handle) == this) for row in found),
        tuple(_phone_row(phone) for phone in phones.order_by("registered_at")),
    )


def _session_row(session: Session, *, is_this: bool) -> Row:
    why = f"Aangemeld {day_hour(session.begun_at)}, laatst gezien {day_hour(session.seen_at)}"
    url = reverse("session-end", args=[session.handle])
    return Row(
        lead=session.words or "Een browser",
        why=why,
        badge=Badge("deze sessie", BadgeKind.DONE) if is_this else None,
        action=Action("Beëindigen", url=url, is_post=True, is_quiet=True),
    )


def _phone_row(phone: Device) -> Row:
    used = f", laatst gebruikt {day_hour(phone.used_at)}" if phone.used_at else ""
    url = reverse("phone-revoke", args=[phone.pk])
    return Row(
        lead=phone.name,
        why=f"Aangemeld {day_hour(phone.registered_at)}{used}",
        action=Action("Intrekken", url=url, is_post=True, is_quiet=True),
    )
