"""Pages of the steps from VOT to closing (T-11 to T-27)."""

from cases.pages.steps import StepPage

LATE: dict[str, StepPage] = {}
