"""The facts of one case, read once and only when a guard asks for them."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Prefetch

from cases.contributions import LeadFacts, contributed
from cases.enums import AgreementResult, ConsentPurpose, LeadState, MeetingState
from cases.models import (
    AbsenceGround,
    Agreement,
    Case,
    CaseLead,
    CaseTransition,
    Consent,
    ConsentDecision,
    Consult,
    ConsultAsked,
    Conversation,
    Evaluation,
    Goal,
    GoalEvaluation,
    Invitee,
    Meeting,
    Participant,
    Plan,
)
from cases.queries.consent import (
    CarerFact,
    Covering,
    Family,
    Givers,
    carer_facts,
    consent_covering,
    valid,
)
from schools.calendar import SchoolCalendar
from schools.models import Enrollment, FamilyTie
from schools.queries.calendar import calendar_of
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.access.fence import fact
from teams.enums import Compartment, Relation

CONVENED = (MeetingState.CONVENED, MeetingState.HELD, MeetingState.FINAL)


def _past_scope(path: str, model: type[models.Model], *related: str) -> Prefetch:
    """Prefetch rows that the reader may not see: facts do not depend on who asks."""
    rows = model.unscoped.all()  # type: ignore[attr-defined]
    return Prefetch(path, rows.select_related(*related) if related else rows)


class CaseFacts:
    """Reads past the scope on purpose: a guard must see what is true, not what is visible."""

    def __init__(self, case: Case, day: date) -> None:
        self.case = case
        self.day = day
        self._relations: dict[Actor, set[Relation]] = {}

    def relations_of(self, actor: Actor) -> set[Relation]:
        """In which relations this actor sits at the table; asked once per actor."""
        if actor not in self._relations:
            self._relations[actor] = relations_to(self.case.dossier_id, actor=actor)
        return self._relations[actor]

    @fact
    def calendar(self) -> SchoolCalendar:
        """School days of the case's school."""
        return calendar_of(self.case.school)

    @fact
    def transitions(self) -> list[CaseTransition]:
        """Every step taken so far, in order."""
        return list(CaseTransition.unscoped.filter(case=self.case).order_by("position"))

    @fact
    def conversations(self) -> list[Conversation]:
        """Talks, and reasons why there was none, newest first."""
        return list(Conversation.unscoped.filter(case=self.case))

    @fact
    def consults(self) -> list[Consult]:
        """Consults with who was asked, newest first."""
        rows = Consult.unscoped.filter(case=self.case)
        return list(rows.prefetch_related(_past_scope("asked", ConsultAsked, "person")))

    @property
    def open_consult(self) -> Consult | None:
        """The consult whose outcome is open."""
        return next((row for row in self.consults if not row.outcome), None)

    @fact
    def agreements(self) -> list[Agreement]:
        """All agreements of the case with their doers."""
        rows = Agreement.unscoped.filter(case=self.case)
        return list(rows.select_related("doer_person", "doer_carer", "goal__plan"))

    @property
    def consult_agreements(self) -> list[Agreement]:
        """Agreements of the last consult (outcome 2)."""
        made = [row for row in self.agreements if row.consult_id]
        last = next((row.pk for row in self.consults if row.outcome), None)
        return [row for row in made if row.consult_id == last]

    @property
    def has_failed_agreement(self) -> bool:
        """One agreement of the last consult was evaluated onvoldoende (T-09)."""
        return any(row.result == AgreementResult.INSUFFICIENT for row in self.consult_agreements)

    @fact
    def meetings(self) -> list[Meeting]:
        """All items of the case, newest first, with invitees; also those called off."""
        rows = Meeting.unscoped.filter(case=self.case).select_related("session")
        rows = rows.order_by("-session__on", "-created_at")
        return list(rows.prefetch_related(_past_scope("invitees", Invitee, "person", "carer")))

    def draft_table(self, kind: str) -> Meeting | None:
        """The table being laid for this kind of meeting."""
        drafts = (row for row in self.meetings if row.state == MeetingState.DRAFT)
        return next((row for row in drafts if row.kind == kind), None)

    def meeting(self, kind: str) -> Meeting | None:
        """The current item: the last one of this kind that was convened and not called off."""
        convened = [row for row in self.meetings if row.kind == kind and row.state in CONVENED]
        return max(convened, key=lambda row: str(row.convened_at), default=None)

    @fact
    def carers(self) -> tuple[CarerFact, ...]:
        """Carers with custody as known on this day."""
        return carer_facts(self.case.student, self.day)

    @fact
    def age(self) -> int | None:
        """Age of the pupil on this day."""
        return self.case.student.age_on(self.day)

    @fact
    def consents(self) -> list[Consent]:
        """Consents asked in this case, with answers and recipients."""
        rows = Consent.unscoped.filter(case=self.case)
        return list(rows.prefetch_related(_past_scope("decisions", ConsentDecision), "recipients"))

    @fact
    def family(self) -> Family:
        """On what it rests who decides about consent today."""
        return Family(self.case.student.birth_date, self.carers, self.day)

    def givers(self, purpose: str) -> Givers:
        """Who must consent for this purpose today."""
        return self.family.givers(purpose)

    def covering(
        self,
        purpose: str,
        organization_id: UUID | None,
        data_class: str = Compartment.SHARED_PLAN,
    ) -> Covering | None:
        """On which consent someone of this organization, already in, reads this class today."""
        if organization_id is None:
            return None
        return consent_covering(
            self.consents,
            self.family,
            purpose=purpose,
            recipient=organization_id,
            data_class=data_class,
        )

    def is_valid(
        self,
        purpose: str,
        recipient: UUID | str | None,
        data_class: str = Compartment.SHARED_PLAN,
    ) -> bool:
        """This class may be shared with this recipient today, or with whoever consent names."""
        return valid(
            self.consents,
            self.family,
            purpose=purpose,
            recipient=recipient,
            data_class=data_class,
        )

    def is_covered(
        self, organization_id: UUID | None, data_class: str = Compartment.SHARED_PLAN
    ) -> bool:
        """Consent (a) lets someone of this organization discuss by name, from now on."""
        if organization_id is None:
            return False
        return self.is_valid(ConsentPurpose.DISCUSS_NAMED, organization_id, data_class)

    def names_pupil_to(self, organization_id: UUID | None) -> bool:
        """Someone of this organization who was asked may know today whom a question is about."""
        purpose, school_file = ConsentPurpose.DISCUSS_NAMED, Compartment.SCHOOL_FILE
        return self.covering(purpose, organization_id, school_file) is not None

    @fact
    def leads(self) -> list[CaseLead]:
        """Offers of regie, newest first."""
        rows = CaseLead.unscoped.filter(case=self.case).select_related("person")
        return list(rows.order_by("-created_at"))

    @property
    def lead(self) -> CaseLead | None:
        """Who holds the regie."""
        return next((row for row in self.leads if row.state == LeadState.ACCEPTED), None)

    @property
    def offered_lead(self) -> CaseLead | None:
        """Who was offered the regie and did not answer yet."""
        return next((row for row in self.leads if row.state == LeadState.OFFERED), None)

    @fact
    def plan(self) -> Plan | None:
        """The newest plan, with goals, measures and monitoring."""
        rows = Plan.unscoped.filter(case=self.case).order_by("-created_at")
        goals = _past_scope("goals", Goal)
        measures = _past_scope("goals__measures", Agreement, "doer_person", "doer_carer")
        return rows.select_related("monitoring").prefetch_related(goals, measures).first()

    @fact
    def evaluations(self) -> list[Evaluation]:
        """Evaluations of the plan with their goals, newest first."""
        rows = Evaluation.unscoped.filter(case=self.case).order_by("-held_on", "-created_at")
        return list(rows.prefetch_related(_past_scope("goals", GoalEvaluation)))

    @fact
    def last_evaluation(self) -> Evaluation | None:
        """The last evaluation of the plan, with its goals."""
        rows = Evaluation.unscoped.filter(case=self.case).order_by("-held_on", "-created_at")
        return rows.prefetch_related(_past_scope("goals", GoalEvaluation)).first()

    @fact
    def participants(self) -> list[Participant]:
        """Everyone who was made a participant, with employer."""
        rows = Participant.unscoped.filter(case=self.case)
        return list(rows.select_related("person"))

    @fact
    def absence_grounds(self) -> list[AbsenceGround]:
        """Unauthorized absence recorded in this case, newest first."""
        return list(AbsenceGround.unscoped.filter(case=self.case))

    @property
    def absence_ground(self) -> AbsenceGround | None:
        """The ground that is open on this day (O34)."""
        return next(
            (
                row
                for row in self.absence_grounds
                if row.opened_on <= self.day and (row.closed_on is None or self.day < row.closed_on)
            ),
            None,
        )

    @fact
    def family_ties(self) -> list[FamilyTie]:
        """Professionals to whom the pupil is family (D5)."""
        return list(FamilyTie.unscoped.filter(student=self.case.student_id))

    @fact
    def enrollments(self) -> list[Enrollment]:
        """Where the pupil is enrolled on this day."""
        rows = Enrollment.unscoped.filter(student=self.case.student_id, since__lte=self.day)
        rows = rows.exclude(until__lte=self.day).select_related("school", "group")
        return list(rows)

    @property
    def own_enrollment(self) -> Enrollment | None:
        """The enrollment at the case's own school."""
        own = [row for row in self.enrollments if row.school_id == self.case.school_id]
        return own[0] if own else None

    @fact
    def fitting_facility(self) -> str:
        """Name of a fitting voorliggende voorziening, or nothing."""
        names = [part.fitting_facility(self.case.pk) for part in contributed()]
        return next((name for name in names if name), "")

    @fact
    def lead_facts(self) -> LeadFacts:
        """On what the proposal of a lead rests."""
        parts = [part.lead_facts(self.case.pk) for part in contributed()]
        return parts[0] if parts else LeadFacts()

    def in_school_weeks(self, weeks: int) -> date:
        """The day that lies this many school weeks of five school days ahead."""
        return self.calendar.add_school_days(self.day, weeks * 5)

    def days_ago(self, days: int) -> date:
        """The day this many days before."""
        return self.day - timedelta(days=days)
