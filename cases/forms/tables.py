"""The table of a VOT or OT: when, who and why, and the words that go with it."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.urls import reverse

from cases.enums import InviteeKind, MeetingKind
from cases.forms.early import date_input, text_area
from cases.models import Meeting
from cases.queries.facts import CaseFacts
from cases.queries.tables import (
    INVITED_FROM_AGE,
    Candidate,
    candidates,
    coming_dates,
    key_of_invitee,
)
from cases.workflow.guards.table import too_large
from teams.access.actor import Actor
from teams.enums import Role
from teams.templatetags.ui import hour, long_day

OTHER = "other"
MINUTES = [(20, "20 minuten"), (30, "30 minuten"), (45, "45 minuten"), (60, "60 minuten")]


def time_input() -> forms.TimeInput:
    """A time field that every browser draws by itself."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


@dataclass(frozen=True)
class PlaceFields:
    """One possible place: a tick and, for a professional, why."""

    candidate: Candidate
    tick: BoundField
    why: BoundField | None


class TableForm(forms.Form):
    """What `lay_table` and `change_table` take; `is_ready` comes from the second button."""

    when = forms.ChoiceField(label="Welke datum", widget=forms.RadioSelect, required=False)
    other_on = forms.DateField(label="Andere datum", required=False, widget=date_input())
    other_place = forms.CharField(label="Plaats", required=False, max_length=120)
    is_urgent = forms.BooleanField(label="Er is haast bij", required=False)
    starts_at = forms.TimeField(label="Begint om", required=False, widget=time_input())
    minutes = forms.TypedChoiceField(label="Hoe lang", choices=MINUTES, coerce=int, required=False)
    message = forms.CharField(
        label="Tekst bij de uitnodiging",
        required=False,
        max_length=2000,
        widget=text_area(3),
        help_text="In gewone woorden. Iedereen aan tafel leest dit.",
    )
    interpreter = forms.CharField(
        label="Tolk", required=False, max_length=40, help_text="In welke taal, als dat nodig is."
    )
    student_choice = forms.CharField(
        label="Wat wil de leerling zelf", required=False, max_length=300, widget=text_area(2)
    )
    size_reason = forms.CharField(
        label="Waarom is een grotere tafel nodig",
        required=False,
        max_length=300,
        widget=text_area(2),
    )

    def __init__(
        self,
        *args: Any,
        facts: CaseFacts,
        kind: str,
        actor: Actor,
        table: Meeting | None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kind, self.facts, self.actor, self.table = MeetingKind(kind), facts, actor, table
        self.candidates = candidates(facts, kind)
        self._offer_dates()
        self._offer_places()
        self._shape_words()

    def _offer_dates(self) -> None:
        school, table = self.facts.case.school, self.table
        self.dates = {
            row.on.isoformat(): row for row in coming_dates(school, self.kind, day=self.facts.day)
        }
        choices = [
            (key, f"{long_day(row.on)}, vanaf {hour(row.starts_at)}{_aside(row.is_regular)}")
            for key, row in self.dates.items()
        ]
        field = self.fields["when"]
        field.choices = [*choices, (OTHER, "een andere datum")]  # type: ignore[attr-defined]
        if not self.dates:
            field.widget = forms.HiddenInput()
        standing = table.session.on.isoformat() if table else next(iter(self.dates), OTHER)
        field.initial = standing if standing in self.dates else OTHER
        if table and standing not in self.dates:
            self.fields["other_on"].initial = table.session.on
        self.fields["is_urgent"].initial = self.facts.case.is_urgent
        first = self.dates.get(str(field.initial))
        self.fields["starts_at"].initial = table.starts_at if table else first and first.starts_at
        self.fields["minutes"].initial = table.minutes if table else 30

    def _offer_places(self) -> None:
        rows = list(self.table.invitees.all()) if self.table else []
        seated = {key_of_invitee(row): row for row in rows}
        for candidate in self.candidates:
            standing = seated.get(candidate.key)
            is_in = standing is not None if self.table else candidate.is_suggested
            self.fields[f"in-{candidate.key}"] = forms.BooleanField(
                label=candidate.name, required=False, initial=is_in
            )
            if candidate.kind == InviteeKind.STAFF:
                self.fields[f"why-{candidate.key}"] = forms.CharField(
                    label=f"Waarom is {candidate.name} echt betrokken",
                    required=False,
                    max_length=200,
                    initial=standing.reason if standing else candidate.reason,
                )

    def _shape_words(self) -> None:
        name, age = self.facts.case.student.first_name, self.facts.age
        for word in ("message", "interpreter", "student_choice", "size_reason"):
            if self.table:
                self.fields[word].initial = getattr(self.table, word)
        if not self.table:
            spoken = [fact.carer.language for fact in self.facts.carers]
            foreign = [word for word in spoken if word and word.lower() != "nederlands"]
            self.fields["interpreter"].initial = next(iter(foreign), "")
        self.fields["message"].widget.attrs["data-autosave"] = reverse(
            "draft", args=[f"tafel/{self.facts.case.pk}/{self.kind}"]
        )
        self.fields["student_choice"].label = f"Wat wil {name} zelf"
        self.fields["student_choice"].help_text = f"Vraag het {name}, en schrijf het antwoord op."
        if self.kind == MeetingKind.VOT:
            del self.fields["student_choice"], self.fields["interpreter"]
        elif age is not None and age >= INVITED_FROM_AGE:
            del self.fields["student_choice"]
        if self.actor.role != Role.HEAD:
            del self.fields["size_reason"]

    def places(self) -> dict[str, list[PlaceFields]]:
        """The possible places, family apart from professionals."""
        found: dict[str, list[PlaceFields]] = {"family": [], "staff": []}
        for candidate in self.candidates:
            why = f"why-{candidate.key}"
            bound = self[why] if why in self.fields else None
            group = "staff" if candidate.kind == InviteeKind.STAFF else "family"
            found[group].append(PlaceFields(candidate, self[f"in-{candidate.key}"], bound))
        return found

    def chosen(self) -> list[Candidate]:
        """Who is ticked, in what was posted or else in what is offered."""
        return [row for row in self.candidates if self[f"in-{row.key}"].value()]

    @property
    def counted(self) -> str:
        """How many from the family and how many professionals, in words."""
        kinds = [row.kind for row in self.chosen()]
        staff = kinds.count(InviteeKind.STAFF)
        people = "professional" if staff == 1 else "professionals"
        if self.kind == MeetingKind.VOT:
            return f"{staff} {people} aan tafel"
        return f"{len(kinds) - staff} uit het gezin, {staff} {people}"

    @property
    def too_large(self) -> str:
        """Why this table is not small; empty when it is (R-7.1)."""
        return too_large(self.kind, [row.kind for row in self.chosen()])

    def clean(self) -> dict[str, Any]:
        """Read the date; everything else may wait until convening."""
        cleaned = super().clean() or self.cleaned_data
        on, starts_at = self._moment(cleaned)
        if on is None:
            self.add_error("when", "Kies een datum.")
        if starts_at is None:
            self.add_error("starts_at", "Kies een tijd.")
        cleaned |= {"on": on, "starts_at": starts_at, "place": cleaned.get("other_place", "")}
        cleaned["kind"] = self.kind
        cleaned["invitees"] = [
            row.row(cleaned.get(f"why-{row.key}", ""))
            for row in self.candidates
            if cleaned.get(f"in-{row.key}")
        ]
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> tuple[date | None, time | None]:
        known = self.dates.get(cleaned.get("when", ""))
        on = known.on if known else cleaned.get("other_on")
        return on, cleaned.get("starts_at") or (known.starts_at if known else None)


def _aside(is_regular: bool) -> str:
    return "" if is_regular else " (tussendoor)"
