"""Guards of laying and convening the table of a VOT or OT (T-11, T-12, T-15; R-7.1)."""

from collections.abc import Collection

from cases.enums import CaseState, InviteeKind, MeetingKind
from cases.models import Invitee
from cases.queries.tables import INVITED_FROM_AGE
from cases.workflow.steps import Step
from teams.access.errors import Reason
from teams.enums import SCHOOL_ROLES, Role

SOFT_LIMIT = {MeetingKind.VOT: 6, MeetingKind.OT: 5}
MORE_THAN_FAMILY = 3
HEAD_DECIDES = "De directeur kan dit bevestigen met een reden."


def _kind(step: Step) -> str:
    is_vot = step.case.state == CaseState.VOT_REQUESTED
    return MeetingKind.VOT if is_vot else MeetingKind.OT


def _invitees(step: Step) -> list[Invitee]:
    meeting = step.facts.draft_table(_kind(step))
    return list(meeting.invitees.all()) if meeting else []


def _staff(step: Step) -> list[Invitee]:
    return [row for row in _invitees(step) if row.kind == InviteeKind.STAFF]


def table_is_laid(step: Step) -> Reason | None:
    """T-11, T-15: there is a draft with a date and people."""
    if _staff(step):
        return None
    kind = _kind(step)
    return Reason(
        f"De tafel voor het {kind} is nog niet gelegd: datum en genodigden ontbreken.",
        "De intern begeleider of de directeur kan dat doen.",
        "table_is_laid",
        f"/casussen/{step.case.pk}/tafel/{kind}/",
    )


def mandate_is_recorded(step: Step) -> Reason | None:
    """A deputy of the head decides only with a recorded mandate (I5, AR-37)."""
    if step.actor.has_mandate:
        return None
    return Reason(
        "U vervangt de directeur zonder vastgelegd mandaat.",
        "De directeur kan het mandaat laten vastleggen.",
        "mandate_is_recorded",
    )


def date_lies_ahead(step: Step) -> Reason | None:
    """A meeting is convened for today or later."""
    meeting = step.facts.draft_table(_kind(step))
    if meeting is None or meeting.session.on >= step.day:
        return None
    return Reason(
        f"De datum van het overleg ({meeting.session.on:%d-%m-%Y}) is voorbij.",
        "De intern begeleider kiest een nieuwe datum.",
        "date_lies_ahead",
        f"/casussen/{step.case.pk}/tafel/{meeting.kind}/",
    )


def each_professional_has_a_reason(step: Step) -> Reason | None:
    """R-7.1 (a): one line why this person is really involved."""
    bare = [row for row in _staff(step) if not row.reason.strip()]
    if not bare:
        return None
    return Reason(
        f"Bij {bare[0].person} staat nog niet waarom die echt betrokken is.",
        "De intern begeleider vult dat aan bij de tafel.",
        "each_professional_has_a_reason",
    )


def table_is_small_or_explained(step: Step) -> Reason | None:
    """R-7.1 (b) and (c): above the limit, or many against the family, needs a reason."""
    meeting = step.facts.draft_table(_kind(step))
    if meeting is None or meeting.size_reason.strip() or step.get("size_reason", "").strip():
        return None
    text = too_large(MeetingKind(meeting.kind), [row.kind for row in _invitees(step)])
    return Reason(text, HEAD_DECIDES, "table_is_small_or_explained") if text else None


def too_large(kind: MeetingKind, places: Collection[str]) -> str:
    """Say in words why a table with these kinds of places is not small; empty when it is (R-7.1)."""
    staff = sum(place == InviteeKind.STAFF for place in places)
    family = sum(place in {InviteeKind.CARER, InviteeKind.STUDENT} for place in places)
    if staff > SOFT_LIMIT[kind]:
        return f"Aan tafel zitten {staff} professionals; {SOFT_LIMIT[kind]} is de bedoeling."
    if kind == MeetingKind.OT and staff > family + MORE_THAN_FAMILY:
        return f"Er zitten {staff} professionals tegenover {family} uit het gezin."
    return ""


def attendance_officer_has_a_ground(step: Step) -> Reason | None:
    """R-7.1 (d), I7: the leerplichtambtenaar only with recorded unauthorized absence (O34)."""
    if step.facts.absence_ground:
        return None
    if not any(row.role == Role.ATTENDANCE_OFFICER for row in _staff(step)):
        return None
    return Reason(
        "De leerplichtambtenaar kan alleen komen als ongeoorloofd verzuim is vastgelegd.",
        "De intern begeleider kan dat vastleggen, of nodigt deze persoon niet uit.",
        "attendance_officer_has_a_ground",
        f"/casussen/{step.case.pk}/verzuim/",
    )


def outsiders_are_covered(step: Step) -> Reason | None:
    """T-11, T-15, R-7.3: who is employed elsewhere comes only with consent (a)."""
    for row in _staff(step):
        employer = row.person.employer_id if row.person else None
        # The attendance officer comes on the law, and reads the absence alone (AR-23).
        if row.role in SCHOOL_ROLES or row.role == Role.ATTENDANCE_OFFICER:
            continue
        if step.facts.is_covered(employer):
            continue
        return Reason(
            f"Er is geen toestemming om met naam te overleggen met {row.person} "
            f"({row.get_role_display()}).",
            "De intern begeleider kan toestemming vragen.",
            "outsiders_are_covered",
            f"/casussen/{step.case.pk}/toestemming/",
        )
    return None


def vot_is_within_school(step: Step) -> Reason | None:
    """T-11: parents are not at the VOT; they are invited for the OT."""
    if all(row.kind == InviteeKind.STAFF for row in _invitees(step)):
        return None
    return Reason(
        "Het VOT is een overleg van professionals binnen school.",
        "Nodig ouders en leerling uit voor het OT.",
        "vot_is_within_school",
    )


def carers_are_known(step: Step) -> Reason | None:
    """T-15: without carers and their custody nobody knows whom to invite."""
    where = f"/leerlingen/{step.case.student_id}/#verzorgers"
    if not step.facts.carers:
        return Reason(
            "Er zijn nog geen verzorgers van deze leerling vastgelegd.",
            "De intern begeleider kan ze toevoegen bij de leerling.",
            "carers_are_known",
            where,
        )
    if any(fact.has_custody for fact in step.facts.carers):
        return None
    return Reason(
        "Van geen van de verzorgers is vastgelegd dat die gezag heeft.",
        "De intern begeleider kan het gezag vastleggen bij de leerling.",
        "carers_are_known",
        where,
    )


def parents_are_invited(step: Step) -> Reason | None:
    """T-15, I6, S-07: every carer with custody is invited."""
    invited = {row.carer_id for row in _invitees(step)}
    missing = [
        fact.carer
        for fact in step.facts.carers
        if fact.has_custody and fact.carer.pk not in invited
    ]
    if not missing:
        return None
    names = " en ".join(sorted(carer.full_name for carer in missing))
    verbs = ("heeft", "is") if len(missing) == 1 else ("hebben", "zijn")
    return Reason(
        f"{names} {verbs[0]} gezag en {verbs[1]} nog niet uitgenodigd.",
        "De intern begeleider zet alle ouders met gezag aan tafel.",
        "parents_are_invited",
        f"/casussen/{step.case.pk}/tafel/OT/",
    )


def student_is_invited_or_chose(step: Step) -> Reason | None:
    """T-15, C-25: from 12 always invited; younger: offered, the choice recorded."""
    meeting = step.facts.draft_table(MeetingKind.OT)
    if meeting is None or any(row.kind == InviteeKind.STUDENT for row in _invitees(step)):
        return None
    name, age = step.case.student.first_name, step.facts.age
    if age is not None and age >= INVITED_FROM_AGE:
        text = f"{name} is {age} jaar en hoort zelf te zijn uitgenodigd."
    elif meeting.student_choice.strip():
        return None
    else:
        text = f"Er staat nog niet of {name} wil meepraten."
    return Reason(
        text,
        "De intern begeleider legt dit vast bij de tafel.",
        "student_is_invited_or_chose",
        f"/casussen/{step.case.pk}/tafel/OT/",
    )


def vot_is_voluntary(step: Step) -> Reason | None:
    """T-12: a mandatory VOT can be planned, not refused (C-04)."""
    if not step.case.vot_is_mandatory:
        return None
    return Reason(
        "Dit VOT is verplicht en kan niet worden teruggegeven.",
        "De directeur kan het wel plannen.",
        "vot_is_voluntary",
    )


def requester_agrees(step: Step) -> Reason | None:
    """T-12: who asked for the VOT agrees."""
    if step.get("requester_agrees"):
        return None
    return Reason(
        "Wie het VOT vroeg moet het ermee eens zijn.",
        "Overleg eerst met de aanvrager.",
        "requester_agrees",
    )
