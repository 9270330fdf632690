"""Pages of the steps from signal to VOT request (T-02 to T-10), and of moving and reopening."""

from cases.pages.steps import StepPage

EARLY: dict[str, StepPage] = {}
