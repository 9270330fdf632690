"""What must happen on a date: trigger, to whom, when; a table (domain.md 16.1)."""

from datetime import datetime

from cases.models import Case


def reschedule(case: Case, *, now: datetime) -> None:
    """Recompute the due rows of a case after one of its objects changed (R-16.1 to R-16.3)."""
