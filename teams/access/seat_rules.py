"""Who sits at which table, as data: the rows of access.md 2.5 that let someone read.

Nothing here branches; `seating.py` turns facts into seats by these rows, `docs/access-rules.md`
is printed from them. A code is the number of its row, with a letter where one row needs several.
"""

from dataclasses import dataclass
from enum import StrEnum

from teams.enums import (
    GROUP_STAFF,
    LINKED_ROLES,
    SCHOOL_ROLES,
    Compartment,
    DossierKind,
    GlassCategory,
    Ground,
    Relation,
    Role,
)


class Breadth(StrEnum):
    """How far a seat reaches inside its compartments."""

    EVERYTHING = "everything"
    # What is open to all for whom the compartment lies open, signals, and what names this party.
    COMMON = "common"
    # Only what the compartment leaves open to all who may enter it.
    OPEN = "open"
    # The K2-blok: what is open, monitoring and evaluations, and the OT with its report.
    SHARED = "shared"
    # Only the monitoring plan and the evaluations (AR-41).
    MONITORING = "monitoring"
    # Only the signals (AR-10, AR-15).
    SIGNALS = "signals"
    # Only the record of consents, which no teacher reads (domain.md 15).
    CONSENTS = "consents"
    # Only the rows that name this party: the consult asked, the VOT invited to.
    NAMED = "named"
    # Only the talks that this person wrote down (AR-15).
    OWN = "own"
    # Only absence facts and attendance agreements (AR-23).
    ABSENCE = "absence"
    # A pupil with how to reach the carers; a secret address only for whom it names (D6).
    CONTACTS = "contacts"
    # As CONTACTS, with the declared family of colleagues (D5).
    PUPIL = "pupil"


class Need(StrEnum):
    """What must hold besides the relation; the value is a key of the words in why.py."""

    # Consent (a) covers the employer: at all, for the school file, for the shared plan (2.6).
    CONSENT = "consent"
    CONSENT_K1 = "consent-k1"
    CONSENT_K2 = "consent-k2"
    # A measure of the plan names the classroom (AR-2).
    CLASS_MEASURE = "class-measure"
    # Unauthorized absence is recorded and not closed (O34, AR-23).
    ABSENCE_GROUND = "absence-ground"
    # Invited to a VOT or OT of this case (AR-15).
    INVITATION = "invitation"


@dataclass(frozen=True)
class SeatRule:
    """One row of access.md 2.5 as far as it lets someone sit at a dossier.

    `states` are those of the case in which the seat exists; empty where there is no case.
    """

    code: str
    kind: DossierKind
    roles: frozenset[Role]
    relation: Relation
    compartments: tuple[Compartment, ...]
    breadth: Breadth
    ground: Ground
    states: frozenset[str] = frozenset()
    needs: frozenset[Need] = frozenset()


# The states of a case in the order of the route (domain.md 5).
ROUTE = (
    "SIGNALING",
    "CONSULTING",
    "AGREEMENTS",
    "VOT_REQUESTED",
    "VOT",
    "OT_PREPARING",
    "OT",
    "WEIGHING",
    "RUNNING",
    "ESCALATED",
)
_OPEN = frozenset(ROUTE)
_ENDED = frozenset({"CLOSED"})
_MOVED = frozenset({"TRANSFERRED"})
_ARCHIVE = frozenset({"ARCHIVED"})


def _during(first: str, last: str) -> frozenset[str]:
    """The states of a span, and the days that a place outlasts the end (`part`, 2.2)."""
    return frozenset(ROUTE[ROUTE.index(first) : ROUTE.index(last) + 1]) | _ENDED


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_CASE, _STUDENT, _SCHOOL = DossierKind.CASE, DossierKind.STUDENT, DossierKind.SCHOOL
_K0, _K1, _K2, _K3 = (
    Compartment.HEADING,
    Compartment.SCHOOL_FILE,
    Compartment.SHARED_PLAN,
    Compartment.SWV_FILE,
)
_IB, _HEAD = _roles(Role.SUPPORT_COORDINATOR), _roles(Role.HEAD)
_A5, _A9, _A12 = (
    _roles(Role.EDUCATION_SPECIALIST),
    _roles(Role.DISTRICT_TEAM_WORKER),
    _roles(Role.YOUTH_NURSE),
)
_A8_A10 = _roles(Role.FAMILY_SPECIALIST, Role.SBO_CONTACT)
_A14 = _roles(Role.SCHOOL_SOCIAL_WORKER)
_A15 = _roles(Role.ATTENDANCE_OFFICER)
_REGIE = _roles(Role.EDUCATION_SPECIALIST, Role.FAMILY_SPECIALIST, Role.DISTRICT_TEAM_WORKER)
_DUTY, _NAMED, _NO_NAME = Ground.DUTY_OF_CARE, Ground.CONSENT_NAMED, Ground.NO_IDENTITY
_GROUP, _SCH, _PART, _INV = Relation.GROUP, Relation.SCHOOL, Relation.PARTICIPANT, Relation.INVITED
_ASK, _REG = Relation.ASKED, Relation.LEAD
_C, _C1, _C2 = (
    frozenset({Need.CONSENT}),
    frozenset({Need.CONSENT_K1}),
    frozenset({Need.CONSENT_K2}),
)
_IN_CLASS, _AWAY = frozenset({Need.CLASS_MEASURE}), frozenset({Need.ABSENCE_GROUND})
_INVITED = frozenset({Need.INVITATION})
_PLAN = frozenset({"OT", "WEIGHING", "RUNNING"})
_AFTER_VOT = frozenset({"VOT", "OT_PREPARING"})
_TABLE = _during("VOT", "ESCALATED")
_TABLE_A14 = _during("VOT", "RUNNING")
_LED = _during("OT", "ESCALATED")
_READ = _OPEN | _ENDED | _MOVED


def _at_table(
    code: str, roles: frozenset[Role], states: frozenset[str], but: str = ""
) -> tuple[SeatRule, ...]:
    """The rows of a participant employed elsewhere (AR-10, AR-15, AR-22); `but` leaves parts out."""
    in_person = _INVITED if "i" in but else frozenset()
    parts = (
        ("", _K0, Breadth.OPEN, _C),
        ("p", _K2, Breadth.SHARED, _C2 | in_person),
        ("c", _K2, Breadth.CONSENTS, _C | in_person),
        ("s", _K1, Breadth.SIGNALS, _C1),
        ("n", _K1, Breadth.NAMED, _C1),
        ("o", _K1, Breadth.OWN, _C1),
    )
    return tuple(
        SeatRule(code + letter, _CASE, roles, _PART, (part,), breadth, _NAMED, states, needs)
        for letter, part, breadth, needs in parts
        if not letter or letter not in but
    )


# fmt: off
SEAT_RULES: tuple[SeatRule, ...] = (
    # Who stands before the group today; the VOT for whoever is invited, the plan with a place or a task in it.
    SeatRule("AR-1", _CASE, GROUP_STAFF, _GROUP, (_K0, _K1), Breadth.COMMON, _DUTY, _OPEN),
    SeatRule("AR-1a", _CASE, GROUP_STAFF, _ASK, (_K1,), Breadth.NAMED, _DUTY, _READ),
    SeatRule("AR-2", _CASE, GROUP_STAFF, _GROUP, (_K2,), Breadth.SHARED, _DUTY, _PLAN, _IN_CLASS),
    SeatRule("AR-2p", _CASE, GROUP_STAFF, _PART, (_K2,), Breadth.SHARED, _DUTY, _PLAN),
    SeatRule("AR-3", _CASE, GROUP_STAFF, _INV, (_K0,), Breadth.OPEN, _DUTY, _AFTER_VOT, _INVITED),
    SeatRule("AR-3n", _CASE, GROUP_STAFF, _INV, (_K1,), Breadth.NAMED, _DUTY, _AFTER_VOT),
    # The school's own posts; an archived or transferred case without the file of the SWV (D12, AR-40).
    SeatRule("AR-4", _CASE, _IB, _SCH, (_K0, _K1, _K2, _K3), Breadth.EVERYTHING, _DUTY, _OPEN | _ENDED),
    SeatRule("AR-4a", _CASE, _IB, _SCH, (_K0, _K1, _K2), Breadth.EVERYTHING, _DUTY, _ARCHIVE),
    SeatRule("AR-7", _CASE, _HEAD, _SCH, (_K0, _K1, _K2, _K3), Breadth.EVERYTHING, _DUTY, _OPEN | _ENDED),
    SeatRule("AR-7a", _CASE, _HEAD, _SCH, (_K0, _K1, _K2), Breadth.EVERYTHING, _DUTY, _ARCHIVE),
    SeatRule("AR-40", _CASE, _IB | _HEAD, _SCH, (_K0, _K1, _K2), Breadth.EVERYTHING, _DUTY, _MOVED),
    # Asked without a name.
    SeatRule("AR-9", _CASE, _A5, _ASK, (_K1,), Breadth.NAMED, _NO_NAME, _READ),
    SeatRule("AR-14", _CASE, _A8_A10 | _A9 | _A12, _ASK, (_K1,), Breadth.NAMED, _NO_NAME, _READ),
    # At the table with consent.
    *_at_table("AR-10", _A5, _TABLE, but="o"),
    *_at_table("AR-15", _A8_A10, _TABLE),
    *_at_table("AR-15w", _A9, _TABLE, but="sn"),
    *_at_table("AR-15j", _A12, _TABLE, but="i"),
    *_at_table("AR-22", _A14, _TABLE_A14),
    SeatRule("AR-23", _CASE, _A15, _PART, (_K1,), Breadth.ABSENCE, Ground.ATTENDANCE, _OPEN, _AWAY),
    # The regie.
    SeatRule("AR-41", _CASE, _IB | _HEAD, _REG, (_K0,), Breadth.OPEN, _DUTY, _LED),
    SeatRule("AR-41m", _CASE, _IB | _HEAD, _REG, (_K2,), Breadth.MONITORING, _DUTY, _LED),
    SeatRule("AR-41c", _CASE, _REGIE, _REG, (_K0,), Breadth.OPEN, _NAMED, _LED, _C),
    SeatRule("AR-41p", _CASE, _REGIE, _REG, (_K2,), Breadth.MONITORING, _NAMED, _LED, _C2),
    # Pupils and schools.
    SeatRule("AR-1p", _STUDENT, GROUP_STAFF, _GROUP, (_K0, _K1), Breadth.CONTACTS, _DUTY),
    SeatRule("AR-4p", _STUDENT, _IB, _SCH, (_K0, _K1), Breadth.PUPIL, _DUTY),
    SeatRule("AR-7p", _STUDENT, _HEAD, _SCH, (_K0, _K1), Breadth.PUPIL, _DUTY),
    SeatRule("AR-40h", _STUDENT, _IB | _HEAD, Relation.FORMER, (_K0,), Breadth.OPEN, _DUTY),
    SeatRule("AR-40p", _STUDENT, _IB | _HEAD, Relation.FORMER, (_K0, _K1), Breadth.NAMED, _DUTY),
    # Who reads the heading of a case knows whom it is about: name, birth date, school, group.
    SeatRule("AR-3h", _STUDENT, SCHOOL_ROLES, Relation.TABLE, (_K0,), Breadth.OPEN, _DUTY),
    SeatRule("AR-15h", _STUDENT, LINKED_ROLES, Relation.TABLE, (_K0,), Breadth.OPEN, _NAMED, needs=_C),
    SeatRule("AR-1s", _SCHOOL, GROUP_STAFF, _GROUP, (_K0, _K1), Breadth.NAMED, _DUTY),
    SeatRule("AR-4s", _SCHOOL, _IB, _SCH, (_K0, _K1), Breadth.EVERYTHING, _DUTY),
    SeatRule("AR-7s", _SCHOOL, _HEAD, _SCH, (_K0, _K1), Breadth.EVERYTHING, _DUTY),
    SeatRule("AR-44", _SCHOOL, LINKED_ROLES, Relation.LINKED, (_K0,), Breadth.OPEN, _DUTY),
)
# fmt: on
# Who gets a place by being asked in a consult (AR-1a, AR-9, AR-14).
ASKED_ROLES = frozenset(role for rule in SEAT_RULES if rule.relation == _ASK for role in rule.roles)


@dataclass(frozen=True)
class GlassRule:
    """One line of access.md 2.7: who may open what for an hour, and whether alone.

    `states` are those of the case; a pupil's dossier knows none. K6 stands in no line.
    """

    category: GlassCategory
    role: Role
    kind: DossierKind
    compartments: tuple[Compartment, ...]
    states: frozenset[str] = frozenset()
    needs_second: bool = False


_EVERY_STATE = _OPEN | _ENDED | _MOVED | _ARCHIVE
GLASS_RULES: tuple[GlassRule, ...] = (
    GlassRule(GlassCategory.ENDED_CASE, Role.HEAD, _CASE, (_K0, _K1, _K2, _K3), _MOVED | _ARCHIVE),
    GlassRule(GlassCategory.CHILD_AT_RISK, Role.HEAD, _STUDENT, (_K0, _K1)),
    GlassRule(
        GlassCategory.FAULT,
        Role.APPLICATION_ADMIN,
        _CASE,
        (_K0, _K1, _K2),
        _EVERY_STATE,
        needs_second=True,
    ),
)


def rules_for(kind: DossierKind, role: Role, relation: Relation, state: str = "") -> list[SeatRule]:
    """Give the seat rules that match; empty means: no seat (anything not stated is denied)."""
    return [
        rule
        for rule in SEAT_RULES
        if rule.kind == kind
        and role in rule.roles
        and rule.relation == relation
        and (not rule.states or state in rule.states)
    ]
