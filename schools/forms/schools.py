"""Holidays and links of a school."""

from typing import Any

from django import forms

from schools.actions.holidays import HolidayGiven
from schools.enums import HolidayKind
from schools.forms.students import DayInput
from schools.models import School

LONGEST_HOLIDAY_DAYS = 60


class HolidayForm(forms.Form):
    """One period in which the school is closed."""

    kind = forms.ChoiceField(label="Soort", choices=HolidayKind.choices)
    start = forms.DateField(label="Eerste dag", widget=DayInput)
    end = forms.DateField(
        label="Laatste dag", widget=DayInput, required=False, help_text="Leeg bij één dag."
    )
    source = forms.CharField(
        label="Bron", max_length=120, required=False, help_text="Bijvoorbeeld de schoolgids."
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor unbelievably later."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start = cleaned.get("start")
        end = cleaned.get("end") or start
        if start and end and end < start:
            self.add_error("end", "De laatste dag ligt voor de eerste dag.")
        elif start and end and (end - start).days > LONGEST_HOLIDAY_DAYS:
            self.add_error(
                "end", "Deze periode is langer dan een zomervakantie. Controleer de datums."
            )
        return cleaned | {"end": end}

    def given(self) -> HolidayGiven:
        """What was filled in, for the action."""
        return HolidayGiven(
            **(self.cleaned_data | {"kind": HolidayKind(self.cleaned_data["kind"])})
        )


class SchoolForm(forms.ModelForm):
    """Links to the region's own maps, and whether there is a room."""

    class Meta:
        model = School
        fields = ["route_map_url", "absence_map_url", "has_own_room"]
        help_texts = {
            "route_map_url": "Waar staat de routekaart van uw regio?",
            "absence_map_url": "Waar staat de verzuimkaart van uw regio?",
        }
