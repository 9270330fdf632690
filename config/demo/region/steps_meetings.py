"""Steps of the scripts around VOT and OT: the table, the meeting, its report, what follows."""

from datetime import date
from typing import Any

from cases.actions import convening, leads, minutes, outcomes, tables
from cases.enums import Attendance, CaseState, InviteeKind, MeetingKind, Section
from cases.models import CaseLead, Invitee, Meeting
from cases.queries.minutes import lines_of
from config.demo.region.play import Play, step
from teams.models import SupportTeamDate

# Between laying the table and the meeting lie at least so many school days.
NOTICE_SCHOOL_DAYS = 2
HEAD_SITS_IN_SHARE = 0.5
TALKS_ALONG_FROM = 9
MUST_TALK_FROM = 12
MESSAGES = {
    "VOT": "We bespreken wat is geprobeerd en wie er echt nodig is bij het OT.",
    "OT": "We beginnen met wat {naam} en ouders belangrijk vinden. Neem gerust iemand mee.",
}
HANDOVER = "Wat er was, wat er loopt en wie belt: het staat in het plan. {naam} weet ervan."


@step
def lay(one: Play, on: int, is_ready: str = "") -> None:
    """The intern begeleider lays the table for the next regular date."""
    kind = MeetingKind.VOT if one.case.state == CaseState.VOT_REQUESTED else MeetingKind.OT
    chairs = ["teacher", "ib", *one.covered]
    if kind == MeetingKind.VOT and one.random.random() < HEAD_SITS_IN_SHARE:
        chairs.append("head")
    # A head who teaches the group sits there once.
    seats = {one.post(who).person_id: _staff(one, who) for who in chairs}
    given: dict[str, Any] = {
        "kind": kind,
        "on": _next_date(one, kind, on),
        "message": one.say(MESSAGES[kind]),
        "invitees": list(seats.values()),
        "is_ready": bool(is_ready),
    }
    if kind == MeetingKind.OT:
        family, choice = _family(one, on)
        given["invitees"] += family
        given["student_choice"] = choice
        given["interpreter"] = _interpreter(one)
    one.do("ib", tables.lay_table, one.case_id, on, **given)


def _staff(one: Play, who: str) -> dict:
    post = one.post(who)
    return {
        "kind": InviteeKind.STAFF,
        "person": post.person,
        "role": post.role,
        "reason": one.reason(who),
    }


def _family(one: Play, on: int) -> tuple[list[dict], str]:
    """The carers with custody and, by age and choice, the pupil."""
    rows: list[dict] = [{"kind": InviteeKind.CARER, "carer": carer} for carer in one.carers(on)]
    age = one.student.age_on(one.stage.day(on)) or 0
    if age >= MUST_TALK_FROM or (age >= TALKS_ALONG_FROM and one.random.random() < 0.6):
        return [*rows, {"kind": InviteeKind.STUDENT}], ""
    return rows, one.say("{naam} maakt vooraf een tekening en komt het laatste kwartier erbij.")


def _interpreter(one: Play) -> str:
    language = one.student.language
    return language if language not in {"", "Nederlands"} else ""


def _next_date(one: Play, kind: str, on: int) -> date:
    earliest = one.stage.day(on + NOTICE_SCHOOL_DAYS)
    node = one.enrollment.school.organization_id
    rows = SupportTeamDate.objects.filter(team__organization=node, kind=kind, on__gte=earliest)
    return rows.earliest("on").on


@step
def convene(one: Play, on: int) -> None:
    """The head convenes in one act."""
    is_vot = one.case.state == CaseState.VOT_REQUESTED
    action = convening.convene_vot if is_vot else convening.convene_ot
    one.do("head", action, one.case_id, on)


@step
def contribute(one: Play, on: int) -> None:
    """Parents and pupil bring in their own words."""
    meeting = one.meeting(on)
    for carer in one.carers(on)[:1]:
        text = one.say("carers")
        one.do("ib", minutes.enter_contribution, meeting.pk, on, carer=carer, text=text)
    text = one.say("child")
    one.do("teacher", minutes.enter_contribution, meeting.pk, on, is_from_student=True, text=text)


@step
def held(one: Play, on: int, absent: str = "") -> None:
    """It took place; with `noshow` the parents did not come."""
    meeting = one.meeting(on)
    attendance = {
        row.pk: Attendance.ABSENT
        if absent and row.kind == InviteeKind.CARER
        else Attendance.PRESENT
        for row in Invitee.unscoped.filter(meeting=meeting)
    }
    one.do("ib", minutes.record_held, meeting.pk, on, attendance=attendance)


@step
def minutes_(one: Play, on: int, conclusion: str = "", is_ready: str = "") -> None:
    """The report is written on what was known already."""
    if conclusion == "ready":
        conclusion, is_ready = "", conclusion
    meeting = one.meeting(on)
    lines = {line.key: line.text for line in lines_of(meeting, one.facts(on))}
    lines |= {key: text for key, text in _own_lines(one, meeting).items() if key in lines}
    one.do(
        "ib",
        minutes.save_minutes,
        meeting.pk,
        on,
        lines={key: text for key, text in lines.items() if text.strip()},
        conclusion=conclusion,
        conclusion_reason=one.say("need") if conclusion else "",
        is_ready=bool(is_ready),
    )


def _own_lines(one: Play, meeting: Meeting) -> dict[str, str]:
    if meeting.kind == MeetingKind.VOT:
        return {
            Section.NEEDS: one.say("need"),
            Section.WELCOME: "Ouders, leerkracht en intern begeleider; meer mensen zijn niet nodig.",
            Section.CONSENT: one.say("Wat willen ouders en {naam} zelf als eerste bespreken?"),
            Section.LEAD: "Voorlopig de intern begeleider.",
        }
    return {
        Section.WELCOME: "Ieder vertelde wie hij is en waarom hij aan tafel zit.",
        Section.NEEDS: one.say("need"),
        Section.GOALS: "\n".join(one.say(aim.text) for aim in one.story.aims),
        Section.LEAD: "De intern begeleider houdt het overzicht en is het aanspreekpunt.",
        Section.EVALUATION: "We kijken over negen schoolweken samen terug.",
    }


@step
def final(one: Play, on: int) -> None:
    """The head makes the report final."""
    one.sign("head", minutes.finalize_report, one.meeting(on).pk, on)


@step
def ahead(one: Play, on: int) -> None:
    """On to the OT; the regie is offered to the intern begeleider."""
    one.do("ib", outcomes.go_to_ot, one.case_id, on)


@step
def accept_lead(one: Play, on: int) -> None:
    """Whoever was offered the regie accepts."""
    offer = CaseLead.unscoped.select_related("person").get(case=one.case_id, state="OFFERED")
    one.sign(offer, leads.accept_lead, one.case_id, on)


@step
def offer(one: Play, on: int, who: str) -> None:
    """The regie is offered to somebody else, with a handover note."""
    post = one.post(who)
    words = one.say(HANDOVER)
    one.do(
        "ib",
        leads.offer_lead,
        one.case_id,
        on,
        person=post.person,
        role=post.role,
        handover=words,
    )


@step
def skip(one: Play, on: int) -> None:
    """No OT, by exception."""
    talk = "gisteren gebeld; ouders zijn opgelucht en weten ons te vinden."
    reason = one.say("worked")
    one.do("head", outcomes.skip_ot, one.case_id, on, reason=reason, talk=talk)


@step
def decline(one: Play, on: int) -> None:
    """The head gives a voluntary VOT back, in agreement with who asked."""
    reason = "Samen besloten de afspraken eerst af te maken; over drie weken kijken we opnieuw."
    one.do("head", convening.decline_vot, one.case_id, on, reason=reason, requester_agrees=True)


@step
def new_ot(one: Play, on: int) -> None:
    """The OT is planned anew."""
    reason = "Ouders waren er niet: de bus viel uit. We nodigen opnieuw uit, later op de dag."
    one.do("head", outcomes.plan_new_ot, one.case_id, on, reason=reason)


@step
def finish(one: Play, on: int) -> None:
    """Nothing more is needed after the OT."""
    reason = one.say("worked")
    one.do("head", outcomes.finish_after_ot, one.case_id, on, reason=reason, do_carers_agree=True)
