"""Forms of the functional administrator: a task, a deputy, a reset, a new person."""

from collections.abc import Iterable
from typing import Any

from django import forms

from teams.enums import Role
from teams.models import Organization, User
from teams.queries.rights import NOT_GIVEN


def _day(label: str, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class GiveForm(forms.Form):
    """Which task, where, from when until when."""

    role = forms.ChoiceField(
        label="Taak", choices=[(role.value, role.label) for role in Role if role not in NOT_GIVEN]
    )
    organization = forms.ModelChoiceField(label="Waar", queryset=Organization.objects.none())
    since = _day("Vanaf")
    until = _day("Tot", required=False)
    reason = forms.CharField(label="Waarom", required=False, max_length=400)

    def __init__(self, *args: Any, nodes: Iterable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(pk__in=nodes).select_related("parent")
        self.fields["organization"].queryset = rows.order_by("kind", "name")  # type: ignore[attr-defined]
        self.fields["organization"].label_from_instance = _place  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who stands in, and for which days."""

    deputy = forms.ModelChoiceField(
        label="Vervanger",
        queryset=User.objects.none(),
        help_text="Een collega van deze organisatie, met dezelfde of een lagere taak.",
    )
    since = _day("Vanaf")
    until = _day("Tot")
    has_mandate = forms.BooleanField(
        label="Mag ook besluiten (mandaat vastgelegd)",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why a second factor must be set up anew."""

    reason = forms.CharField(
        label="Wat is er gebeurd", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class PersonForm(forms.Form):
    """Someone who gets an account."""

    first_name = forms.CharField(label="Voornaam", max_length=80)
    last_name = forms.CharField(label="Achternaam", max_length=120)
    email = forms.EmailField(label="E-mailadres van het werk")
    employer = forms.ModelChoiceField(label="Werkgever", queryset=Organization.objects.none())

    def __init__(self, *args: Any, nodes: Iterable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(pk__in=nodes).exclude(kind="GROUP")
        self.fields["employer"].queryset = rows.order_by("kind", "name")  # type: ignore[attr-defined]


def _place(organization: Organization) -> str:
    if organization.kind == "GROUP" and organization.parent:
        return f"{organization.parent.name}, {organization.name}"
    return organization.name
