"""What belongs to the page of one step: its form, its action, its template."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.forms.base import StepForm
from cases.models import Case


@dataclass(frozen=True)
class StepPage:
    """The page of one step.

    `act(case_id, given=…, actor=…, now=…)` performs; the form's cleaned data is what is given.
    """

    form: type[StepForm]
    act: Callable[..., Case]
    template: str = "cases/step.html"
