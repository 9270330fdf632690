"""Forms of declared family."""

from typing import Any

from django import forms

from schools.enums import KinRelation
from schools.forms.students import DayInput
from teams.models import User


class DeclareTieForm(forms.Form):
    """A child that one knows at home."""

    first_name = forms.CharField(label="Voornaam", max_length=200)
    name_prefix = forms.CharField(label="Voorvoegsel", max_length=20, required=False)
    last_name = forms.CharField(label="Achternaam", max_length=200)
    birth_date = forms.DateField(label="Geboortedatum", widget=DayInput)
    relation = forms.ChoiceField(label="Wat is dit kind van u", choices=KinRelation.choices)

    def given(self) -> dict[str, Any]:
        """What was declared, for the action."""
        fields = {**self.cleaned_data}
        return fields | {"prefix": fields.pop("name_prefix")}


class RecordTieForm(forms.Form):
    """A colleague to whom this pupil is family."""

    person = forms.ModelChoiceField(User.objects.none(), label="Collega")
    relation = forms.ChoiceField(label="De leerling is", choices=KinRelation.choices)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
