"""The later rungs of the ladder: from a requested VOT to a running plan, by the real actions."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from cases.actions import consults, convening, leads, minutes, outcomes, plans, tables
from cases.actions.consents import answer_consent, ask_consent
from cases.enums import (
    Attendance,
    Conclusion,
    ConsentDecisionKind,
    ConsentForm,
    ConsentPurpose,
    DoerKind,
    InviteeKind,
    MeetingKind,
)
from cases.models import Case, Meeting
from cases.scans import Scan
from teams.access.actor import acting_as
from tests.cases.ladder import consulting_case
from tests.world import NOW, World

DAY = timedelta(days=1)
# One white pixel: the signed paper.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)
SCAN = Scan(PIXEL, "image/png")


def act(world: World, key: str, action: Callable, *args, now: datetime = NOW, **kwargs) -> Any:
    """One action by one person."""
    actor = world.actor(key, now=now)
    with acting_as(actor):
        return action(*args, actor=actor, now=now, **kwargs)


def vot_requested_case(world: World, *, now: datetime = NOW) -> Case:
    """Outcome 3: the head is asked for a VOT."""
    case = consulting_case(world, now=now)
    given = {"motivation": "Het wordt elke week zwaarder."}
    return act(world, "ib-kade", consults.ask_vot_after_consult, case.pk, given=given, now=now)


def staff(world: World, key: str, role: str, reason: str = "werkt met het kind") -> dict:
    """A place for a professional."""
    person = world.people[key]
    return {"kind": InviteeKind.STAFF, "person": person, "role": role, "reason": reason}


def family(world: World, student: str = "noor") -> list[dict]:
    """Places for both carers."""
    return [
        {"kind": InviteeKind.CARER, "carer": carer, "reason": ""} for carer in world.carers[student]
    ]


def school_table(world: World) -> list[dict]:
    """The teacher and the intern begeleider."""
    return [
        staff(world, "teacher-kade", "TEACHER"),
        staff(world, "ib-kade", "SUPPORT_COORDINATOR"),
    ]


def lay(
    world: World, case: Case, kind: str, rows: list[dict], *, now: datetime = NOW, **more
) -> Meeting:
    """The intern begeleider lays a table three days ahead, outside the series, with urgency."""
    given = {
        "kind": kind,
        "on": now.date() + 3 * DAY,
        "session_starts_at": time(8, 30),
        "is_urgent": True,
        "invitees": rows,
        "student_choice": "Noor wil het eerst van haar ouders horen.",
        **more,
    }
    return act(world, "ib-kade", tables.lay_table, case.pk, given=given, now=now)


def vot_case(world: World, *, now: datetime = NOW) -> Case:
    """A VOT is convened."""
    case = vot_requested_case(world, now=now)
    lay(world, case, MeetingKind.VOT, school_table(world), now=now)
    return act(world, "head-kade", convening.convene_vot, case.pk, now=now)


def current(case: Case, kind: str) -> Meeting:
    """The newest item of this kind."""
    return Meeting.unscoped.filter(case=case, kind=kind).latest("created_at")


def hold(world: World, meeting: Meeting, *, now: datetime, absent: tuple = (), **texts) -> None:
    """The meeting is held, minuted and made final."""
    seen = {
        row.pk: Attendance.ABSENT if row.kind in absent else Attendance.PRESENT
        for row in meeting.invitees.model.unscoped.filter(meeting=meeting)
    }
    given = {"held_on": now.date(), "attendance": seen}
    act(world, "ib-kade", minutes.record_held, meeting.pk, given=given, now=now)
    given = {"lines": {"NODIG": "Rust bij het begin van de dag."}, **texts}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given=given, now=now)


def ot_preparing_case(world: World, *, now: datetime = NOW) -> Case:
    """The VOT is done; the OT is to be convened."""
    case = vot_case(world, now=now)
    meeting = current(case, MeetingKind.VOT)
    later = now + 3 * DAY
    hold(world, meeting, now=later)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=later)
    return act(world, "ib-kade", outcomes.go_to_ot, case.pk, now=later)


def ot_case(world: World, *, now: datetime = NOW) -> Case:
    """An OT with parents is convened."""
    case = ot_preparing_case(world, now=now)
    later = now + 3 * DAY
    lay(world, case, MeetingKind.OT, school_table(world) + family(world), now=later)
    return act(world, "head-kade", convening.convene_ot, case.pk, now=later)


def plan_given(world: World, now: datetime) -> dict:
    """What the plan form gives."""
    return {
        "version": 0,
        "help_question": "Hoe komt Noor rustig de klas in?",
        "evaluate_on": now.date() + 42 * DAY,
        "goals": [{"text": "Noor stapt zelf de klas in", "scale_start": 3}],
        "measures": [
            {
                "goal": 0,
                "doer_kind": DoerKind.STAFF,
                "doer_person": world.people["ib-kade"],
                "what": "vangt Noor op bij de deur",
                "needed": "tien minuten",
                "yields": "een rustige start",
            }
        ],
        "monitoring": {
            "indicators": "hoe de ochtend begint",
            "measured_by": "leerkracht",
            "moments": "elke vrijdag",
            "present": "ouders en leerkracht",
        },
    }


def running_case(world: World, *, now: datetime = NOW) -> Case:
    """The school's own plan runs; the intern begeleider holds the regie."""
    case = ot_case(world, now=now)
    meeting, later = current(case, MeetingKind.OT), now + 6 * DAY
    hold(world, meeting, now=later, conclusion=Conclusion.BASIC)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=later)
    act(world, "ib-kade", plans.save_plan, case.pk, given=plan_given(world, later), now=later)
    act(world, "ib-kade", leads.accept_lead, case.pk, now=later)
    return act(world, "head-kade", outcomes.start_plan, case.pk, now=later)


def consented(
    world: World, case: Case, *organizations: str, now: datetime = NOW, **more: Any
) -> None:
    """Both carers say yes to discussing by name with these organizations."""
    given = {
        "purpose": ConsentPurpose.DISCUSS_NAMED,
        "recipients": [world.organizations[key] for key in organizations],
        "shared": "de vraag van school",
        **more,
    }
    consent = act(world, "ib-kade", ask_consent, case.pk, given=given, now=now)
    for carer in world.carers["noor"]:
        answer = {
            "giver": str(carer.pk),
            "decision": ConsentDecisionKind.GIVEN,
            "form": ConsentForm.PAPER,
            "scan": SCAN,
        }
        act(world, "ib-kade", answer_consent, consent.pk, given=answer, now=now)
