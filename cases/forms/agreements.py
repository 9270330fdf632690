"""T-06: the agreements of a consult, one row each with its four elements."""

from datetime import timedelta
from typing import Any

from django import forms

from cases.enums import DoerKind
from cases.forms.base import StepForm
from cases.forms.early import date_input, text_area
from cases.queries.faces import post_holders
from cases.queries.facts import CaseFacts
from schools.models import Carer
from teams.models import User

EVALUATE_AFTER = timedelta(weeks=4)
SPARE_ROWS = 2
MOST_ROWS = 12


class AgreementRowForm(forms.Form):
    """One agreement: wie, doet wat, wat is daarvoor nodig, wat moet het opleveren."""

    doer = forms.ChoiceField(label="Wie", required=False)
    what = forms.CharField(label="Doet wat", required=False, max_length=400)
    needed = forms.CharField(label="Wat is daarvoor nodig", required=False, max_length=400)
    yields = forms.CharField(label="Wat moet het opleveren", required=False, max_length=400)
    evaluate_on = forms.DateField(label="Evalueren op", required=False, widget=date_input())
    is_in_class = forms.BooleanField(label="Gebeurt in de klas", required=False)
    is_agreed = forms.BooleanField(label="Ouders of leerling zijn akkoord", required=False)

    def __init__(self, *args: Any, doers: "Doers", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doers = doers
        self.fields["doer"].choices = [("", "Kies"), *doers.choices]  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A row counts once something beside its date was filled in."""
        return any(name != "evaluate_on" for name in self.changed_data)

    def given(self) -> dict[str, Any]:
        """This row as the action takes it."""
        return {**self.cleaned_data, **self.doers.given(self.cleaned_data["doer"])}


class Doers:
    """Who can be the doer of an agreement in one case."""

    def __init__(self, facts: CaseFacts) -> None:
        asked = facts.open_consult.asked.all() if facts.open_consult else ()
        people = [(row.person, row.role.label) for row in post_holders(facts)]
        people += [(row.person, row.get_role_display()) for row in asked]
        self.people: dict[str, User] = {f"staff:{person.pk}": person for person, _ in people}
        self.carers: dict[str, Carer] = {
            f"carer:{fact.carer.pk}": fact.carer for fact in facts.carers
        }
        roles = {f"staff:{person.pk}": role for person, role in people}
        self.choices = [(key, f"{person}, {roles[key]}") for key, person in self.people.items()]
        self.choices += [
            (key, f"{carer.full_name}, {carer.get_relation_display()}")
            for key, carer in self.carers.items()
        ]
        self.choices.append(("student", f"{facts.case.student.first_name} zelf"))

    def given(self, key: str) -> dict[str, Any]:
        """The doer as the action takes it; `has_doer` tells whether there is one."""
        kinds = {"staff": DoerKind.STAFF, "carer": DoerKind.CARER, "student": DoerKind.STUDENT}
        kind, _, _ = key.partition(":")
        return {
            "has_doer": bool(key),
            "doer_kind": kinds.get(kind),
            "doer_person": self.people.get(key),
            "doer_carer": self.carers.get(key),
        }


class AgreementsForm(StepForm):
    """The rows, and why this is the outcome."""

    submit_label = "Afspraken vastleggen"
    motivation = forms.CharField(
        label="Waarom is dit de uitkomst", required=False, max_length=2000, widget=text_area(2)
    )
    dissent = forms.CharField(
        label="Dacht iemand er anders over", required=False, max_length=1000, widget=text_area(2)
    )

    def prepare(self) -> None:
        """Make the rows; each is to be evaluated in four weeks unless said otherwise."""
        day = self.facts.calendar.on_or_before(self.facts.day + EVALUATE_AFTER)
        factory = forms.formset_factory(
            AgreementRowForm, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        self.rows = factory(
            self.data if self.is_bound else None,
            prefix="rows",
            form_kwargs={"doers": Doers(self.facts), "initial": {"evaluate_on": day}},
        )

    def is_valid(self) -> bool:
        """The form and all its rows have their shape."""
        return super().is_valid() and self.rows.is_valid()

    def clean(self) -> dict[str, Any]:
        """Add the rows that were filled in."""
        cleaned = super().clean() or self.cleaned_data
        if self.rows.is_valid():
            filled = [row for row in self.rows if row.has_changed()]
            cleaned["agreements"] = [row.given() for row in filled]
        return cleaned
