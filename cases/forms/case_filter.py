"""The filters of the list of cases."""

from typing import Any

from django import forms

from cases.enums import CaseState
from cases.queries.case_list import OPEN, CaseFilter
from schools.models import Group

_STATES = [
    ("", "alle"),
    (OPEN, "open"),
    *((state.value, state.label) for state in CaseState),
]


class CaseFilterForm(forms.Form):
    """Every filter is optional, visible and can be taken away."""

    zoek = forms.CharField(
        label="Zoeken",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "naam, nummer of groep"}),
    )
    stand = forms.ChoiceField(label="Stand", required=False, choices=_STATES)
    groep = forms.ChoiceField(label="Groep", required=False)
    mijn = forms.ChoiceField(
        label="Regie", required=False, choices=[("", "alle"), ("ja", "bij mij")]
    )
    wacht = forms.ChoiceField(
        label="Wacht", required=False, choices=[("", "alle"), ("ja", "op mij")]
    )

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "alle"), *((str(group.pk), str(group)) for group in groups)]
        self.fields["groep"].choices = choices  # type: ignore[attr-defined]
        if not groups:
            del self.fields["groep"]

    def wanted(self) -> CaseFilter:
        """The filter as the query takes it; what makes no sense is left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        return CaseFilter(
            search=cleaned.get("zoek", ""),
            state=cleaned.get("stand", ""),
            group=cleaned.get("groep") or None,
            is_mine=cleaned.get("mijn") == "ja",
            is_waiting=cleaned.get("wacht") == "ja",
        )
