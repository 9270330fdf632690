"""The plan: the child's question first, then goals, who does what, and when we look back."""

from typing import Any

from django import forms
from django.urls import reverse

from cases.forms.agreements import Doers
from cases.forms.early import date_input, text_area
from cases.forms.minutes import StandingRowForm, TableDoers, initial_of, rows_of
from cases.queries.facts import CaseFacts
from cases.queries.plan_start import (
    MONITORING,
    PLAN_WORDS,
    goal_rows,
    living_plan,
    measure_rows,
    plan_words,
)

SCALE = [("", "nog niet"), *((str(number), str(number)) for number in range(1, 11))]
SPARE_GOALS = 2


class GoalForm(forms.Form):
    """One goal, with the family's own words beside it (R-11.4)."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Doel", required=False, max_length=300, widget=text_area(2))
    student_words = forms.CharField(
        label="In woorden van de leerling", required=False, max_length=300
    )
    carers_words = forms.CharField(label="In woorden van ouders", required=False, max_length=300)
    indicator = forms.CharField(label="Waaraan merken we het", required=False, max_length=300)
    measured_by = forms.CharField(label="Wie kijkt", required=False, max_length=120)
    scale_start = forms.TypedChoiceField(
        label="Waar staan we nu, van 1 tot 10",
        choices=SCALE,
        coerce=int,
        empty_value=None,
        required=False,
    )
    is_removed = forms.BooleanField(label="Weghalen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("id"):
            del self.fields["is_removed"]

    def given(self) -> dict[str, Any]:
        """This goal as the action takes it; an empty row is no goal."""
        row = dict(self.cleaned_data)
        return row if row.get("text", "").strip() else {**row, "is_removed": True}


class MeasureForm(StandingRowForm):
    """One measure, at one of the goals."""

    goal = forms.TypedChoiceField(
        label="Bij welk doel", coerce=int, empty_value=None, required=False
    )
    field_order = ("id", "goal", "doer", "what", "needed", "yields", "evaluate_on")

    def __init__(self, *args: Any, doers: Doers, goals: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, doers=doers, **more)
        self.fields["goal"].choices = [("", "Kies"), *goals]  # type: ignore[attr-defined]
        self.fields["evaluate_on"].help_text = "Leeg: op de datum van het plan."


class PlanForm(forms.Form):
    """The texts of the plan, its dates and who follows it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    help_question = forms.CharField(
        label="De vraag van ouders en leerling", required=False, widget=text_area(3)
    )
    strengths = forms.CharField(label="Wat gaat goed", required=False, widget=text_area(2))
    carers_words = forms.CharField(
        label="In woorden van ouders", required=False, widget=text_area(2)
    )
    student_words = forms.CharField(
        label="In woorden van de leerling", required=False, widget=text_area(2)
    )
    evaluate_on = forms.DateField(label="Evalueren op", required=False, widget=date_input())
    monitoring_indicators = forms.CharField(
        label="Wat volgen we", required=False, widget=text_area(2)
    )
    monitoring_measured_by = forms.CharField(label="Wie volgt het", required=False, max_length=200)
    monitoring_moments = forms.CharField(label="Wanneer", required=False, max_length=200)
    monitoring_present = forms.CharField(
        label="Wie is erbij als we evalueren", required=False, max_length=200
    )

    def __init__(self, data: Any = None, *, facts: CaseFacts) -> None:
        plan = living_plan(facts)
        super().__init__(
            data, initial={**plan_words(facts), "version": plan.version if plan else 0}
        )
        for name in PLAN_WORDS:
            key = f"plan/{facts.case.pk}/{name}"
            self.fields[name].widget.attrs["data-autosave"] = reverse("draft", args=[key])
        goals = goal_rows(facts)
        self.goals = rows_of(GoalForm, goals, data=data, prefix="goals")
        self.measures = rows_of(
            MeasureForm,
            _measures(facts, goals),
            data=data,
            prefix="measures",
            doers=TableDoers(facts),
            goals=_goal_choices(goals),
        )

    def is_valid(self) -> bool:
        """The texts and all rows have their shape."""
        return super().is_valid() and self.goals.is_valid() and self.measures.is_valid()

    def given(self) -> dict[str, Any]:
        """What `save_plan` takes."""
        cleaned = self.cleaned_data
        monitoring = {name: cleaned[f"monitoring_{name}"] for name in MONITORING}
        return {
            **{name: cleaned[name] for name in (*PLAN_WORDS, "evaluate_on", "version")},
            "goals": [row.given() for row in self.goals],
            "measures": [row.given() for row in self.measures if row.has_changed()],
            "monitoring": monitoring if any(monitoring.values()) else None,
        }


def _goal_choices(goals: list[dict[str, Any]]) -> list[tuple[str, str]]:
    named = [f"Doel {number}: {row['text'][:60]}" for number, row in enumerate(goals, start=1)]
    spare = [f"Doel {len(goals) + number}" for number in range(1, SPARE_GOALS + 1)]
    return [(str(index), label) for index, label in enumerate([*named, *spare])]


def _measures(facts: CaseFacts, goals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = {row.get("id"): index for index, row in enumerate(goals)}
    return [
        {**initial_of(row), "goal": places.get(row.goal_id) if row.goal_id else None}
        for row in measure_rows(facts)
    ]
