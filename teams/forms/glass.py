"""Forms of break-glass: asking, and looking back."""

from typing import Any

from django import forms

from teams.enums import GlassCategory
from teams.models.glass import LEAST_REASON


class AskGlassForm(forms.Form):
    """For what, and why now."""

    category = forms.ChoiceField(label="Waarvoor", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Waarom is dit nu nodig?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Ten minste {LEAST_REASON} tekens. Noem geen namen: een tweede persoon leest dit na.",
    )

    def __init__(self, *args: Any, categories: list[GlassCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (category.value, category.label.capitalize()) for category in categories
        ]
        self.fields["category"].initial = categories[0].value if categories else None


class ReviewGlassForm(forms.Form):
    """Was it right, and what was said about it."""

    is_justified = forms.TypedChoiceField(
        label="Was dit terecht?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label="Toelichting",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
