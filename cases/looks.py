"""Which case lies behind an object that has an address of its own, to count looks (access.md 2.8)."""

from uuid import UUID

from cases.models import Agreement, Consent, Consult, Document, Meeting
from teams.access.step_up import find_case_of

_MODELS = {
    "agreement_id": Agreement,
    "consent_id": Consent,
    "consult_id": Consult,
    "document_id": Document,
    "meeting_id": Meeting,
}


def register() -> None:
    """Let a look at each of these count as a look at its case."""
    for name, model in _MODELS.items():

        def find(object_id: UUID, model=model) -> UUID | None:
            rows = model.unscoped.filter(pk=object_id)
            return rows.values_list("case_id", flat=True).first()

        find_case_of(name, find)
