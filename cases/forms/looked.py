"""The period of the page that tells who looked."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone


class PeriodForm(forms.Form):
    """From and up to and including a day; both may stay empty."""

    van = forms.DateField(
        label="Van", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    tot = forms.DateField(
        label="Tot en met", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def moments(self) -> dict[str, datetime | None]:
        """The period as moments; what makes no sense is left out."""
        self.is_valid()
        first, last = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        return {
            "since": _start(first) if first else None,
            "until": _start(last + timedelta(days=1)) if last else None,
        }


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
