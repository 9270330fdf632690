"""Lines of the trace, as many as a test needs."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from teams.models import AccessEntry, AuditEntry
from tests.world import NOW


def look(actor_id: UUID, dossier_id: UUID, *, at: datetime = NOW, **fields: object) -> AccessEntry:
    """One look at one dossier, not yet written."""
    known = {
        "actor_name": "Iemand",
        "acting_role": "SUPPORT_COORDINATOR",
        "object_type": "case",
        "object_id": dossier_id,
        "request_id": str(uuid4()),
        "action": "read-case",
        "outcome": "200",
        "ground": "ZORGPLICHT",
        "rule": "AR-4",
        "dossier_ids": [dossier_id],
        "rules": ["AR-4"],
        "consent_ids": [None],
        "compartments": ["K0", "K1"],
    }
    return AccessEntry(at=at, actor_id=actor_id, dossier_id=dossier_id, **{**known, **fields})


def write_lines(count: int, *, dossiers: int = 40, each: int = 3) -> None:
    """Write so many lines in transactions of a few, over so many dossiers."""
    tables = [uuid4() for _ in range(dossiers)]
    actor = uuid4()
    for number in range(0, count, each):
        with transaction.atomic():
            for step in range(min(each, count - number)):
                dossier = tables[(number + step) % dossiers]
                if step % 3 == 2:
                    AuditEntry.objects.create(
                        at=NOW,
                        actor_id=actor,
                        actor_name="Iemand",
                        verb="STEP",
                        dossier_id=dossier,
                        request_id=str(uuid4()),
                    )
                else:
                    look(actor, dossier).save(force_insert=True)
