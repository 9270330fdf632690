"""The cases of the region: every state by every status of consent, each with every kind of row."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from arrangements.models import Facility, FacilityCheck
from cases.enums import (
    AbsenceLength,
    CaseState,
    ClosingReason,
    Conclusion,
    ConsultOutcome,
    DocumentAudience,
    DocumentKind,
    DocumentState,
    DoerKind,
    EvaluationConclusion,
    GoalResult,
    InviteeKind,
    LeadState,
    MeetingState,
    PlanState,
    Section,
    SignalAbout,
)
from cases.models import (
    AbsenceDay,
    AbsenceGround,
    Agreement,
    AttendanceAgreement,
    Case,
    CaseLead,
    CaseTransition,
    Consult,
    ConsultAsked,
    Contribution,
    Conversation,
    Document,
    Evaluation,
    Goal,
    GoalEvaluation,
    Invitee,
    Meeting,
    MeetingLine,
    MonitoringPlan,
    Note,
    Participant,
    Plan,
    Session,
    Signal,
    TransitionNote,
)
from teams.access.rules import (
    MONITORING_AUDIENCE,
    author_audience,
    consult_audience,
    meeting_audience,
)
from teams.enums import DossierKind, Role
from teams.models import Dossier
from tests.access import facts
from tests.access.personas import PERSONAS, ROLES, Persona
from tests.access.region import TODAY, Region
from tests.world import NOW, YEAR_START

STATES = {
    "SIGNALERING": CaseState.SIGNALING,
    "CONSULT": CaseState.CONSULTING,
    "AFSPRAKEN": CaseState.AGREEMENTS,
    "VOT_NODIG": CaseState.VOT_REQUESTED,
    "VOT": CaseState.VOT,
    "OT_NODIG": CaseState.OT_PREPARING,
    "OT": CaseState.OT,
    "AFWEGING": CaseState.WEIGHING,
    "UITVOERING": CaseState.RUNNING,
    "ESCALATIE": CaseState.ESCALATED,
    "AFGEROND": CaseState.CLOSED,
    "OVERGEDRAGEN": CaseState.TRANSFERRED,
    "GEARCHIVEERD": CaseState.ARCHIVED,
    "VERNIETIGD": CaseState.DESTROYED,
}
LED = frozenset({"VOT_NODIG", "VOT", "OT_NODIG", "OT", "AFWEGING", "UITVOERING", "ESCALATIE"})
K2 = {"compartment": "K2"}
MONITORED = {**K2, "audience": MONITORING_AUDIENCE}
JOINED = YEAR_START + timedelta(20)
STEPS = (("T-01", "", "SIGNALING", "K1"), ("T-18", "OT", "WEIGHING", "K2"))


@dataclass
class Table:
    """One case in the making: its own facts, and what every row of it shares."""

    region: Region
    number: int
    state: str
    case: Case
    shared: dict[str, Any]
    sitting: dict[str, list[Persona]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The judge's name of this case."""
        return str(self.case.pk)

    def add(self, model: type, kind: str, /, *, texts: tuple = (), **given: Any) -> Any:
        """Queue one row of this case."""
        return self.region.add(model, kind, texts=texts, **{**self.shared, **given})


def closed_on(state: str, number: int) -> date | None:
    """Closed long ago, or within the thirty days in which who took part may still look."""
    if state == "AFGEROND":
        return TODAY - timedelta((10, 29, 30, 45)[number % 4])
    if state == "OVERGEDRAGEN":
        return TODAY - timedelta(5)
    return TODAY - timedelta(90) if state in ("GEARCHIVEERD", "VERNIETIGD") else None


def sitting_at(school: str, group: str, state: str) -> dict[str, list[Persona]]:
    """Which personas sit here, by chair. Before the VOT whoever could take a first step is left out."""
    found: dict[str, list[Persona]] = {name: [] for name in ("part", "ask", "vot", "ot", "reg")}
    for persona in PERSONAS:
        is_here = school == "kade" or (school == "ster" and persona.role == "A10")
        if state == "SIGNALERING" and persona.role in ("A8", "A12"):
            continue
        for chair in persona.sits if is_here else ():
            found[chair].append(persona)
    return found


def add_case(region: Region, pupil: str, school: str, state: str, number: int) -> Table:
    """Queue a case with everything in it but consents, and tell the judge who sits there."""
    node = region.organizations[school]
    dossier = region.queue(Dossier, kind=DossierKind.CASE, organization=node)
    by = f"ib-{school}"
    end = closed_on(state, number)
    shared = {**region.stamp(dossier.pk, by), "author": by}
    case = region.add(
        Case,
        "case",
        number=f"2026-{70000 + number}",
        student=region.students[pupil],
        school=region.schools[school],
        state=STATES[state],
        state_since=YEAR_START + timedelta(30),
        opened_on=YEAR_START,
        closed_on=end,
        closing_reason=ClosingReason.GOALS_REACHED if end else "",
        version=len(STEPS),
        of_pupil=pupil,
        **shared,
    )
    # A case names itself to the judge once it has its key.
    thing = region.things[Case].pop()
    region.things[Case].append(facts.Thing(str(case.pk), "case", case=str(case.pk)))
    region.tokens[case.number] = region.things[Case][-1]
    group = region.known.pupils[pupil].places[0].group
    table = Table(region, number, state, case, {**shared, "of_case": thing.key})
    table.sitting = sitting_at(school, group, state)
    known = facts.Case(
        table.key,
        pupil,
        school,
        state,
        YEAR_START,
        end,
        participants=_participants(table),
        lead=_lead(table),
        consults=(_consult(table),),
        invited=(_meeting(table, "VOT"), _meeting(table, "OT")),
        is_class_named=number // 10 % 2 == 0,
        absence=_absence(table),
    )
    _steps(table)
    _early_rows(table)
    _plan(table, is_class_named=known.is_class_named)
    region.known.cases[table.key] = known
    return table


def _participants(table: Table) -> tuple[facts.Chair, ...]:
    for persona in table.sitting["part"]:
        table.add(
            Participant,
            "participant",
            case=table.case,
            person=table.region.people[persona.person],
            role=ROLES[persona.role],
            since=JOINED,
            texts=("reason",),
        )
    return tuple(facts.Chair(row.person, row.role, JOINED) for row in table.sitting["part"])


def _lead(table: Table) -> facts.Chair | None:
    # Who held the regie keeps it when a case goes back on the route.
    if table.state not in LED:
        return None
    holders = table.sitting["reg"]
    key = holders[table.number // 10 % len(holders)].key if holders else str(table.shared["author"])
    role = "A5" if key.startswith("a5") else "A3"
    table.add(
        CaseLead,
        "regie",
        case=table.case,
        person=table.region.people[key],
        role=ROLES[role],
        state=LeadState.ACCEPTED,
        offered_on=JOINED,
        accepted_on=JOINED,
    )
    return facts.Chair(key, role, JOINED)


def _consult(table: Table) -> facts.Asked:
    """An open consult, one just ended, one that ended thirty days ago, or one long past."""
    ended = (None, 10, 29, 30, 60)[(table.number // 10 + table.number) % 5]
    held = None if ended is None else TODAY - timedelta(ended)
    consult = table.add(
        Consult,
        "consult",
        case=table.case,
        asked_on=YEAR_START + timedelta(5),
        held_on=held,
        outcome=ConsultOutcome.AGREEMENTS if held else "",
        texts=("question", "motivation"),
    )
    consult.audience = consult_audience(consult.pk)
    inside = {"part_of": str(consult.pk), "audience": consult.audience}
    _rename(table, Consult, consult, part_of=str(consult.pk))
    for persona in table.sitting["ask"]:
        table.add(
            ConsultAsked,
            "asked",
            consult=consult,
            person=table.region.people[persona.person],
            role=ROLES[persona.role],
            texts=("advice",),
            **inside,
        )
    table.add(
        Agreement, "early agreement", case=table.case, consult=consult, doer_kind=DoerKind.STAFF,
        doer_person=table.region.people["ib-kade"], evaluate_on=TODAY + timedelta(20),
        texts=("what", "needed", "yields"),
    )  # fmt: skip
    asked = tuple((row.person, row.role) for row in table.sitting["ask"])
    return facts.Asked(str(consult.pk), asked, held)


def _rename(table: Table, model: type, row: Any, **changed: str) -> None:
    """Tell the judge more about the row that was just queued."""
    things = table.region.things[model]
    assert things[-1].key == str(row.pk)
    named = facts.Thing(**{**things[-1].__dict__, **changed})
    things[-1] = named
    for token, thing in reversed(table.region.tokens.items()):
        if thing.key != named.key:
            break
        table.region.tokens[token] = named


def session_of(region: Region, school: str, kind: str) -> Session:
    """The one session of this kind at a school, in which all its cases have an item."""
    key = f"{school}-{kind}"
    if key not in region.sessions:
        region.sessions[key] = region.queue(
            Session,
            school=region.schools[school],
            kind=kind,
            on=TODAY + timedelta(1 if kind == "VOT" else 2),
            starts_at=time(8, 30),
        )
    return region.sessions[key]


def _meeting(table: Table, kind: str) -> tuple[str, str, frozenset[str]]:
    """A meeting with invitees, minutes and what parents brought in."""
    region, of_kind = table.region, kind.lower()
    where = {} if kind == "VOT" else K2
    school = table.case.school.organization.key
    meeting = table.add(
        Meeting,
        of_kind,
        session=session_of(region, school, kind),
        case=table.case,
        kind=kind,
        starts_at=time(8, 30),
        state=MeetingState.FINAL,
        convened_by=region.people["head-kade"],
        convened_role=Role.HEAD,
        convened_at=NOW,
        held_on=TODAY - timedelta(3),
        conclusion=Conclusion.BASIC if kind == "OT" else "",
        finalized_by=region.people["head-kade"],
        finalized_at=NOW,
        texts=("conclusion_reason", "message"),
        **where,
    )
    audience = meeting_audience(meeting.pk)
    meeting.audience = audience
    _rename(table, Meeting, meeting, part_of=str(meeting.pk))
    inside = {"meeting": meeting, "audience": audience, "part_of": str(meeting.pk), **where}
    for persona in table.sitting[of_kind]:
        table.add(
            Invitee, of_kind, kind=InviteeKind.STAFF, person=region.people[persona.person],
            role=ROLES[persona.role], texts=("reason",), **inside,
        )  # fmt: skip
    if kind == "OT":
        pupil = next(iter(key for key, row in region.students.items() if row is table.case.student))
        for carer in region.carers[pupil]:
            table.add(Invitee, of_kind, kind=InviteeKind.CARER, carer=carer, **inside)
    table.add(MeetingLine, of_kind, section=Section.NEEDS, texts=("text",), **inside)
    table.add(Contribution, of_kind, is_from_student=True, texts=("text",), **inside)
    return str(meeting.pk), kind, frozenset(row.person for row in table.sitting[of_kind])


def _steps(table: Table) -> None:
    for position, (code, source, target, where) in enumerate(STEPS, start=1):
        step = table.add(
            CaseTransition, "step", case=table.case, code=code, from_state=source, to_state=target,
            position=position, actor_name="Intern begeleider", acting_role=Role.SUPPORT_COORDINATOR,
        )  # fmt: skip
        table.add(
            TransitionNote, f"{where} words", transition=step, compartment=where, texts=("reason",)
        )


def _early_rows(table: Table) -> None:
    case, student, school = table.case, table.case.student, table.case.school
    common = {"case": case, "student": student, "school": school}
    table.add(
        Signal, "signal", about=SignalAbout.STUDENT, noted_on=YEAR_START,
        texts=("observation", "interpretation"), **common,
    )  # fmt: skip
    talk = {"case": case, "held_on": YEAR_START, "texts": ("content", "student_words")}
    table.add(Conversation, "talk", **talk)
    for persona in table.sitting["part"]:
        if persona.role in ("A5", "A8", "A9", "A10", "A12", "A14"):
            key = table.region.people[persona.person].pk
            by = {"author": persona.person, "created_by_id": key, "audience": author_audience(key)}
            table.add(Conversation, "talk", **talk, **by)
    # The tables of K3 and K6 come later; these letters are fenced already (D2, D3).
    kinds = (
        ("note", {}),
        ("shared note", K2),
        ("K3", {"compartment": "K3"}),
        ("K6", {"compartment": "K6"}),
    )
    for kind, where in kinds:
        table.add(Note, kind, noted_on=YEAR_START, texts=("text",), **common, **where)


def _plan(table: Table, *, is_class_named: bool) -> None:
    plan = table.add(
        Plan, "plan", case=table.case, state=PlanState.ACTIVE, evaluate_on=TODAY + timedelta(40),
        texts=("help_question", "strengths"), **K2,
    )  # fmt: skip
    goal = table.add(Goal, "goal", plan=plan, texts=("text",), **K2)
    table.add(MonitoringPlan, "monitoring", plan=plan, texts=("indicators", "moments"), **MONITORED)
    table.add(
        Agreement, "agreement", case=table.case, goal=goal, doer_kind=DoerKind.STAFF,
        doer_person=table.region.people["ib-kade"], evaluate_on=TODAY + timedelta(20),
        is_in_class=is_class_named, texts=("what", "needed", "yields"), **K2,
    )  # fmt: skip
    done = table.add(
        Evaluation, "evaluation", case=table.case, plan=plan, held_on=TODAY - timedelta(2),
        present="ouders", conclusion=EvaluationConclusion.CONTINUE, texts=("explanation",), **MONITORED,
    )  # fmt: skip
    table.add(
        GoalEvaluation, "evaluation", evaluation=done, goal=goal, result=GoalResult.PARTLY,
        texts=("note",), **MONITORED,
    )  # fmt: skip
    table.add(
        Document, "document", case=table.case, kind=DocumentKind.CLOSING_REPORT,
        for_audience=DocumentAudience.PARTICIPANTS, state=DocumentState.READY, sha256="0" * 64,
        content=b"%PDF-1.7 leeg", rendered_at=NOW, **K2,
    )  # fmt: skip
    facility = table.region.facility or Facility.objects.create(
        region=table.region.organizations["swv"], name="Sportclub"
    )
    table.region.facility = facility
    table.add(
        FacilityCheck, "check", case=table.case, facility=facility, fits=True, checked_on=TODAY,
        texts=("why",), **K2,
    )  # fmt: skip


def _absence(table: Table) -> tuple[date, date | None] | None:
    """Absence without leave: open, closed, or never recorded."""
    if table.number % 3 == 0:
        return None
    since, until = TODAY - timedelta(20), TODAY if table.number % 3 == 1 else None
    ground = table.add(AbsenceGround, "absence", case=table.case, opened_on=since, closed_on=until)
    table.add(AbsenceDay, "absence", absence=ground, on=since, length=AbsenceLength.DAY)
    table.add(
        AttendanceAgreement, "absence", absence=ground, evaluate_on=TODAY + timedelta(9),
        doer="school", texts=("what",),
    )  # fmt: skip
    return since, until
