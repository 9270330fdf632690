"""One case in which every kind of row exists, for the grids of URL and model by role.

Sanne (gezinsspecialist) sits at the OT with consent; Omar (onderwijsspecialist) was asked
without a name; the teacher before the class takes part; everyone else stands outside.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from arrangements.actions.facilities import check_facility
from arrangements.models import Facility
from cases.actions import (
    absence,
    consents,
    convening,
    leads,
    minutes,
    notes,
    outcomes,
    plans,
    running,
    tables,
)
from cases.actions.signals import note_collective_signal
from cases.enums import (
    AbsenceLength,
    Conclusion,
    ConsentPurpose,
    EvaluationConclusion,
    GoalResult,
    MeetingKind,
    SignalAbout,
)
from cases.models import Case, Goal
from schools.actions import kin
from schools.enums import HolidayKind, ImportKind, ImportState, KinRelation
from schools.models import HolidayPeriod, ImportRun
from teams.access.actor import acting_as, as_system
from tests.cases.late_ladder import (
    DAY,
    act,
    consented,
    current,
    family,
    hold,
    ot_preparing_case,
    plan_given,
    school_table,
    staff,
)
from tests.world import NOW, World

LATER = NOW + 7 * DAY


@dataclass
class FullCase:
    """The case and the moment at which the grids look."""

    world: World
    case: Case
    now: datetime = LATER

    @property
    def pk(self) -> UUID:
        """The case's key."""
        return self.case.pk


def build_full_case(world: World) -> FullCase:
    """Play one case as far as a running, once evaluated plan."""
    case = ot_preparing_case(world)
    now = NOW + 3 * DAY
    consented(world, case, "family", now=now)
    rows = [*school_table(world), staff(world, "family-sanne", "FAMILY_SPECIALIST"), *family(world)]
    given = {
        "kind": MeetingKind.OT,
        "on": (now + DAY).date(),
        "session_starts_at": time(8, 30),
        "is_urgent": True,
        "invitees": rows,
        "student_choice": "Noor komt er later bij.",
    }
    act(world, "ib-kade", tables.lay_table, case.pk, given=given, now=now)
    act(world, "head-kade", convening.convene_ot, case.pk, now=now)
    _run(world, case, now + 2 * DAY)
    _around(world, case)
    return FullCase(world, case)


def _run(world: World, case: Case, now: datetime) -> None:
    meeting = current(case, MeetingKind.OT)
    words = {"is_from_student": True, "text": "Ik wil niet alleen naar binnen."}
    act(world, "ib-kade", minutes.enter_contribution, meeting.pk, given=words, now=now)
    hold(world, meeting, now=now, conclusion=Conclusion.BASIC)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=now)
    act(world, "ib-kade", plans.save_plan, case.pk, given=plan_given(world, now), now=now)
    act(world, "ib-kade", leads.accept_lead, case.pk, now=now)
    act(world, "head-kade", outcomes.start_plan, case.pk, now=now)
    given = {
        "goals": [
            {"goal": goal, "result": GoalResult.PARTLY, "scale": 5}
            for goal in Goal.unscoped.filter(plan__case=case)
        ],
        "with_carers": True,
        "conclusion": EvaluationConclusion.CONTINUE,
        "next_on": (now + timedelta(days=40)).date(),
    }
    act(world, "ib-kade", running.evaluate_plan, case.pk, given=given, now=now)


def _asked_again(world: World, case: Case) -> None:
    """A second consent waits for an answer; the carers were reminded of it."""
    given = {
        "purpose": ConsentPurpose.INFORM_DISTRICT_TEAM,
        "recipients": [world.organizations["district"]],
        "shared": "waarom school hulp vraagt",
    }
    consent = act(world, "ib-kade", consents.ask_consent, case.pk, given=given, now=LATER)
    act(world, "ib-kade", consents.remind_givers, consent.pk, now=LATER)


def _absent(world: World, case: Case) -> None:
    days = {"days": [(NOW.date(), AbsenceLength.DAY)]}
    act(world, "ib-kade", absence.open_absence, case.pk, given=days, now=LATER)
    words = {"doer": "Noor", "what": "Komt elke dag op tijd.", "evaluate_on": LATER.date()}
    act(world, "ib-kade", absence.agree_attendance, case.pk, given=words, now=LATER)


def _around(world: World, case: Case) -> None:
    _absent(world, case)
    noor, nurse = world.students["noor"], world.people["nurse-fien"]
    act(world, "ib-kade", kin.record_tie, noor, nurse, KinRelation.FAMILY, now=LATER)
    _asked_again(world, case)
    text = {"text": "Even gesproken in de gang."}
    act(world, "teacher-kade", notes.write_case_note, case.pk, given=text, now=LATER)
    facility = Facility.objects.create(region=world.organizations["swv"], name="Sportclub")
    checked = {"facility": facility, "fits": True, "why": "Samen bewegen helpt."}
    act(world, "ib-kade", check_facility, case.pk, given=checked, now=LATER)
    school = world.schools["kade"]
    actor = world.actor("family-sanne", now=LATER)
    with acting_as(actor):
        note_collective_signal(
            school,
            given={"observation": "Veel kinderen zijn moe."},
            about=SignalAbout.UNNAMED,
            actor=actor,
            now=LATER,
        )
    HolidayPeriod.objects.create(
        school=school,
        school_year="2026-2027",
        kind=HolidayKind.STUDY_DAY,
        start=LATER.date(),
        end=LATER.date(),
    )
    with as_system("full case"):
        ImportRun.objects.create(
            school=school,
            kind=ImportKind.EDEXML,
            state=ImportState.READY,
            file_name="school.xml",
            content=b"",
            dossier=school.dossier,
            created_at=LATER,
            created_by=world.people["ib-kade"],
        )
