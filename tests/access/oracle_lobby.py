"""The judge of pages about no child: who finds which door, by role and place (access.md 2.5, ui.md).

Imports nothing of ours, as oracle.py. What such a page lists comes from rows, and those are judged there.
"""

from collections.abc import Callable

from tests.access.facts import Reader, Verdict
from tests.access.oracle import Judge
from tests.access.relations import GROUP_STAFF, SCHOOL_STAFF

DENIED = Verdict(False, "")
LINKED = {"A5", "A8", "A9", "A10", "A12", "A14"}
# Who works in cases at all: rows 1 to 23 of access.md 2.5 for roles with an account.
CARE = SCHOOL_STAFF | LINKED | {"A11"}
LEADS = {"A3", "A4"}
# Read as: AR-1, AR-9 and AR-14 note signals; of A14 and A9 no row says so.
SIGNALS = SCHOOL_STAFF | {"A5", "A8", "A10", "A12"}
ADMIN, OFFICER = "A26", "A26-FG"

# The door without a key: whoever signed in and works somewhere today; None is everyone who signed in (I20).
BY_ROLE: dict[str, set[str] | None] = {
    "today": None,
    "own-sessions": None,
    "phone-register": None,
    "session-left": None,
    "card-edit": {"*"},
    "kin": {"*"},
    "schools": CARE,
    "cases": CARE,
    "sessions": CARE,
    "note-new": CARE,
    "signal-new": SIGNALS,
    "quick-note": SIGNALS,
    "signals": {"A3"},
    "group-rounds": SCHOOL_STAFF,
    "absences": {"A15"},
    "alarms": {ADMIN, OFFICER},
    "glass-list": {ADMIN, OFFICER, "A4"},
    "oversight": {OFFICER},
    "rights": {ADMIN, OFFICER, "A4"},
    "rights-review": {ADMIN},
    "rights-person-new": {ADMIN},
}


def door(judge: Judge, reader: Reader, name: str) -> Verdict:
    """May this reader open this page?"""
    if not judge.facts.people[reader.person].is_active:
        return Verdict(False, "D1")
    roles = BY_ROLE[name]
    if roles is None:
        return Verdict(True, "own")
    if not judge.standing(reader):
        return Verdict(False, "D1")
    return Verdict(True, "own") if {"*", reader.role} & roles else DENIED


def _reads_the_school(judge: Judge, reader: Reader, school: str) -> bool:
    """Who works there, stands before a group there, or is its fixed face (AR-44)."""
    if reader.role in SCHOOL_STAFF:
        return judge.works_at(reader, school)
    links = judge.facts.linked
    return any((person, reader.role, school) in links for person in judge.chairs(reader))


def _leads_the_school(judge: Judge, reader: Reader, school: str) -> bool:
    return reader.role in LEADS and judge.sch(reader, school)


def _has_the_group(judge: Judge, reader: Reader, group: str) -> bool:
    """A1 and A2 their own group, A3 and A4 every group of the school."""
    if reader.role in GROUP_STAFF:
        return group in judge.standing(reader)
    return reader.role in LEADS and judge.sch(reader, judge.facts.above[group])


# Pages of a school or a group, by its key.
BY_PLACE: dict[str, tuple[str, Callable[[Judge, Reader, str], bool]]] = {
    "school": ("school", _reads_the_school),
    "school-edit": ("school", _leads_the_school),
    "holidays": ("school", _leads_the_school),
    "import": ("school", _leads_the_school),
    "group": ("group", _has_the_group),
    "group-round": ("group", _has_the_group),
}


def place(judge: Judge, reader: Reader, name: str, key: str) -> Verdict:
    """May this reader open this page of this school or group?"""
    if not judge.facts.people[reader.person].is_active or not judge.standing(reader):
        return Verdict(False, "D1")
    _kind, may = BY_PLACE[name]
    rule = {"A1": "AR-1", "A2": "AR-1", "A3": "AR-4", "A4": "AR-7"}.get(reader.role, "AR-44")
    return Verdict(True, rule) if may(judge, reader, key) else DENIED
