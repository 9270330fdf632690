"""The form of one's own card."""

from django import forms

from teams.enums import Weekday


class CardForm(forms.Form):
    """What colleagues and parents may know: days, phone, a few words."""

    phone = forms.CharField(
        label="Telefoon",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    days = forms.MultipleChoiceField(
        label="Werkdagen",
        required=False,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    introduction = forms.CharField(
        label="Stel uzelf voor",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In gewone woorden: wat doet u, en waarmee kunt u helpen?",
    )
    wants_digest = forms.BooleanField(
        label="Eén mail per dag",
        required=False,
        help_text="Alleen wat vandaag moet komt meteen.",
    )
