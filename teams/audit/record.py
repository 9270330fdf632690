"""Write the audit line of an action."""

from datetime import datetime

import structlog
from django.db import models

from teams.access.actor import Actor
from teams.audit.verbs import Verb
from teams.models import AuditEntry


def record(
    verb: Verb, subject: models.Model, *, actor: Actor, now: datetime, reason: str = ""
) -> AuditEntry:
    """Write one line: this actor did this to this object (R-6.2, I19).

    The caller's transaction carries it: no change without a line, no line without a change.
    """
    return AuditEntry.objects.create(
        at=now, verb=verb, reason=reason[:400], **who(actor), **_what(subject)
    )


def who(actor: Actor) -> dict:
    """Who acts, as every line of the trace says it."""
    bound = structlog.contextvars.get_contextvars()
    node = next(iter(sorted(actor.organizations)), None)
    return {
        "actor_id": actor.person_id,
        "actor_name": actor.signature[:200],
        "acting_role": actor.role or "",
        "organization_id": node,
        "on_behalf_id": actor.on_behalf_id,
        "request_id": str(bound.get("request_id", ""))[:40],
    }


def _what(subject: models.Model) -> dict:
    return {
        "object_type": subject._meta.model_name,
        "object_id": subject.pk,
        "dossier_id": getattr(subject, "dossier_id", None),
    }
