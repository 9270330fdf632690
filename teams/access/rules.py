"""Who may do what, as data: actions, roles, hard denials and audience tags.

The ids are those of access.md; nothing here branches. Who may see what stands in
`seat_rules.py`; `decide.py` and the seating of each room are the only readers.
"""

from enum import StrEnum
from uuid import UUID

from teams.access.seat_rules import SEAT_RULES
from teams.enums import LINKED_ROLES, SCHOOL_ROLES, Compartment, Role


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
    READ_TRACE = "read-trace"
    OVERSEE = "oversee"
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
    EXPLAIN_ACCESS = "explain-access"
    READ_ABSENCE = "read-absence"
    KEEP_ABSENCE = "keep-absence"
    LIST_ABSENCE = "list-absence"
    DECLARE_KIN = "declare-kin"
    KEEP_KIN = "keep-kin"
    BREAK_GLASS = "break-glass"
    LIST_GLASS = "list-glass"
    REVIEW_GLASS = "review-glass"
    CONFIRM_IDENTITY = "confirm-identity"
    OWN_SESSIONS = "own-sessions"
    REPORT_BREACH = "report-breach"
    DECIDE_RIGHTS = "decide-rights"
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
        Action.REPORT_BREACH,
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
        Action.DECIDE_RIGHTS,
    }
)
# All that the write-only session of a registered phone reaches.
QUICK_ACTIONS = frozenset({Action.QUICK_NOTE, Action.SIGN_OUT, Action.REPORT_BREACH})

# What a dossier opened by break-glass may be read by, whatever the role (2.7).
GLASS_ACTIONS = frozenset({Action.READ_CASE, Action.READ_SESSION, Action.READ_DOCUMENT})
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
    Action.READ_TRACE: _SCHOOL_LEADS,
    Action.OVERSEE: frozenset({Role.DATA_PROTECTION_OFFICER}),
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
    # Whoever types a long text; only its writer gets it back.
    Action.KEEP_DRAFT: ANYONE,
    Action.MANAGE_RIGHTS: frozenset({Role.APPLICATION_ADMIN}),
    Action.DECIDE_RIGHTS: _WATCH | {Role.HEAD},
    Action.SEE_ALARMS: _WATCH,
    Action.EXPLAIN_ACCESS: _SCHOOL_LEADS,
    Action.READ_ABSENCE: _SCHOOL_LEADS | {Role.ATTENDANCE_OFFICER},
    Action.KEEP_ABSENCE: _SCHOOL_LEADS,
    Action.LIST_ABSENCE: frozenset({Role.ATTENDANCE_OFFICER}),
    Action.DECLARE_KIN: ANYONE,
    Action.KEEP_KIN: _SCHOOL_LEADS,
    Action.BREAK_GLASS: frozenset({Role.HEAD, Role.APPLICATION_ADMIN}),
    Action.REVIEW_GLASS: frozenset({Role.HEAD, Role.DATA_PROTECTION_OFFICER}),
    Action.LIST_GLASS: _WATCH | {Role.HEAD},
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
# The monitoring plan and the evaluations, which the regiehouder reads (AR-41).
MONITORING_AUDIENCE = "monitoring"
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


def school_audience(node_id: UUID) -> str:
    """Audience tag of what one school wrote at a pupil's dossier; a next school reads it not (AR-40)."""
    return f"school:{node_id}"


def secret_audience(carer_id: UUID) -> str:
    """Audience tag of a secret address: only the roles named in its flag (D6)."""
    return f"secret:{carer_id}"


def author_audience(person_id: UUID | None) -> str:
    """Audience tag of what only the author and the school's leads read."""
    return f"author:{person_id}"
