"""Uploading a file to import, and being sure before it is carried through."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from schools.enums import ImportKind
from schools.imports import carers_csv, xml_stream

MEGABYTE = 1024 * 1024
LIMITS = {ImportKind.EDEXML: xml_stream.MAX_BYTES, ImportKind.CARERS: carers_csv.MAX_BYTES}
ACCEPTS = {ImportKind.EDEXML: ".xml,text/xml,application/xml", ImportKind.CARERS: ".csv,text/csv"}
LABELS = {ImportKind.EDEXML: "EDEXML-bestand", ImportKind.CARERS: "CSV-bestand"}


class UploadForm(forms.Form):
    """One file of one kind."""

    kind = forms.ChoiceField(choices=ImportKind.choices, widget=forms.HiddenInput)
    file = forms.FileField(label="Bestand", allow_empty_file=True)

    def __init__(self, *args, import_kind: ImportKind, **kwargs) -> None:
        kwargs.setdefault("initial", {"kind": import_kind})
        kwargs.setdefault("auto_id", f"id_{import_kind.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.import_kind = import_kind
        self.fields["file"].label = LABELS[import_kind]
        self.fields["file"].widget.attrs["accept"] = ACCEPTS[import_kind]

    def clean_file(self) -> UploadedFile:
        """Refuse what is empty or too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        limit = LIMITS[self.import_kind]
        if not file.size:
            raise forms.ValidationError("Dit bestand is leeg. Kies een ander bestand.")
        if file.size > limit:
            raise forms.ValidationError(
                f"Dit bestand is groter dan {limit // MEGABYTE} MB. Kies een bestand van één school."
            )
        return file


class CommitForm(forms.Form):
    """Carrying through; with doubts someone has to say that they looked."""

    is_sure = forms.BooleanField(label="Ik heb dit gecontroleerd en het klopt", required=False)
