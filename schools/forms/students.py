"""Carers, custody, language and residence of a pupil."""

from typing import Any

from django import forms

from schools.actions.carers import CarerGiven
from schools.enums import CarerRelation, CustodyValue
from schools.models import Student
from schools.queries.carers import CarerLine
from teams.enums import OrganizationKind, Role
from teams.models import Organization

MAY_KNOW_SECRETS = (Role.SUPPORT_COORDINATOR, Role.HEAD)
CONTACT = ("phone", "email", "address", "is_secret", "secret_for")


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
        help_text="Dan ziet alleen wie u hieronder kiest het adres, de telefoon en de e-mail.",
    )
    secret_for = forms.MultipleChoiceField(
        label="Wie mag het geheime adres zien?",
        choices=[(role.value, role.label.capitalize()) for role in MAY_KNOW_SECRETS],
        initial=[Role.SUPPORT_COORDINATOR],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen bij een geheim adres. Kies zo weinig mensen als kan.",
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
        if line and line.is_contact_hidden:
            for name in CONTACT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Custody that is answered has a day from which it holds; a secret has someone who knows it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_answer = cleaned.get("custody") in (CustodyValue.YES, CustodyValue.NO)
        if is_answer and not cleaned.get("custody_since") and "custody_since" not in self.errors:
            self.add_error("custody_since", "Vul in sinds wanneer dit geldt, of kies onbekend.")
        if cleaned.get("is_secret") and not cleaned.get("secret_for"):
            self.add_error("secret_for", "Kies wie het geheime adres mag zien.")
        return cleaned

    def given(self) -> CarerGiven:
        """What was filled in, for the action."""
        custody = CustodyValue(self.cleaned_data["custody"])
        fields = self.cleaned_data | {"custody": custody}
        if "secret_for" in fields:
            fields["secret_for"] = tuple(fields["secret_for"])
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
        initial |= {name: getattr(line.contact, name) for name in CONTACT}
        initial["secret_for"] = line.contact.secret_for or [Role.SUPPORT_COORDINATOR]
    since = line.custody.since if line.custody else None
    return initial | {"custody": line.value, "custody_since": since}
