"""The form by which someone registers the phone in their hand."""

from django import forms


class PhoneForm(forms.Form):
    """How the phone is called on one's own page."""

    name = forms.CharField(label="Naam van deze telefoon", max_length=60, initial="Mijn telefoon")
