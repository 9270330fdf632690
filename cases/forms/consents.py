"""Consent: asking it for one purpose, and recording what a giver said."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst

from cases.actions.consents import LONGEST_DAYS
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.forms.early import date_input, text_area
from cases.models import Consent
from cases.queries.consent import STUDENT_GIVER, answers
from cases.queries.faces import post_holders
from cases.queries.facts import CaseFacts
from teams.access.actor import Actor
from teams.models import Organization, SupportTeamMember, User

# Purposes that the route asks for up to the OT, in words for families (B1).
ASKED_FOR = {
    ConsentPurpose.DISCUSS_NAMED: (
        "School wil over uw kind praten met mensen die niet op school werken. "
        "Zij weten dan om welk kind het gaat."
    ),
    ConsentPurpose.HANDOVER: (
        "School wil wat we weten en hebben gedaan doorgeven aan de nieuwe school van uw kind."
    ),
}
USUAL_SHARED = "de vraag, wat is geprobeerd, en wat in het overleg wordt afgesproken"


class AskConsentForm(forms.Form):
    """What is asked, with whom it is shared, and until when."""

    purpose = forms.ChoiceField(label="Waarvoor", widget=forms.RadioSelect)
    recipients = forms.ModelMultipleChoiceField(
        label="Met wie",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De organisaties van de mensen die meepraten.",
    )
    shared = forms.CharField(
        label="Wat wordt gedeeld", max_length=300, widget=text_area(2), initial=USUAL_SHARED
    )
    ends_on = forms.DateField(
        label="Tot wanneer", required=False, widget=date_input(), help_text="Hoogstens een jaar."
    )

    def __init__(self, *args: Any, facts: CaseFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (purpose.value, capfirst(purpose.label)) for purpose in ASKED_FOR
        ]
        self.fields["purpose"].initial = ConsentPurpose.DISCUSS_NAMED
        self.fields["recipients"].queryset = outside_organizations(facts)  # type: ignore[attr-defined]
        self.fields["ends_on"].initial = facts.day + timedelta(days=LONGEST_DAYS)

    def clean(self) -> dict[str, Any]:
        """Talking by name needs with whom; a handover names the new school at the step itself."""
        cleaned = super().clean() or self.cleaned_data
        is_named = cleaned.get("purpose") == ConsentPurpose.DISCUSS_NAMED
        if is_named and not cleaned.get("recipients"):
            self.add_error("recipients", "Kies met wie u wilt overleggen.")
        return cleaned


def outside_organizations(facts: CaseFacts):
    """The employers of the school's fixed faces and of who takes part, and its wijkteam."""
    school = facts.case.school
    team = SupportTeamMember.objects.on(facts.day).filter(team__organization=school.organization_id)
    wanted = {pk for pk in team.values_list("assignment__person__employer", flat=True) if pk}
    wanted |= {row.person.employer_id for row in facts.participants if row.person.employer_id}
    wanted |= {school.district_team_id} if school.district_team_id else set()
    return Organization.objects.filter(pk__in=wanted - {school.organization_id}).order_by("name")


class AnswerConsentForm(forms.Form):
    """What one giver said, how, and who heard it."""

    giver = forms.ChoiceField(label="Wie", widget=forms.RadioSelect)
    decision = forms.ChoiceField(
        label="Wat is het antwoord",
        widget=forms.RadioSelect,
        choices=[
            (ConsentDecisionKind.GIVEN.value, "ja"),
            (ConsentDecisionKind.REFUSED.value, "nee"),
            (ConsentDecisionKind.WITHDRAWN.value, "eerder ja, nu ingetrokken"),
        ],
    )
    form = forms.ChoiceField(label="Hoe", widget=forms.RadioSelect, choices=ConsentForm.choices)
    witness = forms.ModelChoiceField(
        label="Getuige",
        queryset=User.objects.none(),
        required=False,
        help_text="Bij een mondeling antwoord: een collega die erbij was, niet uzelf.",
    )
    decided_on = forms.DateField(label="Op welke dag", required=False, widget=date_input())

    def __init__(
        self, *args: Any, consent: Consent, facts: CaseFacts, actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = giver_choices(consent, facts)  # type: ignore[attr-defined]
        people = {row.person.pk for row in post_holders(facts)}
        people |= {row.person_id for row in facts.participants if row.until is None}
        self.fields["witness"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=people - {actor.person_id}
        )
        self.fields["decided_on"].initial = facts.day


def giver_choices(consent: Consent, facts: CaseFacts) -> list[tuple[str, str]]:
    """Who is asked, and who answered before."""
    needed = facts.givers(consent.purpose).keys | answers(consent).keys()
    choices = [
        (str(fact.carer.pk), fact.carer.full_name)
        for fact in facts.carers
        if str(fact.carer.pk) in needed
    ]
    if STUDENT_GIVER in needed:
        choices.append((STUDENT_GIVER, f"{facts.case.student.first_name} zelf"))
    return choices
