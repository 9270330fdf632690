"""What the forms of all steps share."""

from crispy_forms.helper import FormHelper
from django import forms

from cases.queries.facts import CaseFacts
from teams.access.actor import Actor


class StepForm(forms.Form):
    """A form of one step; it checks shape only and is required only at submit.

    `version` is the version of the case on which the page was opened.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, facts: CaseFacts, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.actor = actor
        self.fields["version"].initial = facts.case.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""
