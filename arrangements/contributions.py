"""What arrangements tell the route about a case."""

from uuid import UUID

from arrangements.models import FacilityCheck
from cases.contributions import LeadFacts
from teams.access.errors import Reason


class ArrangementFacts:
    """Facilities found; requests and running arrangements come with their own machines."""

    def fitting_facility(self, case_id: UUID) -> str:
        """Name the last facility that fits (O11), or nothing."""
        row = (
            FacilityCheck.unscoped.filter(case=case_id, fits=True)
            .select_related("facility")
            .order_by("-checked_on", "-created_at")
            .first()
        )
        return row.facility.name if row else ""

    def lead_facts(self, case_id: UUID) -> LeadFacts:
        """Nothing runs yet that would move the proposal of a lead (R-8.2 line 5)."""
        return LeadFacts()

    def blocks_closing(self, case_id: UUID) -> list[Reason]:
        """Nothing runs yet that must end before closing (T-27)."""
        return []
