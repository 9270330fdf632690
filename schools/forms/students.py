"""Carers, custody, language and residence of a pupil."""

from typing import Any

from django import forms

from schools.actions.carers import CarerGiven
from schools.enums import CarerRelation, CustodyValue
from schools.models import Student
from schools.queries.carers import CarerLine
from teams.enums import OrganizationKind
from teams.models import Organization


class DayInput(forms.DateInput):
    """A day as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def residence_field() -> forms.ModelChoiceField:
    """A municipality of the region, or none."""
    return forms.ModelChoiceField(
        Organization.objects.filter(kind=OrganizationKind.MUNICIPALITY),
        label="Woongemeente",
        required=False,
        empty_label="Niet bekend",
    )


class CarerForm(forms.Form):
    """A carer with contact and custody."""

    first_name = forms.CharField(label="Voornaam", max_length=200)
    name_prefix = forms.CharField(label="Voorvoegsel", max_length=20, required=False)
    last_name = forms.CharField(label="Achternaam", max_length=200)
    relation = forms.ChoiceField(label="Relatie tot de leerling", choices=CarerRelation.choices)
    custody = forms.ChoiceField(
        label="Gezag",
        choices=CustodyValue.choices,
        initial=CustodyValue.UNKNOWN,
        widget=forms.RadioSelect,
        help_text="Weet u het niet zeker? Kies onbekend en vraag het na.",
    )
    custody_since = forms.DateField(
        label="Gezag geldt sinds",
        required=False,
        widget=DayInput,
        help_text="Bij ja of nee: de dag van de geboorte, erkenning of uitspraak.",
    )
    phone = forms.CharField(label="Telefoon", max_length=30, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    address = forms.CharField(label="Adres", max_length=200, required=False)
    is_secret = forms.BooleanField(
        label="Geheim adres",
        required=False,
        help_text="Alleen de intern begeleider en de directeur zien dan adres, telefoon en e-mail.",
    )
    language = forms.CharField(
        label="Voorkeurstaal",
        max_length=40,
        required=False,
        help_text="Waarin praat deze verzorger het liefst? Dan kan er een tolk zijn.",
    )

    def __init__(self, *args: Any, line: CarerLine | None = None, **kwargs: Any) -> None:
        if line:
            kwargs.setdefault("initial", _initial(line))
        super().__init__(*args, **kwargs)
        self.fields["residence"] = residence_field()

    def clean(self) -> dict[str, Any]:
        """Custody that is answered has a day from which it holds."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_answer = cleaned.get("custody") in (CustodyValue.YES, CustodyValue.NO)
        if is_answer and not cleaned.get("custody_since") and "custody_since" not in self.errors:
            self.add_error("custody_since", "Vul in sinds wanneer dit geldt, of kies onbekend.")
        return cleaned

    def given(self) -> CarerGiven:
        """What was filled in, for the action."""
        custody = CustodyValue(self.cleaned_data["custody"])
        fields = self.cleaned_data | {"custody": custody}
        return CarerGiven(prefix=fields.pop("name_prefix"), **fields)


class StudentForm(forms.ModelForm):
    """Language at home and residence."""

    class Meta:
        model = Student
        fields = ["language", "residence", "residence_since"]
        widgets = {"residence_since": DayInput}
        help_texts = {"language": "Welke taal spreekt de leerling thuis?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["residence"] = residence_field()


def _initial(line: CarerLine) -> dict[str, Any]:
    names = ("first_name", "last_name", "relation", "language", "residence")
    initial = {name: getattr(line.carer, name) for name in names}
    initial["name_prefix"] = line.carer.prefix
    if line.contact:
        contact = ("phone", "email", "address", "is_secret")
        initial |= {name: getattr(line.contact, name) for name in contact}
    since = line.custody.since if line.custody else None
    return initial | {"custody": line.value, "custody_since": since}
