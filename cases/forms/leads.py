"""Offering the regie to somebody, and answering an offer."""

from typing import Any

from django import forms

from cases.forms.early import text_area
from cases.queries.facts import CaseFacts
from cases.queries.leads import LeadCandidate, lead_candidates


class OfferLeadForm(forms.Form):
    """To whom, and what that person must know."""

    candidate = forms.ChoiceField(label="Aan wie", widget=forms.RadioSelect)
    handover = forms.CharField(
        label="Overdracht",
        required=False,
        max_length=500,
        widget=text_area(3),
        help_text="Wat moet wie het overneemt weten? Nodig als nu iemand anders de regie heeft.",
    )

    def __init__(self, *args: Any, facts: CaseFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holder = facts.lead
        self.found = {
            row.key: row
            for row in lead_candidates(facts)
            if holder is None or holder.is_default or row.person.pk != holder.person_id
        }
        choices = [(key, f"{row.person}, {row.role.label}") for key, row in self.found.items()]
        self.fields["candidate"].choices = choices  # type: ignore[attr-defined]
        if holder is None or holder.is_default:
            del self.fields["handover"]

    def given(self) -> dict[str, Any]:
        """What `offer_lead` takes."""
        chosen: LeadCandidate = self.found[self.cleaned_data["candidate"]]
        handover = self.cleaned_data.get("handover", "")
        return {"person": chosen.person, "role": chosen.role, "handover": handover}
