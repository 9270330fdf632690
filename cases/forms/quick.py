"""Snel noteren: a signal or a short contact, from a phone, in under five taps."""

from typing import Any

from django import forms

from cases.enums import Topic
from cases.forms.early import text_area
from cases.queries.picker import Pick, PickKind
from schools.models import School

# The topics that are chosen most stand first; the others only at a second look.
QUICK_TOPICS = {
    Topic.WELLBEING: "Welbevinden",
    Topic.LEARNING: "Leren",
    Topic.BEHAVIOR: "Gedrag",
    Topic.ABSENCE: "Verzuim",
    Topic.HOME: "Thuis",
}
ABOUT_LIST = "over-wie"
_TICK = forms.CheckboxInput(attrs={"class": "form-check-input"})


class PickerForm(forms.Form):
    """About whom, typed as a name; empty means without a name."""

    about = forms.CharField(
        label="Over wie",
        required=False,
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "list": ABOUT_LIST,
                "autocomplete": "off",
                "placeholder": "Typ een naam, of laat leeg",
            }
        ),
    )
    school = forms.ModelChoiceField(label="Op welke school", queryset=School.objects.none())

    def __init__(self, *args: Any, picks: list[Pick], schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks, self.schools = picks, schools
        field = self.fields["school"]
        field.queryset = School.objects.filter(  # type: ignore[attr-defined]
            pk__in=[school.pk for school in schools]
        ).select_related("organization")
        field.required = False
        if len(schools) < 2:
            field.widget = forms.HiddenInput()

    def clean_about(self) -> Pick | None:
        """Find what was typed. Shape: none when left empty."""
        typed = self.cleaned_data["about"].strip().casefold()
        if not typed:
            return None
        exact = [pick for pick in self.picks if pick.label.casefold() == typed]
        begins = [pick for pick in self.picks if pick.label.casefold().startswith(typed)]
        found = exact or begins
        if len(found) == 1:
            return found[0]
        text = "Er zijn er meer met deze naam. Kies uit de lijst." if found else None
        raise forms.ValidationError(
            text or "Deze naam staat niet in uw lijst. Kies uit de lijst, of laat leeg."
        )

    def clean(self) -> dict[str, Any]:
        """Without a name the line goes to a school; with two schools it must be said which."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("about") is None and "about" not in self.errors:
            school = cleaned.get("school") or (self.schools[0] if len(self.schools) == 1 else None)
            if school is None:
                self.add_error("school", "Kies op welke school.")
            else:
                cleaned["about"] = Pick("", PickKind.NOBODY, school)
        return cleaned


class SignalForm(PickerForm):
    """What someone noticed; the observation is all that is needed."""

    observation = forms.CharField(
        label="Wat zag of hoorde u",
        max_length=4000,
        widget=text_area(3),
        help_text="Eerst wat er gebeurde. Wat u ervan denkt mag daarna.",
    )
    topics = forms.MultipleChoiceField(
        label="Waar gaat het over",
        required=False,
        choices=[(topic.value, label) for topic, label in QUICK_TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    are_carers_informed = forms.BooleanField(label="Ouders weten dit", required=False, widget=_TICK)
    is_student_heard = forms.BooleanField(
        label="Ik sprak met de leerling", required=False, widget=_TICK
    )
    more_topics = forms.MultipleChoiceField(
        label="Of over",
        required=False,
        choices=[(topic.value, topic.label) for topic in Topic if topic not in QUICK_TOPICS],
        widget=forms.CheckboxSelectMultiple,
    )
    interpretation = forms.CharField(
        label="Wat denkt u ervan", required=False, max_length=2000, widget=text_area(2)
    )
    strengths = forms.CharField(
        label="Wat gaat goed", required=False, max_length=2000, widget=text_area(2)
    )
    not_informed_reason = forms.CharField(
        label="Weten ouders het nog niet? Schrijf op waarom", required=False, max_length=200
    )

    def given(self) -> dict[str, Any]:
        """The signal as the action takes it."""
        cleaned = self.cleaned_data
        return {**cleaned, "topics": [*cleaned["topics"], *cleaned["more_topics"]]}


class PhoneForm(forms.Form):
    """What someone noticed, with a thumb: whom by one tap, and one field to type in."""

    about = forms.ChoiceField(label="Over wie", required=False, widget=forms.RadioSelect)
    observation = forms.CharField(
        label="Wat zag of hoorde u", max_length=4000, widget=text_area(4, **{"data-focus": "true"})
    )

    def __init__(self, *args: Any, picks: list[Pick], schools: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = {str(number): pick for number, pick in enumerate(_with_nobody(picks, schools))}
        field = self.fields["about"]
        field.choices = [(key, _short(pick)) for key, pick in self.picks.items()]  # type: ignore[attr-defined]
        field.initial = "0"

    def clean_about(self) -> Pick:
        """Find what was picked; nothing picked is without a name."""
        pick = self.picks.get(self.cleaned_data["about"] or "0")
        if pick is None:
            raise forms.ValidationError("U werkt nu bij geen school. Noteren kan hier dus niet.")
        return pick

    def given(self) -> dict[str, Any]:
        """The signal as the action takes it."""
        return {**self.cleaned_data, "topics": []}


def _with_nobody(picks: list[Pick], schools: list[School]) -> list[Pick]:
    nobody = [Pick("", PickKind.NOBODY, school) for school in schools]
    return [*nobody, *picks]


def _short(pick: Pick) -> str:
    if pick.kind == PickKind.NOBODY:
        return "Zonder naam"
    return pick.label


class ContactForm(PickerForm):
    """One line about a short contact."""

    text = forms.CharField(
        label="In één regel", max_length=500, widget=text_area(2, **{"data-focus": "true"})
    )
    with_whom = forms.CharField(label="Met wie", required=False, max_length=120)

    def given(self) -> dict[str, Any]:
        """The line as the action takes it."""
        return self.cleaned_data


class LinkForm(forms.Form):
    """To which pupil a signal without a name belongs."""

    about = forms.CharField(
        label="Leerling",
        max_length=300,
        widget=forms.TextInput(attrs={"list": ABOUT_LIST, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, picks: list[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean_about(self) -> Pick:
        """Find the pupil that was typed."""
        typed = self.cleaned_data["about"].strip().casefold()
        found = [pick for pick in self.picks if pick.student and pick.label.casefold() == typed]
        if len(found) != 1:
            raise forms.ValidationError("Kies een leerling uit de lijst.")
        return found[0]
