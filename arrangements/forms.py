"""The check whether a freely accessible facility fits."""

from typing import Any

from django import forms

from arrangements.models import Facility

YES = "ja"


class CheckFacilityForm(forms.Form):
    """Which facility, does it fit, and why."""

    facility = forms.ModelChoiceField(label="Welke voorziening", queryset=Facility.objects.none())
    fits = forms.TypedChoiceField(
        label="Past het",
        choices=[(YES, "ja, dit past"), ("nee", "nee, dit past niet")],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Waarom", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, facilities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
