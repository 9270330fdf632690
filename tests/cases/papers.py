"""Believable rows from which documents are made: an invitation, a report with plan, a closing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from cases.actions.documents import ask_closing_report, ask_ot_invitations, ask_ot_report
from cases.enums import (
    AgreementResult,
    Attendance,
    CaseState,
    ClosingReason,
    Conclusion,
    DoerKind,
    EvaluationConclusion,
    GoalResult,
    InviteeKind,
    LeadState,
    MeetingKind,
    MeetingState,
    PlanState,
    Section,
)
from cases.models import (
    Agreement,
    Case,
    CaseLead,
    CaseTransition,
    Contribution,
    Document,
    Evaluation,
    Goal,
    GoalEvaluation,
    Invitee,
    Meeting,
    MeetingLine,
    MonitoringPlan,
    Plan,
    Session,
    TransitionNote,
)
from cases.workflow.engine import settle
from cases.workflow.opening import open_case
from teams.access.actor import as_system
from teams.access.rules import meeting_audience
from teams.enums import Compartment, Role
from teams.models import User
from tests.world import NOW, World

S = CaseState
ROUTE = (
    (S.CONSULTING, -40),
    (S.AGREEMENTS, -36),
    (S.VOT_REQUESTED, -12),
    (S.VOT, -9),
    (S.OT_PREPARING, -7),
    (S.OT, -5),
)


@dataclass
class Desk:
    """A case on the desk, with what is needed to write its rows."""

    world: World
    case: Case
    meeting: Meeting

    def shared(self, **more) -> dict:
        """The columns that every row of the case shares."""
        ib = self.world.people["ib-kade"]
        return {"dossier_id": self.case.dossier_id, "created_at": NOW, "created_by": ib, **more}

    def of_meeting(self) -> dict:
        """The columns of what only the invited read."""
        audience = meeting_audience(self.meeting.pk)
        compartment = Compartment.SHARED_PLAN
        return self.shared(audience=audience, compartment=compartment, meeting=self.meeting)

    @property
    def ib(self):
        """The actor who asks."""
        return self.world.actor("ib-kade")


MESSAGE = (
    "Daan komt de laatste weken moeilijk op gang. In de klas en thuis zijn al dingen geprobeerd. "
    "We willen samen met u bedenken wat hem verder helpt."
)
INVITED = (
    ("teacher-kade", Role.TEACHER, "staat elke dag voor de groep van Daan"),
    ("ib-kade", Role.SUPPORT_COORDINATOR, "volgt de afspraken die zijn gemaakt"),
    ("family-sanne", Role.FAMILY_SPECIALIST, "ouders spreken haar al over de ochtenden thuis"),
)


def convened(
    world: World,
    *,
    student: str = "daan",
    message: str = MESSAGE,
    on: date = date(2026, 12, 10),
) -> Desk:
    """An OT two and a half weeks ahead: parents, pupil and three professionals invited."""
    for key, phone in (("ib-kade", "010 555 01 23"), ("head-kade", "010 555 01 20")):
        User.objects.filter(pk=world.people[key].pk).update(phone=phone)
    with as_system("test papers"), transaction.atomic():
        child, school = world.students[student], world.schools["kade"]
        actor = world.actor("ib-kade")
        case = open_case(student=child, school=school, actor=actor, now=NOW - timedelta(days=48))
        lead = {"person": world.people["ib-kade"], "role": Role.SUPPORT_COORDINATOR}
        session = Session.objects.create(
            school=school,
            kind=MeetingKind.OT,
            on=on,
            starts_at=time(14),
            place="de spreekkamer naast de bibliotheek",
        )
        meeting = Meeting(session=session, case=case, kind=MeetingKind.OT)
        desk = Desk(world, case, meeting)
        CaseLead.unscoped.create(
            case=case,
            state=LeadState.ACCEPTED,
            offered_on=NOW.date(),
            accepted_on=NOW.date(),
            **lead,
            **desk.shared(),
        )
        _convene(desk, message)
        for state, days in ROUTE:
            move(desk, state, days=days)
        settle(case, now=NOW)
        ask_ot_invitations(meeting, actor=actor, now=NOW)
    return desk


def _convene(desk: Desk, message: str) -> None:
    meeting, world = desk.meeting, desk.world
    for name, value in desk.shared().items():
        setattr(meeting, name, value)
    meeting.audience, meeting.compartment = (
        meeting_audience(meeting.pk),
        Compartment.SHARED_PLAN,
    )
    meeting.starts_at, meeting.minutes, meeting.message = time(14, 30), 45, message
    meeting.state, meeting.convened_role = MeetingState.CONVENED, Role.HEAD
    meeting.convened_by, meeting.convened_at = world.people["head-kade"], NOW
    meeting.interpreter = "Marokkaans-Arabisch"
    meeting.save(force_insert=True)
    student = next(key for key, row in world.students.items() if row == desk.case.student)
    invite(desk, kind=InviteeKind.STUDENT)
    for carer in world.carers[student]:
        invite(desk, kind=InviteeKind.CARER, carer=carer)
    for key, role, reason in INVITED:
        person = world.people[key]
        invite(desk, kind=InviteeKind.STAFF, person=person, role=role, reason=reason)


def invite(desk: Desk, **who) -> Invitee:
    """One more at the table."""
    return Invitee.unscoped.create(invited_at=NOW, **who, **desk.of_meeting())


def move(desk: Desk, state: str, *, days: int, note: str = "") -> None:
    """Write one step of the route as history, and the state that it reached."""
    case, ib = desk.case, desk.world.people["ib-kade"]
    at = NOW + timedelta(days=days)
    position = CaseTransition.unscoped.filter(case=case).count() + 1
    row = CaseTransition.unscoped.create(
        case=case,
        code="T-00",
        from_state=case.state,
        to_state=state,
        position=position,
        actor_name=str(ib),
        acting_role=Role.SUPPORT_COORDINATOR,
        **desk.shared(created_at=at),
    )
    TransitionNote.unscoped.create(
        transition=row, reason=note, **desk.shared(compartment=Compartment.SHARED_PLAN)
    )
    case.state, case.state_since, case.version = state, at.date(), position
    case.save(update_fields=["state", "state_since", "version"])


REPORT = (
    (Section.WELCOME, "We zijn begonnen met een rondje: wie is wie en wat doet u."),
    (Section.QUESTION, "Ouders vragen: hoe komt Daan weer met een rustig gevoel de klas in?"),
    (Section.STRENGTHS, "Daan is een doorzetter. Bij rekenen helpt hij anderen uit zichzelf."),
    (Section.STRENGTHS, "Hij vertelt thuis nu wel wat er lastig was op een dag."),
    (
        Section.TRIED,
        "De intern begeleider ving Daan vier weken op bij de deur. Dat hielp op dinsdag en "
        "donderdag, op maandag nog niet.",
    ),
    (Section.TRIED, "Thuis is de ochtend rustiger sinds de tas ’s avonds klaarstaat."),
    (Section.NEEDS, "Daan heeft een vaste start nodig en iemand die ziet dat hij er is."),
    (Section.NEEDS, "Ouders willen weten bij wie zij ’s ochtends terechtkunnen."),
    (Section.CONSENT, "Ouders vinden het goed dat Sanne met naam meedenkt."),
)
GOALS = (
    (
        "Daan is om half negen rustig aan het werk.",
        "Ik wil niet dat iedereen kijkt als ik binnenkom.",
        "Wij willen zonder strijd van huis gaan.",
        "vier van de vijf ochtenden binnen tien minuten aan het werk",
        4,
    ),
    (
        "Daan durft hulp te vragen als het werk te veel wordt.",
        "Ik wil een teken hebben in plaats van mijn vinger.",
        "",
        "hij gebruikt het kaartje zelf, twee keer per week",
        3,
    ),
)


def reported(world: World) -> Desk:
    """An OT that was held, with a final report, a plan and everyone's own words."""
    desk = convened(world)
    world_carers = desk.world.carers["daan"]
    with as_system("test papers"):
        rows = Invitee.unscoped.filter(meeting=desk.meeting)
        rows.update(attendance=Attendance.PRESENT)
        rows.filter(carer=world_carers[1]).update(attendance=Attendance.ABSENT)
        for position, (section, text) in enumerate(REPORT):
            MeetingLine.unscoped.create(
                section=section, position=position, text=text, **desk.of_meeting()
            )
        _contribute(
            desk, "Daan slaapt slecht op zondag. Dat wilden we vast zeggen.", carer=world_carers[0]
        )
        _contribute(desk, "Gym is het leukst. Ik wil graag een vast plekje.", is_from_student=True)
        _contribute(
            desk,
            "Het verslag klopt. De maandag mag nog wat duidelijker.",
            carer=world_carers[0],
            is_comment=True,
        )
        _plan(desk)
        _finalize(desk)
        ask_ot_report(desk.meeting, actor=desk.ib, now=NOW)
    return desk


def _contribute(desk: Desk, text: str, **who) -> None:
    Contribution.unscoped.create(text=text, **who, **desk.of_meeting())


def _finalize(desk: Desk) -> None:
    Meeting.unscoped.filter(pk=desk.meeting.pk).update(
        state=MeetingState.FINAL,
        held_on=date(2026, 11, 19),
        conclusion=Conclusion.BASIC,
        conclusion_reason="Met deze afspraken kan school Daan zelf goed verder helpen.",
        finalized_by=desk.world.people["head-kade"],
        finalized_at=NOW,
    )
    desk.meeting.refresh_from_db()


def _plan(desk: Desk) -> None:
    plan = Plan.unscoped.create(
        case=desk.case,
        meeting=desk.meeting,
        state=PlanState.ACTIVE,
        help_question="Hoe komt Daan weer met een rustig gevoel de klas in?",
        strengths="Daan zet door en helpt anderen.",
        student_words="Ik wil gewoon naar binnen kunnen zonder buikpijn.",
        carers_words="We willen onze vrolijke Daan terug, ook op maandag.",
        evaluate_on=date(2027, 1, 28),
        **desk.shared(),
    )
    MonitoringPlan.unscoped.create(
        plan=plan,
        indicators="hoe laat Daan aan het werk is, en hoe hij zich daarbij voelt",
        measured_by="juf Teacher, elke dag een streepje; Daan geeft vrijdag een cijfer",
        moments="elke vrijdag kort, na vier weken samen",
        present="ouders, Daan, juf en intern begeleider",
        **desk.shared(),
    )
    for position, (text, student_words, carers_words, indicator, scale) in enumerate(GOALS):
        goal = Goal.unscoped.create(
            plan=plan,
            position=position,
            text=text,
            student_words=student_words,
            carers_words=carers_words,
            indicator=indicator,
            measured_by="de leerkracht",
            scale_start=scale,
            **desk.shared(),
        )
        _measures(desk, goal)


def _measures(desk: Desk, goal: Goal) -> None:
    people, agreed = desk.world.people, {"accepted_on": date(2026, 11, 19)}
    rows = (
        {
            "doer_kind": DoerKind.STAFF,
            "doer_person": people["teacher-kade"],
            "what": "wacht Daan op bij de klasdeur en geeft hem een eerste klus",
            "needed": "een collega die het plein overneemt",
            "yields": "een rustige eerste tien minuten",
            "is_in_class": True,
            **agreed,
        },
        {
            "doer_kind": DoerKind.CARER,
            "doer_carer": desk.world.carers["daan"][0],
            "what": "belt de intern begeleider als de ochtend moeilijk begint",
            "needed": "het directe nummer van school",
            "yields": "school weet het voordat Daan binnenkomt",
            **agreed,
        },
        {
            "doer_kind": DoerKind.STUDENT,
            "what": "legt het groene kaartje op tafel als het te veel wordt",
            "needed": "een kaartje dat in zijn laatje ligt",
            "yields": "hulp zonder dat iedereen kijkt",
        },
    )
    for row in rows:
        Agreement.unscoped.create(
            case=desk.case,
            meeting=desk.meeting,
            goal=goal,
            evaluate_on=date(2026, 12, 17),
            **row,
            **desk.shared(),
        )


def closed(world: World) -> Desk:
    """A plan that was carried out, looked back on twice and closed with parents."""
    desk = reported(world)
    with as_system("test papers"):
        plan = Plan.unscoped.get(case=desk.case)
        for days, scale, result, conclusion in (
            (28, 6, GoalResult.PARTLY, EvaluationConclusion.CONTINUE),
            (66, 8, GoalResult.REACHED, EvaluationConclusion.FINISH),
        ):
            _look_back(desk, plan, days=days, scale=scale, result=result, conclusion=conclusion)
        Agreement.unscoped.filter(case=desk.case).update(
            result=AgreementResult.SUFFICIENT,
            result_note="het is een gewoonte geworden",
            evaluated_on=date(2027, 1, 28),
        )
        move(desk, S.RUNNING, days=2)
        desk.case.closing_reason = ClosingReason.GOALS_REACHED
        desk.case.closed_on = later(70).date()
        desk.case.save(update_fields=["closing_reason", "closed_on"])
        move(desk, S.CLOSED, days=70, note="Daan zei bij het afscheid: nu kan ik het zelf.")
        ask_closing_report(desk.case, actor=desk.ib, now=NOW + timedelta(days=70))
    return desk


def _look_back(
    desk: Desk, plan: Plan, *, days: int, scale: int, result: str, conclusion: str
) -> None:
    held = Evaluation.unscoped.create(
        case=desk.case,
        plan=plan,
        held_on=NOW.date() + timedelta(days=days),
        present="moeder, Daan, juf en intern begeleider",
        with_carers=True,
        with_student=True,
        carers_view="De ochtenden zijn rustiger. Op maandag is het soms nog zoeken.",
        student_view="Ik vind het fijn dat ik meteen iets mag doen.",
        staff_view="Hij begint bijna elke dag op tijd en vraagt hulp met het kaartje.",
        conclusion=conclusion,
        explanation="We gaan door met wat werkt.",
        next_on=NOW.date() + timedelta(days=days + 38),
        **desk.shared(),
    )
    for goal in plan.goals.all():
        GoalEvaluation.unscoped.create(
            evaluation=held,
            goal=goal,
            result=result,
            scale=scale,
            note="Vier van de vijf ochtenden lukken.",
            **desk.shared(),
        )


def document_of(desk: Desk, kind: str, audience: str) -> Document:
    """The newest document of this kind."""
    rows = Document.unscoped.filter(case=desk.case, kind=kind, for_audience=audience)
    rows = rows.select_related("replaces", "case__student", "case__school__organization")
    return rows.order_by("-version").first()


def later(days: int) -> datetime:
    """A moment some days after now."""
    return NOW + timedelta(days=days)
