"""Consent: asking it for one purpose, and recording what a giver said."""

from datetime import timedelta
from typing import Any

from django import forms

from cases.actions.consent_reasons import LONGEST_DAYS
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.forms.early import date_input, text_area
from cases.models import Consent
from cases.queries.asking import ASKING, CLASS_WORDS, recipients_for, senders_for
from cases.queries.consent import STUDENT_GIVER, answers
from cases.queries.faces import post_holders
from cases.queries.facts import CaseFacts
from cases.scans import Scan, ScanRefused, read_scan
from teams.access.actor import Actor
from teams.models import Organization, User

_USUAL = "de vraag, wat is geprobeerd, en wat in het overleg wordt afgesproken"
USUALLY_SHARED = {
    ConsentPurpose.INFORM_DISTRICT_TEAM: "waarom er een vraag is, en aan welke doelen school werkt",
    ConsentPurpose.SHARE_WITH_SCHOOL: "wat school moet weten over de hulp thuis",
    ConsentPurpose.HELP_HISTORY: "welke hulp er eerder was, en wat die opleverde",
    ConsentPurpose.HANDOVER: "wat we weten, wat is geprobeerd, en wat is afgesproken",
}
SAID = {
    ConsentDecisionKind.GIVEN: "ja",
    ConsentDecisionKind.REFUSED: "nee",
    ConsentDecisionKind.WITHDRAWN: "eerder ja, nu ingetrokken",
    ConsentDecisionKind.HEARD: "de leerling is gehoord (en beslist hier nog niet zelf)",
}


class AskConsentForm(forms.Form):
    """What is asked, from whom to whom, and until when; shaped by its purpose."""

    purpose = forms.ChoiceField(choices=ConsentPurpose.choices, widget=forms.HiddenInput)
    sender = forms.ModelChoiceField(
        label="Wie vertelt het",
        queryset=Organization.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    recipients = forms.ModelMultipleChoiceField(
        label="Aan wie",
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies aan wie dit wordt verteld."},
    )
    recipient_name = forms.CharField(label="Aan wie", max_length=160)
    classes = forms.MultipleChoiceField(label="Welke gegevens", widget=forms.CheckboxSelectMultiple)
    shared = forms.CharField(
        label="Wat precies, in gewone woorden", max_length=300, widget=text_area(2)
    )
    ends_on = forms.DateField(
        label="Tot wanneer", required=False, widget=date_input(), help_text="Hoogstens een jaar."
    )

    def __init__(self, *args: Any, facts: CaseFacts, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asking = ASKING[ConsentPurpose(purpose)]
        self.fields["purpose"].initial = purpose
        self.fields["ends_on"].initial = facts.day + timedelta(days=LONGEST_DAYS)
        self.fields["shared"].initial = USUALLY_SHARED.get(ConsentPurpose(purpose), _USUAL)
        self._offer_classes(asking.classes)
        if asking.is_named:
            del self.fields["recipients"]
        else:
            del self.fields["recipient_name"]
            _offer(self.fields["recipients"], recipients_for(purpose, facts))
        if asking.is_from_district:
            _offer(self.fields["sender"], senders_for(purpose, facts))
        else:
            del self.fields["sender"]

    def _offer_classes(self, classes: tuple) -> None:
        if len(classes) == 1:
            del self.fields["classes"]
            return
        field = self.fields["classes"]
        field.choices = [(part.value, CLASS_WORDS[part]) for part in classes]  # type: ignore[attr-defined]
        field.initial = [part.value for part in classes]


def _offer(field: forms.Field, rows: list[Organization]) -> None:
    keys = [row.pk for row in rows]
    field.queryset = Organization.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
    if len(keys) == 1:
        is_many = isinstance(field, forms.ModelMultipleChoiceField)
        field.initial = keys if is_many else keys[0]


class AnswerConsentForm(forms.Form):
    """What one giver said, how, and who heard it."""

    giver = forms.ChoiceField(label="Wie", widget=forms.RadioSelect)
    decision = forms.ChoiceField(label="Wat is het antwoord", widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label="Hoe",
        widget=forms.RadioSelect,
        choices=[each for each in ConsentForm.choices if each[0] != ConsentForm.DIGITAL],
        help_text="Een ja heeft een scan of een getuige nodig. Een nee geldt meteen.",
    )
    scan = forms.FileField(
        label="Scan of foto van het ondertekende papier",
        required=False,
        help_text="PDF, JPEG of PNG. Alleen de intern begeleider en de directeur kunnen haar openen.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    witness = forms.ModelChoiceField(
        label="Getuige",
        queryset=User.objects.none(),
        required=False,
        help_text="Bij een mondeling ja: een collega die erbij was, niet uzelf.",
    )
    decided_on = forms.DateField(label="Op welke dag", required=False, widget=date_input())

    def __init__(
        self, *args: Any, consent: Consent, facts: CaseFacts, actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = giver_choices(consent, facts)  # type: ignore[attr-defined]
        is_heard = facts.givers(consent.purpose).is_student_heard
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (kind.value, label)
            for kind, label in SAID.items()
            if is_heard or kind != ConsentDecisionKind.HEARD
        ]
        people = {row.person.pk for row in post_holders(facts)}
        people |= {row.person_id for row in facts.participants if row.until is None}
        self.fields["witness"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=people - {actor.person_id}
        )
        self.fields["decided_on"].initial = facts.day

    def clean_scan(self) -> Scan | None:
        """Look into the file: what it is follows from its content."""
        file = self.cleaned_data.get("scan")
        if not file:
            return None
        try:
            return read_scan(file, file.size)
        except ScanRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def giver_choices(consent: Consent, facts: CaseFacts) -> list[tuple[str, str]]:
    """Who is asked, and who answered before."""
    needed = facts.givers(consent.purpose).asked | answers(consent).keys()
    choices = [
        (str(fact.carer.pk), fact.carer.full_name)
        for fact in facts.carers
        if str(fact.carer.pk) in needed
    ]
    if STUDENT_GIVER in needed:
        choices.append((STUDENT_GIVER, f"{facts.case.student.first_name} zelf"))
    return choices
