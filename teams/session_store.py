"""The store behind `SESSION_ENGINE`: Django's own, on rows that also say whose and since when."""

from typing import Any, cast
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from teams.models.session import Session, moment

HANDLE, BEGUN, SEEN, WORDS = "handle", "begun_at", "seen_at", "words"
CONFIRMED, DEVICE = "confirmed_at", "device"
# Set in a session that may only do one thing.
ONLY = "only"


class SessionStore(DatabaseStore):
    """Sessions of people; the columns repeat what the session itself says."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of ours."""
        return Session

    def cycle_key(self) -> None:
        """Go on under a new key and, since both rows exist for a moment, a new handle."""
        if HANDLE in self:
            self[HANDLE] = str(uuid4())
        super().cycle_key()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Give the row to save: with its person, its moments and its browser in words."""
        row = cast(Session, super().create_model_instance(data))
        row.person_id = data.get("_auth_user_id")
        row.begun_at, row.seen_at = moment(data.get(BEGUN)), moment(data.get(SEEN))
        row.words, row.device_id = data.get(WORDS, ""), data.get(DEVICE)
        if handle := data.get(HANDLE):
            row.handle = handle
        return row
