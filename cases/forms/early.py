"""Forms of the steps from signal to VOT request, and of moving and reopening."""

from django import forms
from django.db.models import Q
from django.urls import reverse

from cases.enums import AgreementResult, ConsultOutcome
from cases.forms.base import StepForm
from schools.models import Group
from teams.access.seat_rules import ASKED_ROLES
from teams.enums import LINKED_ROLES, Role
from teams.models import Assignment, SupportTeamMember

_ASKABLE_AT_SCHOOL = (Role.SUPPORT_COORDINATOR, Role.HEAD)


def text_area(rows: int = 3, **attrs: str) -> forms.Textarea:
    """A text field of a few lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def date_input() -> forms.DateInput:
    """A date field that every browser draws by itself."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DraftedForm(StepForm):
    """A step's form whose long texts are kept while typing."""

    code = ""
    drafted: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Give each long text the address at which its draft is kept."""
        for name in self.drafted:
            key = f"stap/{self.facts.case.pk}/{self.code}/{name}"
            self.fields[name].widget.attrs["data-autosave"] = reverse("draft", args=[key])


class ConversationForm(DraftedForm):
    """T-02: a talk with parents and pupil, or why there was none yet."""

    code = "T-02"
    drafted = ("content",)
    submit_label = "Gesprek vastleggen"
    with_carers = forms.BooleanField(label="Met ouders", required=False)
    with_student = forms.BooleanField(label="Met de leerling", required=False)
    held_on = forms.DateField(label="Wanneer", required=False, widget=date_input())
    content = forms.CharField(
        label="Waar ging het over", required=False, max_length=4000, widget=text_area(4)
    )
    carers_words = forms.CharField(
        label="In woorden van ouders", required=False, max_length=2000, widget=text_area(2)
    )
    student_words = forms.CharField(
        label="In woorden van de leerling", required=False, max_length=2000, widget=text_area(2)
    )
    agreed = forms.CharField(
        label="Wat is afgesproken", required=False, max_length=2000, widget=text_area(2)
    )
    not_held_reason = forms.CharField(
        label="Nog geen gesprek geweest? Schrijf op waarom",
        required=False,
        max_length=300,
    )

    def prepare(self) -> None:
        """The talk was today unless someone says otherwise."""
        super().prepare()
        self.fields["held_on"].initial = self.facts.day
        name = self.facts.case.student.first_name
        self.fields["with_student"].label = f"Met {name}"
        self.fields["student_words"].label = f"In woorden van {name}"


class ReasonForm(StepForm):
    """A step that only asks why."""

    reason = forms.CharField(label="Waarom", required=False, max_length=2000, widget=text_area())


class LapsedForm(ReasonForm):
    """T-03: the signals do not persist."""

    submit_label = "Casus afronden"
    are_carers_told = forms.BooleanField(label="Ouders weten dit", required=False)


class ColleagueField(forms.ModelMultipleChoiceField):
    """Colleagues to ask, each with the role in which they are asked."""

    def label_from_instance(self, obj: Assignment) -> str:
        """Name and role, as on the person card."""
        return f"{obj.person}, {obj.get_role_display()}"


class ConsultForm(DraftedForm):
    """T-04: a short question to one or a few colleagues."""

    code = "T-04"
    drafted = ("question",)
    submit_label = "Vraag stellen"
    question = forms.CharField(
        label="Uw vraag",
        required=False,
        max_length=2000,
        widget=text_area(3),
        help_text="Zonder naam van de leerling, tenzij er toestemming is. "
        "De collega ziet de vraag, de leeftijd bij benadering en de soort school.",
    )
    asked = ColleagueField(
        label="Aan wie",
        queryset=Assignment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_named = forms.BooleanField(
        label="Met naam",
        required=False,
        help_text="Kan bij collega’s van school, en bij anderen als ouders toestemming gaven.",
    )

    def prepare(self) -> None:
        """Offer the support team of the school and its own people."""
        super().prepare()
        field = self.fields["asked"]
        field.queryset = _colleagues(self)  # type: ignore[attr-defined]


def _colleagues(form: StepForm):
    facts, school = form.facts, form.facts.case.school
    groups = Group.objects.filter(school=school).values("organization")
    linked = SupportTeamMember.objects.on(facts.day).filter(
        team__organization=school.organization_id, assignment__role__in=LINKED_ROLES & ASKED_ROLES
    )
    own = Q(organization=school.organization_id, role__in=_ASKABLE_AT_SCHOOL)
    teachers = Q(organization__in=groups, role=Role.TEACHER)
    rows = Assignment.objects.on(facts.day).filter(
        own | teachers | Q(pk__in=linked.values("assignment"))
    )
    rows = rows.exclude(person=form.actor.person_id).select_related("person")
    return rows.order_by("role", "person__last_name")


class MotivatedForm(DraftedForm):
    """An outcome of a consult with its motivation, and who thought otherwise."""

    drafted = ("motivation",)
    motivation = forms.CharField(
        label="Waarom is dit de uitkomst", required=False, max_length=2000, widget=text_area()
    )
    dissent = forms.CharField(
        label="Dacht iemand er anders over", required=False, max_length=1000, widget=text_area(2)
    )


class SettledForm(MotivatedForm):
    """T-05: nothing is the matter any more."""

    code = "T-05"
    submit_label = "Casus afronden"
    are_carers_told = forms.BooleanField(label="Ouders weten dit", required=False)


class NeedsMoreForm(MotivatedForm):
    """T-07: more is needed."""

    code = "T-07"
    submit_label = "VOT vragen"
    is_urgent = forms.BooleanField(label="Met spoed", required=False)


class NothingToFillForm(StepForm):
    """A step that asks nothing more (T-08)."""

    submit_label = "Casus afronden"


class VotForm(DraftedForm):
    """T-09, T-10: why a VOT is needed."""

    drafted = ("reason",)
    submit_label = "VOT vragen"
    reason = forms.CharField(
        label="Waarom is een VOT nodig",
        required=False,
        max_length=2000,
        widget=text_area(4),
        help_text="Bijvoorbeeld: wat is geprobeerd en gaf te weinig, of wat is ingewikkeld en houdt aan.",
    )
    is_urgent = forms.BooleanField(label="Met spoed", required=False)


class AgreementsVotForm(VotForm):
    """T-09: while agreements run."""

    code = "T-09"


class DirectVotForm(VotForm):
    """T-10: straight from the signal."""

    code = "T-10"


class TransferForm(ReasonForm):
    """T-31: the pupil goes to another school."""

    submit_label = "Casus overdragen"
    new_school = forms.CharField(label="Naar welke school", required=False, max_length=160)
    are_carers_told = forms.BooleanField(label="Ouders weten dit", required=False)
    field_order = ("new_school", "reason", "are_carers_told", "version")

    def prepare(self) -> None:
        """The reason is asked for the file of the new school only."""
        self.fields["reason"].label = "Wat wilt u erbij zeggen"


class ReopenForm(ReasonForm):
    """T-32: a new signal after closing."""

    submit_label = "Heropenen"

    def prepare(self) -> None:
        """The reason is the new signal."""
        self.fields["reason"].label = "Wat is het nieuwe signaal"


class EvaluateAgreementForm(forms.Form):
    """Voldoende or onvoldoende, and what was seen."""

    result = forms.ChoiceField(
        label="Wat heeft het opgeleverd", choices=AgreementResult.choices, widget=forms.RadioSelect
    )
    result_note = forms.CharField(
        label="Wat zag u", required=False, max_length=2000, widget=text_area()
    )


class ConsultAnswerForm(forms.Form):
    """Advice of one who was asked."""

    advice = forms.CharField(label="Uw advies", max_length=4000, widget=text_area(5))
    outcome = forms.ChoiceField(
        label="Wat is volgens u de uitkomst",
        choices=ConsultOutcome.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="De hoogste uitkomst telt, als u en uw collega’s verschillen.",
    )
