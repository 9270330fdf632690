"""Groepsbespreking: one tick and one line per pupil, one save."""

from typing import Any
from uuid import UUID

from django import forms

NOTHING_SPECIAL = "Besproken, geen bijzonderheden."


class GroupRoundForm(forms.Form):
    """Two fields per pupil, named by the pupil's id."""

    def __init__(self, *args: Any, students: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.students = students
        for key, name in students.items():
            self.fields[f"tick-{key}"] = forms.BooleanField(
                label=f"{name} besproken",
                required=False,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"line-{key}"] = forms.CharField(
                label=f"Eén regel over {name}",
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )

    def lines(self) -> list[tuple[UUID, str]]:
        """What to note per pupil: the line, or that nothing special was said."""
        found = []
        for key in self.students:
            text = self.cleaned_data[f"line-{key}"].strip()
            if not text and self.cleaned_data[f"tick-{key}"]:
                text = NOTHING_SPECIAL
            if text:
                found.append((key, text))
        return found
