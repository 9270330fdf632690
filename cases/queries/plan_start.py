"""What a plan opens with: what the OT, the talks and the family already said (nothing typed twice)."""

from typing import Any

from cases.enums import MeetingKind, PlanState, Section
from cases.models import Agreement, Contribution, Goal, Meeting, MeetingLine, Plan
from cases.queries.facts import CaseFacts

PLAN_WORDS = ("help_question", "strengths", "carers_words", "student_words")
MONITORING = ("indicators", "measured_by", "moments", "present")
GOAL_NAMES = (
    "id",
    "text",
    "student_words",
    "carers_words",
    "indicator",
    "measured_by",
    "scale_start",
)


def living_plan(facts: CaseFacts) -> Plan | None:
    """The plan that is written on or runs."""
    plan = facts.plan
    return plan if plan and plan.state != PlanState.ENDED else None


def plan_words(facts: CaseFacts) -> dict[str, Any]:
    """The texts of the plan: as saved, or else as the OT and the talks have them."""
    plan = living_plan(facts)
    if plan:
        words = {name: getattr(plan, name) for name in (*PLAN_WORDS, "evaluate_on")}
        monitoring = getattr(plan, "monitoring", None)
        names = MONITORING if monitoring else ()
        return words | {f"monitoring_{name}": getattr(monitoring, name) for name in names}
    meeting = facts.meeting(MeetingKind.OT)
    said = _said(meeting) if meeting else {}
    talk = next((row for row in facts.conversations if row.is_held), None)
    return {
        "help_question": _section(meeting, Section.QUESTION),
        "strengths": _section(meeting, Section.STRENGTHS),
        "carers_words": said.get("carers") or (talk.carers_words if talk else ""),
        "student_words": said.get("student") or (talk.student_words if talk else ""),
    }


def goal_rows(facts: CaseFacts) -> list[dict[str, Any]]:
    """The goals: as saved, or else one for each line under the goals of the OT."""
    plan = living_plan(facts)
    if plan:
        return [_goal(row) for row in plan.goals.all()]
    text = _section(facts.meeting(MeetingKind.OT), Section.GOALS)
    return [{"text": line.strip(" -•")[:300]} for line in text.splitlines() if line.strip()]


def measure_rows(facts: CaseFacts) -> list[Agreement]:
    """Measures of the plan, and agreements of the OT that wait for their goal."""
    plan, meeting = living_plan(facts), facts.meeting(MeetingKind.OT)
    goals = {row.pk for row in plan.goals.all()} if plan else set()
    ot = meeting.pk if meeting else None
    return [
        row
        for row in facts.agreements
        if row.goal_id in goals or (row.goal_id is None and ot and row.meeting_id == ot)
    ]


def _goal(row: Goal) -> dict[str, Any]:
    return {name: getattr(row, name) for name in GOAL_NAMES}


def _section(meeting: Meeting | None, section: Section) -> str:
    if meeting is None:
        return ""
    rows = MeetingLine.unscoped.filter(meeting=meeting, section=section).exclude(text="")
    return "\n".join(row.text for row in rows)


def _said(meeting: Meeting) -> dict[str, str]:
    rows = Contribution.unscoped.filter(meeting=meeting, is_comment=False)
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault("student" if row.is_from_student else "carers", []).append(row.text)
    return {voice: "\n".join(texts) for voice, texts in found.items()}
