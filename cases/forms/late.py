"""Forms of the steps from convening a VOT to closing (T-11 to T-27)."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst

from cases.actions.running import CLOSED_BY_PLAN
from cases.enums import ClosingReason, EvaluationConclusion, GoalResult, MeetingKind
from cases.forms.base import StepForm
from cases.forms.early import DraftedForm, ReasonForm, date_input, text_area
from cases.models import Goal
from cases.queries.leads import LeadCandidate, lead_candidates
from cases.workflow.guards.table import too_large

SCALE = [("", "weet ik niet"), *((str(number), str(number)) for number in range(1, 11))]
GOES_ON = "doorgaan"
WITHOUT_OT = (ClosingReason.SATISFIED, ClosingReason.SIGNAL_LAPSED, ClosingReason.OTHER_SETTING)


class ConveneForm(StepForm):
    """T-11, T-15: nothing to fill in, unless the table is larger than meant."""

    submit_label = "Bijeenroepen en uitnodigen"
    size_reason = forms.CharField(
        label="Waarom is een grotere tafel nodig",
        required=False,
        max_length=300,
        widget=text_area(2),
    )
    kind: MeetingKind

    def prepare(self) -> None:
        """Ask for a reason only when the small-table guard will (R-7.1)."""
        self.table = self.facts.draft_table(self.kind)
        places = [row.kind for row in self.table.invitees.all()] if self.table else []
        field = self.fields["size_reason"]
        field.help_text = too_large(self.kind, places)
        if not field.help_text or (self.table and self.table.size_reason):
            field.widget = forms.HiddenInput()


class ConveneVotForm(ConveneForm):
    """T-11."""

    kind = MeetingKind.VOT


class ConveneOtForm(ConveneForm):
    """T-15."""

    kind = MeetingKind.OT


class DeclineVotForm(ReasonForm):
    """T-12: in agreement with who asked."""

    submit_label = "VOT teruggeven"
    requester_agrees = forms.BooleanField(
        label="Wie het VOT vroeg is het ermee eens", required=False
    )
    field_order = ("reason", "requester_agrees", "version")


class GoToOtForm(StepForm):
    """T-13: on to the OT, with a provisional lead."""

    submit_label = "Door naar het OT"
    lead = forms.ChoiceField(
        label="Wie krijgt de regie aangeboden",
        required=False,
        widget=forms.RadioSelect,
        help_text="Voorlopig. De directeur blijft eindverantwoordelijk.",
    )

    def prepare(self) -> None:
        """Offer who could hold it, the proposal first; nothing to choose when someone has it."""
        if self.facts.lead or self.facts.offered_lead:
            del self.fields["lead"]
            return
        self.candidates = {row.key: row for row in lead_candidates(self.facts)}
        field = self.fields["lead"]
        field.choices = [  # type: ignore[attr-defined]
            (key, f"{row.person}, {row.role.label}") for key, row in self.candidates.items()
        ]
        field.initial = next(iter(self.candidates), None)

    def clean_lead(self) -> LeadCandidate | None:
        """The person chosen."""
        return self.candidates.get(self.cleaned_data["lead"])


class SkipOtForm(ReasonForm):
    """T-14: no OT, by exception."""

    submit_label = "Vastleggen"
    talk = forms.CharField(
        label="Wanneer sprak u ouders, en wat zeiden zij",
        required=False,
        max_length=1000,
        widget=text_area(3),
    )
    goes_on = forms.TypedChoiceField(
        label="Wat gebeurt er nu",
        choices=[("afronden", "De casus wordt afgerond"), (GOES_ON, "De afspraken lopen door")],
        coerce=lambda value: value == GOES_ON,
        empty_value=None,
        initial="afronden",
        required=False,
        widget=forms.RadioSelect,
    )
    closing_reason = forms.ChoiceField(
        label="Reden van afronden",
        choices=[(row.value, capfirst(row.label)) for row in WITHOUT_OT],
        required=False,
    )
    field_order = ("reason", "talk", "goes_on", "closing_reason", "version")


class StartPlanForm(StepForm):
    """T-16: nothing to fill in; all of it stands in the report and the plan."""

    submit_label = "Plan starten"


class NewOtForm(ReasonForm):
    """T-17: another OT."""

    submit_label = "Nieuw OT plannen"

    def prepare(self) -> None:
        """Say what the reason is about."""
        self.fields["reason"].label = "Wat of wie ontbreekt er nog"


class WeighForm(StepForm):
    """T-18: the reasons stand in the report."""

    submit_label = "Afwegen"


class FinishAfterOtForm(ReasonForm):
    """T-19: nothing more is needed."""

    submit_label = "Casus afronden"
    do_carers_agree = forms.BooleanField(label="Ouders zijn het ermee eens", required=False)
    field_order = ("reason", "do_carers_agree", "version")


class FacilityStartForm(StepForm):
    """T-22: a facility fits."""

    submit_label = "Starten"
    do_carers_agree = forms.BooleanField(label="Ouders zijn het ermee eens", required=False)


class BackToOtForm(ReasonForm):
    """T-23: back to the OT."""

    submit_label = "Terug naar het OT"


class ReturnToOtForm(StepForm):
    """T-26: the evaluation said why."""

    submit_label = "Terug naar het OT"


class FinishForm(StepForm):
    """T-27: the head closes what the lead proposed to finish."""

    submit_label = "Casus afronden"
    closing_reason = forms.ChoiceField(
        label="Reden van afronden",
        choices=[(row.value, capfirst(row.label)) for row in CLOSED_BY_PLAN],
        required=False,
        widget=forms.RadioSelect,
        initial=ClosingReason.GOALS_REACHED,
    )
    reason = forms.CharField(
        label="Wat wilt u erbij zeggen", required=False, max_length=1000, widget=text_area(2)
    )


@dataclass(frozen=True)
class GoalFields:
    """The fields of one goal in an evaluation, with where it stood."""

    goal: Goal
    last_scale: int | None
    fields: tuple[BoundField, ...]


class EvaluationForm(DraftedForm):
    """T-25: per goal where we are, each one's voice, one conclusion (R-11.2)."""

    code = "T-25"
    drafted = ("carers_view", "student_view", "staff_view", "explanation")
    submit_label = "Evaluatie vastleggen"
    held_on = forms.DateField(label="Wanneer was de evaluatie", required=False, widget=date_input())
    present = forms.CharField(label="Wie was erbij", required=False, max_length=300)
    with_carers = forms.BooleanField(label="Ouders waren erbij", required=False)
    with_student = forms.BooleanField(label="De leerling was erbij", required=False)
    carers_view = forms.CharField(
        label="Wat vinden ouders", required=False, max_length=2000, widget=text_area(3)
    )
    student_view = forms.CharField(
        label="Wat vindt de leerling", required=False, max_length=2000, widget=text_area(3)
    )
    staff_view = forms.CharField(
        label="Wat vinden de professionals", required=False, max_length=2000, widget=text_area(3)
    )
    conclusion = forms.ChoiceField(
        label="Wat spreken we af",
        choices=[(row.value, capfirst(row.label)) for row in EvaluationConclusion],
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label="Toelichting", required=False, max_length=2000, widget=text_area(2)
    )
    next_on = forms.DateField(label="Volgende evaluatie", required=False, widget=date_input())

    def prepare(self) -> None:
        """Add three fields for every goal of the plan."""
        super().prepare()
        plan = self.facts.plan
        self.goals: list[Goal] = list(plan.goals.all()) if plan else []
        for goal in self.goals:
            self.fields[f"result-{goal.pk}"] = forms.ChoiceField(
                label="Hoe ver zijn we",
                choices=GoalResult.choices,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"scale-{goal.pk}"] = forms.TypedChoiceField(
                label="Cijfer van 1 tot 10",
                choices=SCALE,
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.fields[f"note-{goal.pk}"] = forms.CharField(
                label="Wat zagen we", required=False, max_length=300
            )
        self.fields["held_on"].initial = self.facts.day

    def goal_fields(self) -> list[GoalFields]:
        """The fields of each goal, for the page."""
        last = {
            row.goal_id: row.scale
            for evaluation in self.facts.evaluations[:1]
            for row in evaluation.goals.all()
        }
        return [
            GoalFields(
                goal,
                last.get(goal.pk) or goal.scale_start,
                tuple(self[f"{name}-{goal.pk}"] for name in ("result", "scale", "note")),
            )
            for goal in self.goals
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the rows per goal, as the action takes them."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["goals"] = [
            {
                "goal": goal,
                "result": cleaned.get(f"result-{goal.pk}"),
                "scale": cleaned.get(f"scale-{goal.pk}"),
                "note": cleaned.get(f"note-{goal.pk}", ""),
            }
            for goal in self.goals
        ]
        return cleaned
