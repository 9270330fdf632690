"""Forms of unauthorized absence: days, agreements, and closing."""

from datetime import date
from typing import Any

from django import forms

from cases.enums import AbsenceLength
from cases.forms.early import date_input

DAYS_AT_ONCE = 3


class AbsenceDaysForm(forms.Form):
    """A few days at once, each with how long; empty lines are left out."""

    submit_label = "Dagen vastleggen"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, DAYS_AT_ONCE + 1):
            self.fields[f"on_{place}"] = forms.DateField(
                label=f"Dag {place}", required=place == 1, widget=date_input()
            )
            self.fields[f"length_{place}"] = forms.ChoiceField(
                label="Hoe lang", choices=AbsenceLength.choices, initial=AbsenceLength.DAY
            )

    def given(self) -> dict[str, list[tuple[date, str]]]:
        """The days that were filled in, each once."""
        values = self.cleaned_data
        places = range(1, DAYS_AT_ONCE + 1)
        days = {values[f"on_{place}"]: values[f"length_{place}"] for place in places}
        return {"days": [(day, length) for day, length in days.items() if day]}


class AttendanceAgreementForm(forms.Form):
    """Who does what about being at school, and when we look again."""

    submit_label = "Afspraak bewaren"
    doer = forms.CharField(label="Wie", max_length=120)
    what = forms.CharField(
        label="Doet wat",
        max_length=400,
        help_text="Alleen over aanwezig zijn. Ziekte en gezondheid horen hier niet.",
    )
    evaluate_on = forms.DateField(label="We kijken opnieuw op", widget=date_input())

    def given(self) -> dict[str, Any]:
        """The agreement."""
        return self.cleaned_data


class CloseAbsenceForm(forms.Form):
    """Nothing to fill in."""

    submit_label = "Verzuim sluiten"

    def given(self) -> dict[str, Any]:
        """Nothing."""
        return {}
