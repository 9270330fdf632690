"""Asking for a document: which one, for whom."""

from typing import Any

from django import forms

from cases.actions.documents import AUDIENCES
from cases.enums import DocumentAudience, DocumentKind


class AskDocumentForm(forms.Form):
    """The two hidden fields behind a button on the documents page."""

    kind = forms.ChoiceField(choices=DocumentKind)
    audience = forms.ChoiceField(choices=DocumentAudience)

    def clean(self) -> dict[str, Any]:
        """Refuse a document for people for whom it is not made."""
        given = super().clean() or {}
        kind, audience = given.get("kind"), given.get("audience")
        if kind and audience not in AUDIENCES[DocumentKind(kind)]:
            raise forms.ValidationError("Dit stuk bestaat niet voor deze lezers.")
        return given
