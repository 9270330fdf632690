"""Who may see and do what, as data: actions, seat rules and hard denials.

The ids are those of access.md; nothing here branches. `decide.py` and the seating of
each room are the only readers.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from teams.enums import (
    LINKED_ROLES,
    SCHOOL_ROLES,
    Compartment,
    DossierKind,
    Ground,
    Relation,
    Role,
)


class Action(StrEnum):
    """Everything that a page may offer; every URL names one."""

    PUBLIC = "public"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    SECOND_FACTOR = "second-factor"
    OWN_ACCOUNT = "own-account"
    SWITCH_ROLE = "switch-role"
    TODAY = "today"
    READ_CARD = "read-card"
    EDIT_OWN_CARD = "edit-own-card"
    NOTE_SIGNAL = "note-signal"
    LINK_SIGNAL = "link-signal"
    GROUP_ROUND = "group-round"
    LIST_CASES = "list-cases"
    READ_CASE = "read-case"
    TAKE_STEP = "take-step"
    WRITE_NOTE = "write-note"
    READ_CONSULT = "read-consult"
    ANSWER_CONSULT = "answer-consult"
    KEEP_AGREEMENT = "keep-agreement"
    MANAGE_CONSENT = "manage-consent"
    MANAGE_LEAD = "manage-lead"
    WRITE_PLAN = "write-plan"
    READ_SESSION = "read-session"
    LAY_TABLE = "lay-table"
    CONVENE = "convene"
    WRITE_REPORT = "write-report"
    FINALIZE_REPORT = "finalize-report"
    ENTER_CONTRIBUTION = "enter-contribution"
    READ_DOCUMENT = "read-document"
    ASK_DOCUMENT = "ask-document"
    CHECK_FACILITY = "check-facility"
    READ_SCHOOL = "read-school"
    EDIT_SCHOOL = "edit-school"
    READ_STUDENT = "read-student"
    EDIT_CARERS = "edit-carers"
    CONFIRM_CUSTODY = "confirm-custody"
    IMPORT = "import"
    KEEP_DRAFT = "keep-draft"
    SEE_ALARMS = "see-alarms"
    READ_ABSENCE = "read-absence"
    KEEP_ABSENCE = "keep-absence"
    DECLARE_KIN = "declare-kin"
    KEEP_KIN = "keep-kin"
    BREAK_GLASS = "break-glass"
    REVIEW_GLASS = "review-glass"
    CONFIRM_IDENTITY = "confirm-identity"
    OWN_SESSIONS = "own-sessions"
    QUICK_NOTE = "quick-note"
    MANAGE_RIGHTS = "manage-rights"


ANYONE = frozenset(Role)
_CARE_WORK = SCHOOL_ROLES | LINKED_ROLES | {Role.RESIDENCE_WORKER}
_SCHOOL_LEADS = frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD})
# Who looks after the product itself, and never into a case.
_WATCH = frozenset({Role.APPLICATION_ADMIN, Role.DATA_PROTECTION_OFFICER})
_SIGNALERS = SCHOOL_ROLES | {
    Role.EDUCATION_SPECIALIST,
    Role.FAMILY_SPECIALIST,
    Role.SBO_CONTACT,
    Role.YOUTH_NURSE,
}

# Pages that need no sign-in; everything else stands behind the login wall.
OPEN_ACTIONS = frozenset({Action.PUBLIC, Action.SIGN_IN})
# Pages for whoever signed in, with or without an assignment today (I20).
PERSONAL_ACTIONS = frozenset(
    {
        Action.SIGN_OUT,
        Action.SECOND_FACTOR,
        Action.OWN_ACCOUNT,
        Action.CONFIRM_IDENTITY,
        Action.OWN_SESSIONS,
        Action.SWITCH_ROLE,
        Action.TODAY,
    }
)
# All that a session reaches before its second factor.
FIRST_ACTIONS = frozenset({Action.SIGN_OUT, Action.SECOND_FACTOR})
# For these someone shows again who they are, within ten minutes (2.8); a view asks it itself
# where it depends on what is done: a step that shares, the list as a file.
STEP_UP_ACTIONS = frozenset(
    {
        Action.CONVENE,
        Action.FINALIZE_REPORT,
        Action.MANAGE_CONSENT,
        Action.EDIT_CARERS,
        Action.CONFIRM_CUSTODY,
        Action.IMPORT,
        Action.BREAK_GLASS,
        Action.MANAGE_RIGHTS,
    }
)
# All that the write-only session of a registered phone reaches.
QUICK_ACTIONS = frozenset({Action.QUICK_NOTE, Action.SIGN_OUT})

# Which roles may do what at all; the relation to the dossier comes on top.
ROLES_FOR: dict[Action, frozenset[Role]] = {
    Action.READ_CARD: ANYONE,
    Action.EDIT_OWN_CARD: ANYONE,
    Action.NOTE_SIGNAL: _SIGNALERS,
    Action.QUICK_NOTE: _SIGNALERS,
    Action.LINK_SIGNAL: frozenset({Role.SUPPORT_COORDINATOR}),
    Action.GROUP_ROUND: SCHOOL_ROLES,
    Action.LIST_CASES: _CARE_WORK,
    Action.READ_CASE: _CARE_WORK,
    Action.TAKE_STEP: _CARE_WORK,
    Action.WRITE_NOTE: _CARE_WORK,
    Action.READ_CONSULT: _CARE_WORK,
    Action.ANSWER_CONSULT: _CARE_WORK,
    Action.KEEP_AGREEMENT: _CARE_WORK,
    # AR-3, 10, 15, 22: whoever writes in the K2-blok may ask; the directeur reads.
    Action.MANAGE_CONSENT: LINKED_ROLES | {Role.SUPPORT_COORDINATOR},
    Action.MANAGE_LEAD: _CARE_WORK,
    Action.WRITE_PLAN: _SCHOOL_LEADS | LINKED_ROLES,
    Action.READ_SESSION: _CARE_WORK,
    Action.LAY_TABLE: _SCHOOL_LEADS,
    Action.CONVENE: frozenset({Role.HEAD}),
    Action.WRITE_REPORT: _SCHOOL_LEADS,
    Action.FINALIZE_REPORT: frozenset({Role.HEAD}),
    Action.ENTER_CONTRIBUTION: SCHOOL_ROLES,
    Action.READ_DOCUMENT: _CARE_WORK,
    Action.ASK_DOCUMENT: _SCHOOL_LEADS | LINKED_ROLES,
    Action.CHECK_FACILITY: frozenset({Role.SUPPORT_COORDINATOR, Role.FAMILY_SPECIALIST}),
    Action.READ_SCHOOL: _CARE_WORK,
    Action.EDIT_SCHOOL: _SCHOOL_LEADS,
    Action.READ_STUDENT: SCHOOL_ROLES,
    Action.EDIT_CARERS: _SCHOOL_LEADS,
    Action.CONFIRM_CUSTODY: _SCHOOL_LEADS,
    Action.IMPORT: _SCHOOL_LEADS,
    Action.KEEP_DRAFT: _CARE_WORK,
    Action.MANAGE_RIGHTS: frozenset({Role.APPLICATION_ADMIN}),
    Action.SEE_ALARMS: _WATCH,
    Action.READ_ABSENCE: _SCHOOL_LEADS | {Role.ATTENDANCE_OFFICER},
    Action.KEEP_ABSENCE: _SCHOOL_LEADS,
    Action.DECLARE_KIN: ANYONE,
    Action.KEEP_KIN: _SCHOOL_LEADS,
    Action.BREAK_GLASS: frozenset({Role.HEAD, Role.APPLICATION_ADMIN}),
    Action.REVIEW_GLASS: frozenset({Role.HEAD, Role.DATA_PROTECTION_OFFICER}),
}

# Hard denials of whole compartments, by role: no seat, right or wrong, lifts them (2.4).
DENIED_COMPARTMENTS: dict[str, tuple[Compartment, frozenset[Role]]] = {
    "D2": (
        Compartment.FINANCE,
        (SCHOOL_ROLES - {Role.HEAD})
        | {Role.ATTENDANCE_OFFICER, Role.CARER, Role.STUDENT, Role.PROVIDER_WORKER},
    ),
    "D3": (
        Compartment.SWV_FILE,
        frozenset(
            {
                Role.FAMILY_SPECIALIST,
                Role.DISTRICT_TEAM_WORKER,
                Role.SBO_CONTACT,
                Role.RESIDENCE_WORKER,
                Role.SCHOOL_SOCIAL_WORKER,
                Role.ATTENDANCE_OFFICER,
                Role.MUNICIPAL_CONTACT,
            }
        ),
    ),
}

K0, K1, K2, K3 = (
    Compartment.HEADING,
    Compartment.SCHOOL_FILE,
    Compartment.SHARED_PLAN,
    Compartment.SWV_FILE,
)


class Breadth(StrEnum):
    """How far a seat reaches inside its compartments."""

    EVERYTHING = "everything"
    # What is open to all for whom the compartment lies open, plus signals.
    COMMON = "common"
    # Only what the compartment leaves open to all who may enter it.
    OPEN = "open"
    # Only the signals (AR-10, AR-15).
    SIGNALS = "signals"
    # Only the record of consents, which no teacher reads (domain.md 15).
    CONSENTS = "consents"
    # Only the rows that name this party: the consult asked, the meeting invited to.
    NAMED = "named"
    # What is open, and how to reach the carers; a secret address only for whom it names (D6).
    CONTACTS = "contacts"


@dataclass(frozen=True)
class SeatRule:
    """One row of access.md 2.5 as far as it lets someone sit at a dossier.

    `needs_consent`: the seat exists only while consent (a) covers this person (2.6);
    `needs_class_measure`: only while a measure of the plan names the classroom (AR-2).
    """

    code: str
    kind: DossierKind
    roles: frozenset[Role]
    relation: Relation
    compartments: tuple[Compartment, ...]
    breadth: Breadth
    ground: Ground
    needs_consent: bool = False
    needs_class_measure: bool = False


_GROUP_STAFF = frozenset({Role.TEACHER, Role.PEDAGOGICAL_STAFF})
_OUTSIDERS = LINKED_ROLES | {Role.RESIDENCE_WORKER}
# The wijkteam reads neither signals nor the VOT note (AR-15).
_DISTRICT = frozenset({Role.DISTRICT_TEAM_WORKER, Role.RESIDENCE_WORKER})
_CASE, _STUDENT, _SCHOOL = DossierKind.CASE, DossierKind.STUDENT, DossierKind.SCHOOL
_DUTY = Ground.DUTY_OF_CARE
_NAMED = Ground.CONSENT_NAMED

SEAT_RULES: tuple[SeatRule, ...] = (
    SeatRule("AR-1", _CASE, _GROUP_STAFF, Relation.GROUP, (K0, K1), Breadth.COMMON, _DUTY),
    SeatRule(
        "AR-2",
        _CASE,
        _GROUP_STAFF,
        Relation.GROUP,
        (K2,),
        Breadth.OPEN,
        _DUTY,
        needs_class_measure=True,
    ),
    SeatRule("AR-3", _CASE, SCHOOL_ROLES, Relation.PARTICIPANT, (K0, K2), Breadth.OPEN, _DUTY),
    SeatRule(
        "AR-3n",
        _CASE,
        SCHOOL_ROLES,
        Relation.PARTICIPANT,
        (K1, K2),
        Breadth.NAMED,
        _DUTY,
    ),
    SeatRule("AR-3a", _CASE, SCHOOL_ROLES, Relation.ASKED, (K1,), Breadth.NAMED, _DUTY),
    SeatRule(
        "AR-4",
        _CASE,
        frozenset({Role.SUPPORT_COORDINATOR}),
        Relation.SCHOOL,
        (K0, K1, K2, K3),
        Breadth.EVERYTHING,
        _DUTY,
    ),
    SeatRule(
        "AR-7",
        _CASE,
        frozenset({Role.HEAD}),
        Relation.SCHOOL,
        (K0, K1, K2, K3),
        Breadth.EVERYTHING,
        _DUTY,
    ),
    SeatRule(
        "AR-14",
        _CASE,
        _OUTSIDERS,
        Relation.ASKED,
        (K1,),
        Breadth.NAMED,
        Ground.NO_IDENTITY,
    ),
    SeatRule(
        "AR-15",
        _CASE,
        _OUTSIDERS,
        Relation.PARTICIPANT,
        (K0, K2),
        Breadth.OPEN,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule(
        "AR-15n",
        _CASE,
        _OUTSIDERS - _DISTRICT,
        Relation.PARTICIPANT,
        (K1, K2),
        Breadth.NAMED,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule(
        "AR-15s",
        _CASE,
        _OUTSIDERS - _DISTRICT - {Role.YOUTH_NURSE},
        Relation.PARTICIPANT,
        (K1,),
        Breadth.SIGNALS,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule(
        "AR-15c",
        _CASE,
        _OUTSIDERS,
        Relation.PARTICIPANT,
        (K2,),
        Breadth.CONSENTS,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule(
        "AR-15w",
        _CASE,
        _DISTRICT,
        Relation.PARTICIPANT,
        (K2,),
        Breadth.NAMED,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule("AR-41", _CASE, SCHOOL_ROLES, Relation.LEAD, (K0, K2), Breadth.OPEN, _DUTY),
    SeatRule(
        "AR-41c",
        _CASE,
        _OUTSIDERS,
        Relation.LEAD,
        (K0, K2),
        Breadth.OPEN,
        _NAMED,
        needs_consent=True,
    ),
    SeatRule("AR-1p", _STUDENT, _GROUP_STAFF, Relation.GROUP, (K0, K1), Breadth.CONTACTS, _DUTY),
    SeatRule(
        "AR-4p",
        _STUDENT,
        frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD}),
        Relation.SCHOOL,
        (K0, K1),
        Breadth.EVERYTHING,
        _DUTY,
    ),
    SeatRule("AR-1s", _SCHOOL, _GROUP_STAFF, Relation.GROUP, (K0, K1), Breadth.NAMED, _DUTY),
    SeatRule(
        "AR-4s",
        _SCHOOL,
        frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD}),
        Relation.SCHOOL,
        (K0, K1),
        Breadth.EVERYTHING,
        _DUTY,
    ),
    SeatRule("AR-44", _SCHOOL, LINKED_ROLES, Relation.LINKED, (K0,), Breadth.OPEN, _DUTY),
)

# Who may open K3 to K7 shows a passkey (D1, A-2): by a seat rule, by an object still to come
# (access.md 2.5: rules 11, 16, 17, 21, 26 and 28), or by handing out such a role.
PASSKEY_COMPARTMENTS = frozenset(
    {
        Compartment.SWV_FILE,
        Compartment.CARE_FILE,
        Compartment.HEALTH,
        Compartment.FINANCE,
        Compartment.ESCALATION,
    }
)
_PASSKEY_LATER = frozenset(
    {
        Role.EDUCATION_SPECIALIST,
        Role.FAMILY_SPECIALIST,
        Role.DISTRICT_TEAM_WORKER,
        Role.SBO_CONTACT,
        Role.RESIDENCE_WORKER,
        Role.YOUTH_NURSE,
        Role.MUNICIPAL_CONTACT,
        Role.SWV_CONTACT,
        Role.ESCALATION_TEAM,
        Role.SWV_STAFF,
        Role.APPLICATION_ADMIN,
    }
)
PASSKEY_ROLES = _PASSKEY_LATER.union(
    *(rule.roles for rule in SEAT_RULES if PASSKEY_COMPARTMENTS.intersection(rule.compartments))
)

SIGNAL_AUDIENCE = "signal"
CONSENT_AUDIENCE = "consent"
# Phone, e-mail and address of carers; a secret one has a tag of its own (D6).
CONTACT_AUDIENCE = "contact"
# Absence facts and attendance agreements (AR-23).
ABSENCE_AUDIENCE = "absence"
# Which professionals are family of a pupil (D5).
KIN_AUDIENCE = "kin"


def meeting_audience(meeting_id: UUID) -> str:
    """Audience tag of one meeting item: only those invited to it (AR-3)."""
    return f"meeting:{meeting_id}"


def consult_audience(consult_id: UUID) -> str:
    """Audience tag of one consult: only those asked, besides the school (AR-9, AR-14)."""
    return f"consult:{consult_id}"


def group_audience(node_id: UUID) -> str:
    """Audience tag of what concerns one group at a school's dossier."""
    return f"group:{node_id}"


def author_audience(person_id: UUID | None) -> str:
    """Audience tag of what only the author and the school's leads read."""
    return f"author:{person_id}"


def rules_for(kind: DossierKind, role: Role, relation: Relation) -> list[SeatRule]:
    """Give the seat rules that match; empty means: no seat (anything not stated is denied)."""
    return [
        rule
        for rule in SEAT_RULES
        if rule.kind == kind and role in rule.roles and rule.relation == relation
    ]
