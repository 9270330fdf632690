"""The facts of one case, read once and only when a guard asks for them."""

from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.db import models
from django.db.models import Prefetch

from cases.contributions import LeadFacts, contributed
from cases.enums import AgreementResult, ConsentPurpose, LeadState, MeetingState
from cases.models import (
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
from cases.queries.consent import CarerFact, Givers, carer_facts, covered_until, required_givers
from schools.calendar import SchoolCalendar
from schools.models import Enrollment
from schools.queries.calendar import calendar_of
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.enums import Relation

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

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """School days of the case's school."""
        return calendar_of(self.case.school)

    @cached_property
    def transitions(self) -> list[CaseTransition]:
        """Every step taken so far, in order."""
        return list(CaseTransition.unscoped.filter(case=self.case).order_by("position"))

    @cached_property
    def conversations(self) -> list[Conversation]:
        """Talks, and reasons why there was none, newest first."""
        return list(Conversation.unscoped.filter(case=self.case))

    @cached_property
    def consults(self) -> list[Consult]:
        """Consults with who was asked, newest first."""
        rows = Consult.unscoped.filter(case=self.case)
        return list(rows.prefetch_related(_past_scope("asked", ConsultAsked, "person")))

    @property
    def open_consult(self) -> Consult | None:
        """The consult whose outcome is open."""
        return next((row for row in self.consults if not row.outcome), None)

    @cached_property
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

    @cached_property
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

    @cached_property
    def carers(self) -> tuple[CarerFact, ...]:
        """Carers with custody as known on this day."""
        return carer_facts(self.case.student, self.day)

    @cached_property
    def age(self) -> int | None:
        """Age of the pupil on this day."""
        return self.case.student.age_on(self.day)

    @cached_property
    def consents(self) -> list[Consent]:
        """Consents asked in this case, with answers and recipients."""
        rows = Consent.unscoped.filter(case=self.case)
        return list(rows.prefetch_related(_past_scope("decisions", ConsentDecision), "recipients"))

    def givers(self, purpose: str) -> Givers:
        """Who must consent for this purpose today."""
        return required_givers(purpose, age=self.age, carers=self.carers)

    def consent_until(self, purpose: str, organization_id: UUID | None) -> date | None:
        """Until when consent covers this organization; none when it does not today."""
        return covered_until(
            self.consents,
            self.givers(purpose),
            purpose=purpose,
            organization_id=organization_id,
            day=self.day,
        )

    def is_covered(self, organization_id: UUID | None) -> bool:
        """Consent (a) lets someone of this organization discuss by name."""
        if organization_id is None:
            return False
        return self.consent_until(ConsentPurpose.DISCUSS_NAMED, organization_id) is not None

    @cached_property
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

    @cached_property
    def plan(self) -> Plan | None:
        """The newest plan, with goals, measures and monitoring."""
        rows = Plan.unscoped.filter(case=self.case).order_by("-created_at")
        goals = _past_scope("goals", Goal)
        measures = _past_scope("goals__measures", Agreement, "doer_person", "doer_carer")
        return rows.select_related("monitoring").prefetch_related(goals, measures).first()

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        """Evaluations of the plan with their goals, newest first."""
        rows = Evaluation.unscoped.filter(case=self.case).order_by("-held_on", "-created_at")
        return list(rows.prefetch_related(_past_scope("goals", GoalEvaluation)))

    @cached_property
    def last_evaluation(self) -> Evaluation | None:
        """The last evaluation of the plan, with its goals."""
        rows = Evaluation.unscoped.filter(case=self.case).order_by("-held_on", "-created_at")
        return rows.prefetch_related(_past_scope("goals", GoalEvaluation)).first()

    @cached_property
    def participants(self) -> list[Participant]:
        """Everyone who was made a participant, with employer."""
        rows = Participant.unscoped.filter(case=self.case)
        return list(rows.select_related("person"))

    @cached_property
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

    @cached_property
    def fitting_facility(self) -> str:
        """Name of a fitting voorliggende voorziening, or nothing."""
        names = [part.fitting_facility(self.case.pk) for part in contributed()]
        return next((name for name in names if name), "")

    @cached_property
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
