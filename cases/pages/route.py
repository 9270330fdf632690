"""All pages of steps, by code."""

from cases.pages.early_steps import EARLY
from cases.pages.late_steps import LATE
from cases.pages.steps import StepPage

STEP_PAGES: dict[str, StepPage] = {**EARLY, **LATE}
