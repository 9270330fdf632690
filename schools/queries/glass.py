"""What break-glass finds at the dossier of a pupil."""

from uuid import UUID

from django.urls import reverse

from schools.models import Enrollment, Student
from teams.access.fence import beyond_seats
from teams.access.glass import GlassTarget


@beyond_seats("what lies at a dossier")
def student_target(dossier_id: UUID) -> GlassTarget | None:
    """Name a pupil by the dossier's code, with the schools of today."""
    student = Student.unscoped.filter(dossier=dossier_id).first()
    if student is None:
        return None
    rows = Enrollment.unscoped.filter(student=student, until__isnull=True)
    return GlassTarget(
        code=f"leerling {str(dossier_id)[:8]}",
        url=reverse("student", args=[student.pk]),
        nodes=frozenset(rows.values_list("school__organization_id", flat=True)),
    )
