"""During and after a meeting: who was there, the report, and what the family says."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.urls import reverse

from cases.enums import Attendance, Conclusion, DoerKind, MeetingKind, Section
from cases.forms.agreements import MOST_ROWS, AgreementRowForm, Doers
from cases.forms.early import date_input, text_area
from cases.models import Agreement, Invitee, Meeting
from cases.queries.facts import CaseFacts
from cases.queries.minutes import AGENDA, Line, known_lines, lines_of

SEEN = [(Attendance.PRESENT.value, "was erbij"), (Attendance.ABSENT.value, "was er niet")]
SPARE_ROWS = 2
STUDENT = "student"


class AttendanceForm(forms.Form):
    """Who was there, and on which day."""

    held_on = forms.DateField(label="Wanneer", widget=date_input())
    guests = forms.CharField(
        label="Wie kwam er mee",
        required=False,
        max_length=300,
        help_text="Bijvoorbeeld oma of een vriend. Zet een komma tussen de namen.",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitees: list[Invitee] = list(meeting.invitees.all())
        for row in self.invitees:
            known = row.attendance != Attendance.UNKNOWN
            self.fields[f"seen-{row.pk}"] = forms.ChoiceField(
                label=f"{row.full_name}, {row.line}",
                choices=SEEN,
                widget=forms.RadioSelect,
                initial=row.attendance if known else Attendance.PRESENT,
            )
        self.fields["held_on"].initial = meeting.held_on or meeting.session.on
        self.order_fields(["held_on", *(f"seen-{row.pk}" for row in self.invitees), "guests"])

    def given(self) -> dict[str, Any]:
        """What `record_held` takes."""
        cleaned = self.cleaned_data
        return {
            "held_on": cleaned["held_on"],
            "attendance": {row.pk: cleaned[f"seen-{row.pk}"] for row in self.invitees},
            "guests": cleaned["guests"].split(","),
        }


class TableDoers(Doers):
    """Who can be the doer of what is agreed at a table: also whoever sits there."""

    def __init__(self, facts: CaseFacts) -> None:
        super().__init__(facts)
        standing = [row for row in facts.participants if row.until is None]
        for row in standing:
            key = f"staff:{row.person_id}"
            if key not in self.people:
                self.people[key] = row.person
                self.choices.insert(0, (key, f"{row.person}, {row.get_role_display()}"))

    @staticmethod
    def key_of(row: Agreement) -> str:
        """The choice that stands for the doer of an agreement."""
        if row.doer_person_id:
            return f"staff:{row.doer_person_id}"
        return f"carer:{row.doer_carer_id}" if row.doer_carer_id else STUDENT


class StandingRowForm(AgreementRowForm):
    """One agreement that may stand already, and may be taken away."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    is_removed = forms.BooleanField(label="Weghalen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("id"):
            del self.fields["is_removed"]

    def has_changed(self) -> bool:
        """A standing row counts when it differs; a new one once something was filled in."""
        if self.is_bound and not self["id"].value():
            return any(self[name].value() for name in ("doer", "what", "needed", "yields"))
        return super().has_changed()

    def given(self) -> dict[str, Any]:
        """This row as the action takes it."""
        row = super().given()
        # What the teacher or the family agreed to elsewhere is not taken back by a form.
        return {name: value for name, value in row.items() if name != "doer"}


def initial_of(row: Agreement) -> dict[str, Any]:
    """What a form shows of a standing agreement."""
    names = ("id", "what", "needed", "yields", "evaluate_on", "is_in_class")
    shown = {name: getattr(row, name) for name in names}
    by_family = row.accepted_on is not None and row.doer_kind != DoerKind.STAFF
    return {**shown, "doer": TableDoers.key_of(row), "is_agreed": by_family}


def rows_of(form: type[forms.Form], standing: list[dict], *, data: Any, prefix: str, **more: Any):
    """Make the rows of a form: what stands, and a few to spare."""
    factory = forms.formset_factory(
        form, extra=1 if standing else SPARE_ROWS, max_num=MOST_ROWS * 3, absolute_max=MOST_ROWS * 3
    )
    return factory(data, prefix=prefix, initial=standing, form_kwargs=more)


@dataclass(frozen=True)
class Point:
    """One point of the agenda with its lines, for the page."""

    section: Section
    label: str
    lines: tuple[tuple[Line, BoundField], ...]


class MinutesForm(forms.Form):
    """The report, point by point, with the agreements as rows (R-7.7)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    conclusion = forms.ChoiceField(
        label="Conclusie", required=False, choices=Conclusion.choices, widget=forms.RadioSelect
    )
    conclusion_reason = forms.CharField(
        label="Waarom is dit de conclusie", required=False, max_length=2000, widget=text_area(2)
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, facts: CaseFacts) -> None:
        super().__init__(data)
        self.meeting = meeting
        self.lines = _kept(lines_of(meeting, facts), data, meeting, facts)
        for line in self.lines:
            key = f"verslag/{meeting.pk}/{line.key}"
            area = text_area(2, **{"data-autosave": reverse("draft", args=[key])})
            self.fields[line.key] = forms.CharField(
                label=AGENDA[meeting.kind][line.section],
                required=False,
                widget=area,
                initial=line.text,
            )
        self.fields["version"].initial = meeting.report_version
        for name in ("conclusion", "conclusion_reason"):
            self.fields[name].initial = getattr(meeting, name)
        if meeting.kind == MeetingKind.VOT:
            del self.fields["conclusion"], self.fields["conclusion_reason"]
        standing = [row for row in facts.agreements if row.meeting_id == meeting.pk]
        initial = [initial_of(row) for row in standing]
        self.rows = rows_of(
            StandingRowForm, initial, data=data, prefix="rows", doers=TableDoers(facts)
        )

    def points(self) -> list[Point]:
        """The agenda with the fields under each point."""
        return [
            Point(
                section,
                label,
                tuple((line, self[line.key]) for line in self.lines if line.section == section),
            )
            for section, label in AGENDA[self.meeting.kind].items()
        ]

    def is_valid(self) -> bool:
        """The texts and all rows have their shape."""
        return super().is_valid() and self.rows.is_valid()

    def given(self) -> dict[str, Any]:
        """What `save_minutes` takes."""
        cleaned = self.cleaned_data
        words: dict[str, Any] = {
            name: cleaned[name] for name in ("conclusion", "conclusion_reason") if name in cleaned
        }
        return {
            **words,
            "version": cleaned["version"],
            "lines": {line.key: cleaned[line.key] for line in self.lines},
            "agreements": [row.given() for row in self.rows if row.has_changed()],
        }


def _kept(lines: list[Line], data: Any, meeting: Meeting, facts: CaseFacts) -> list[Line]:
    """Add what was posted under a source that another writer did not save: nothing is lost."""
    shown = {line.key for line in lines}
    missing = (data or {}).keys() - shown
    if not any("." in key for key in missing):
        return lines
    return lines + [line for line in known_lines(meeting, facts) if line.key in missing]


class ContributionForm(forms.Form):
    """What parents or pupil say, in their own words (R-7.4)."""

    voice = forms.ChoiceField(label="Van wie", widget=forms.RadioSelect)
    text = forms.CharField(
        label="In hun eigen woorden",
        max_length=4000,
        widget=text_area(5),
        help_text="Schrijf het zo op als zij het zeggen.",
    )

    def __init__(self, *args: Any, meeting: Meeting, facts: CaseFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carers = {str(fact.carer.pk): fact.carer for fact in facts.carers}
        choices = [(key, carer.full_name) for key, carer in self.carers.items()]
        choices.append((STUDENT, facts.case.student.first_name))
        self.fields["voice"].choices = choices  # type: ignore[attr-defined]
        key = reverse("draft", args=[f"inbreng/{meeting.pk}"])
        self.fields["text"].widget.attrs["data-autosave"] = key

    def given(self) -> dict[str, Any]:
        """What `enter_contribution` takes."""
        voice = self.cleaned_data["voice"]
        return {
            "carer": self.carers.get(voice),
            "is_from_student": voice == STUDENT,
            "text": self.cleaned_data["text"],
        }
