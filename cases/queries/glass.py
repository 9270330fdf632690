"""What break-glass finds at the dossier of a case."""

from uuid import UUID

from django.urls import reverse

from cases.models import Case
from teams.access.fence import beyond_seats
from teams.access.glass import GlassTarget


@beyond_seats("what lies at a dossier")
def case_target(dossier_id: UUID) -> GlassTarget | None:
    """Name a case by its number, with its state and school."""
    rows = Case.unscoped.select_related("school", "student")
    case = rows.filter(dossier=dossier_id).first()
    if case is None:
        return None
    return GlassTarget(
        code=f"casus {case.number}",
        url=reverse("case", args=[case.pk]),
        nodes=frozenset({case.school.organization_id}),
        state=case.state,
        heading=case.student.dossier_id,
    )


@beyond_seats("what lies at a dossier")
def dossier_of_number(number: str) -> UUID | None:
    """Find the dossier of a case by its number, for whoever may only ask to open it."""
    return Case.unscoped.filter(number=number).values_list("dossier_id", flat=True).first()
