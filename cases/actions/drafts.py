"""Text on its way: kept for the writer alone, offered back, thrown away once saved (U-13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Draft
from teams.access.actor import Actor
from teams.access.fence import after_rules
from teams.sealed import seal, unseal

MOST_CHARACTERS = 20_000


@after_rules
def keep_draft(key: str, text: str, *, actor: Actor, now: datetime) -> None:
    """Keep what someone typed and did not save yet; empty text throws the draft away.

    No audit line: a draft is no fact about anyone until it is saved.
    """
    if not text.strip():
        drop_drafts(actor.person_id, key)
        return
    with transaction.atomic():
        Draft.objects.update_or_create(
            person_id=actor.person_id,
            form_key=key,
            defaults={
                "body": {"sealed": seal(text[:MOST_CHARACTERS]).decode()},
                "saved_at": now,
            },
        )


def text_of(draft: Draft) -> str:
    """Open a kept text; in the table it is sealed (A-63)."""
    sealed = draft.body.get("sealed", "")
    return str(unseal(sealed.encode()) or "")


def drop_drafts(person_id: UUID | None, key: str) -> None:
    """Throw away the drafts of one form, after it was saved."""
    Draft.objects.filter(person_id=person_id, form_key__startswith=key).delete()
