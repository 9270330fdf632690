"""Write the audit line of an action."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import models

from teams.access.actor import Actor
from teams.audit.verbs import Verb
from teams.models import AccessEntry, AuditEntry


def record(
    verb: Verb, subject: models.Model, *, actor: Actor, now: datetime, reason: str = ""
) -> AuditEntry:
    """Write one line: this actor did this to this object (R-6.2, I19).

    The caller's transaction carries it: no change without a line, no line without a change.
    """
    return AuditEntry.objects.create(
        at=now, verb=verb, reason=reason[:400], **_who(actor), **_what(subject)
    )


def record_refusal(
    action: str, *, actor: Actor, now: datetime, outcome: str, subject_id: UUID | None = None
) -> AccessEntry:
    """Write one line for a refused look (S-29)."""
    return AccessEntry.objects.create(
        at=now, action=action, outcome=outcome, object_id=subject_id, **_who(actor)
    )


def _who(actor: Actor) -> dict:
    bound = structlog.contextvars.get_contextvars()
    node = next(iter(sorted(actor.organizations)), None)
    return {
        "actor_id": actor.person_id,
        "actor_name": actor.name,
        "acting_role": actor.role or "",
        "organization_id": node,
        "request_id": str(bound.get("request_id", ""))[:40],
    }


def _what(subject: models.Model) -> dict:
    return {
        "object_type": subject._meta.model_name,
        "object_id": subject.pk,
        "dossier_id": getattr(subject, "dossier_id", None),
    }
