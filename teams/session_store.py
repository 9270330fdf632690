"""The store behind `SESSION_ENGINE`: Django's own, on rows that also say whose and since when.

The key of a row is a digest of the one in the cookie: who reads the table, or a backup of it,
cannot go on as somebody else.
"""

import hashlib
from typing import Any, cast
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from teams.models.session import Session, moment

HANDLE, BEGUN, SEEN, WORDS = "handle", "begun_at", "seen_at", "words"
CONFIRMED, DEVICE = "confirmed_at", "device"
# Set in a session that may only do one thing.
ONLY = "only"


def digest(key: str) -> str:
    """What the table keeps of the key in a cookie. Shape: forty characters, as wide as the column."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Sessions of people; the columns repeat what the session itself says."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of ours."""
        return Session

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a row for this key of a cookie."""
        return super().exists(digest(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row of this key of a cookie, or of this session."""
        if key := session_key or self.session_key:
            super().delete(digest(key))

    def cycle_key(self) -> None:
        """Go on under a new key and, since both rows exist for a moment, a new handle."""
        if HANDLE in self:
            self[HANDLE] = str(uuid4())
        super().cycle_key()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Give the row to save: with its person, its moments and its browser in words."""
        row = cast(Session, super().create_model_instance(data))
        row.session_key = digest(row.session_key)
        row.person_id = data.get("_auth_user_id")
        row.begun_at, row.seen_at = moment(data.get(BEGUN)), moment(data.get(SEEN))
        row.words, row.device_id = data.get(WORDS, ""), data.get(DEVICE)
        if handle := data.get(HANDLE):
            row.handle = handle
        return row

    def _get_session_from_db(self) -> Session | None:
        rows = Session.objects.filter(expire_date__gt=timezone.now())
        row = rows.filter(session_key=digest(self.session_key or "")).first()
        if row is None:
            self._session_key = None
        return row
