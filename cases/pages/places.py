"""People at a table as faces, family first."""

from collections.abc import Iterable

from django.urls import reverse

from cases.enums import Attendance, Delivery, InviteeKind
from cases.models import Invitee
from teams.components import Badge, BadgeKind, Face

_ORDER = (InviteeKind.CARER, InviteeKind.STUDENT, InviteeKind.STAFF, InviteeKind.GUEST)


def faces_of_invitees(rows: Iterable[Invitee]) -> tuple[Face, ...]:
    """Give the faces of everyone invited, each with role, reason and what is known of coming."""
    ordered = sorted(rows, key=lambda row: _ORDER.index(InviteeKind(row.kind)))
    return tuple(_face(row) for row in ordered)


def _face(row: Invitee) -> Face:
    url = reverse("person", kwargs={"person_id": row.person_id}) if row.person_id else ""
    is_family = row.kind in {InviteeKind.CARER, InviteeKind.STUDENT}
    return Face(row.full_name, row.line, url, is_family=is_family, badge=_badge(row))


def _badge(row: Invitee) -> Badge | None:
    if row.attendance == Attendance.PRESENT:
        return Badge("was erbij", BadgeKind.DONE)
    if row.attendance == Attendance.ABSENT:
        return Badge("was er niet", BadgeKind.ATTENTION)
    if row.delivery == Delivery.PAPER:
        return Badge("brief op papier", BadgeKind.ATTENTION)
    return None
