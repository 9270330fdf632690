"""The judge: who may read what, from access.md and domain.md alone, in plain data and plain Python.

Imports nothing of ours. Actors are A1 to A26, states those of domain.md, rules AR-n and D-n. Where the
documents leave a choice, the choice stands beside it with "Read as".
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from tests.access.facts import Case, Reader, Thing, Verdict, holds
from tests.access.relations import (
    ABSENCE,
    GROUP_STAFF,
    HEADING,
    K1_OF_THE_GROUP,
    K2,
    OF_ONE_SCHOOL,
    OPEN,
    PUPIL,
    SCHOOL,
    Relations,
)


class Judge(Relations):
    """Decides for one day; the first denial, then the first allow rule, else nothing."""

    def read(self, reader: Reader, thing: Thing) -> Verdict:
        """May this reader read this object today, and what decides?"""
        case = self.facts.cases.get(thing.case)
        allowed = next((code for code, rule in RULES if rule(self, reader, case, thing)), "")
        if thing.kind == "pupil" and not allowed:
            allowed = self._by_heading(reader, thing.pupil)
        for code, denial in DENIALS:
            if denial(self, reader, case, thing):
                return Verdict(False, code)
        if (
            allowed
            and self._stands_in_now(reader)
            and not self.alone.read(reader, thing).is_permitted
        ):
            allowed = "AR-37"
        return Verdict(bool(allowed), allowed)

    def _by_heading(self, reader: Reader, pupil: str) -> str:
        """Read as: who reads the heading of a case by name, reads whom it is about (O1 without carers)."""
        headings = (Thing(case.key, "case", case=case.key) for case in self.cases_of(pupil))
        found = (self.read(reader, heading) for heading in headings)
        return next((verdict.rule for verdict in found if verdict.is_permitted), "")

    def _stands_in_now(self, reader: Reader) -> bool:
        return any(stood for post, stood in self.posts(reader.person) if post.role == reader.role)

    @cached_property
    def alone(self) -> "Judge":
        """The same day without anybody standing in for somebody."""
        posts = [replace(post, deputy="") for post in self.facts.posts]
        return Judge(replace(self.facts, posts=posts), self.day)


Rule = Callable[[Judge, Reader, Case | None, Thing], bool]


def _roles(*roles: str) -> frozenset[str]:
    return frozenset(roles)


def _ar1(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """A1, A2 with `grp`, any open: signals and talks, and what the steps of A1 make."""
    if reader.role not in GROUP_STAFF:
        return False
    if case is None:
        if thing.kind in PUPIL:
            schools = judge.schools(thing.pupil)
            here = {thing.school} if thing.kind in OF_ONE_SCHOOL else schools
            return any(judge.grp(reader, thing.pupil, school) for school in here)
        return thing.kind == "group signal" and thing.group in judge.standing(reader)
    if thing.kind in ("consult", "asked") and judge.ask(reader, case, thing.part_of):
        return True
    return (
        case.state in OPEN
        and thing.kind in K1_OF_THE_GROUP | HEADING
        and judge.grp(reader, case.pupil, case.school)
    )


def _ar2(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    if case is None or reader.role not in GROUP_STAFF or thing.kind not in K2:
        return False
    return (
        case.state in ("OT", "AFWEGING", "UITVOERING")
        and judge.grp(reader, case.pupil, case.school)
        and (judge.part(reader, case) or case.is_class_named)
    )


def _ar3(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """The VOT note, for those invited to it; with it the heading."""
    if case is None or reader.role not in GROUP_STAFF or case.state not in ("VOT", "OT_NODIG"):
        return False
    if thing.kind == "vot":
        return judge.inv(reader, case, thing.part_of)
    return thing.kind in HEADING and judge.inv(reader, case, kind="VOT")


def _ar4(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    if reader.role != "A3":
        return False
    if case is None:
        return _school_rows(judge, reader, thing)
    is_own = judge.sch(reader, case.school) and thing.kind != "K6"
    return is_own and (case.state in OPEN | {"AFGEROND"} or _is_archived(case, thing))


def _is_archived(case: Case, thing: Thing) -> bool:
    """D12: of an archived case the school reads on in K1 and K2."""
    return case.state == "GEARCHIVEERD" and thing.kind != "K3"


def _ar7(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    if reader.role != "A4":
        return False
    if case is None:
        return _school_rows(judge, reader, thing)
    is_own = judge.sch(reader, case.school) and thing.kind != "K6"
    return is_own and (case.state in OPEN | {"AFGEROND"} or _is_archived(case, thing))


def _school_rows(judge: Judge, reader: Reader, thing: Thing) -> bool:
    """The school's own rows, and the pupils that are there today; of a pupil who left its own notes (AR-40).

    Read as: the two who lead the school keep the families that professionals declared (D5).
    """
    if thing.kind in SCHOOL | OF_ONE_SCHOOL:
        return judge.sch(reader, thing.school)
    here = any(judge.sch(reader, school) for school in judge.schools(thing.pupil))
    return thing.kind in PUPIL | {"tie"} and here


def _ar40(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    return bool(
        case
        and reader.role in ("A3", "A4")
        and case.state == "OVERGEDRAGEN"
        and judge.sch(reader, case.school)
        and thing.kind not in ("K3", "K6")
    )


def _asked(code: str, roles: Iterable[str]) -> tuple[str, Rule]:
    """AR-9, AR-14: the question, to who was asked. The heading is shown without a name, so no row of it."""

    def rule(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
        return bool(
            case
            and reader.role in roles
            and thing.kind in ("consult", "asked")
            and judge.ask(reader, case, thing.part_of)
        )

    return code, rule


def _at_table(
    code: str, roles: Iterable[str], last: str, *, opens: set[str] = K2
) -> tuple[str, Rule]:
    """AR-10, AR-15, AR-22: participants from elsewhere, by consent (a)."""

    def rule(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
        if case is None or reader.role not in roles or not judge.while_(case, "VOT", last):
            return False
        if not (judge.part(reader, case) and judge.by_consent(reader, case, thing.kind)):
            return False
        if thing.kind == "vot":
            return reader.role != "A9" and judge.inv(reader, case, thing.part_of)
        if thing.kind == "talk":
            return reader.role != "A5" and thing.author in judge.chairs(reader)
        # Read as: who may ask a consent in this case (2.5) reads what was asked.
        if thing.kind in opens | {"consent"}:
            return reader.role != "A12" or judge.inv(reader, case)
        return thing.kind in HEADING or (thing.kind == "signal" and reader.role != "A9")

    return code, rule


def _ar23(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """A15: absence facts, the OT invitation, agreements about attendance."""
    if (
        case is None
        or reader.role != "A15"
        or case.state not in OPEN
        or not judge.part(reader, case)
    ):
        return False
    return thing.kind in ABSENCE


def _ar41(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """The regiehouder: monitoring plan and evaluations, on the own role's ground."""
    if case is None or reader.role not in ("A3", "A5", "A8", "A9") or not judge.reg(reader, case):
        return False
    has_ground = reader.role == "A3" or judge.by_consent(reader, case, thing.kind)
    return (
        has_ground
        and judge.while_(case, "OT", "ESCALATIE")
        and thing.kind in HEADING | {"monitoring", "evaluation"}
    )


RULES: tuple[tuple[str, Rule], ...] = (
    ("AR-1", _ar1),
    ("AR-3", _ar3),
    ("AR-2", _ar2),
    ("AR-4", _ar4),
    ("AR-7", _ar7),
    ("AR-40", _ar40),
    _asked("AR-9", _roles("A5")),
    _asked("AR-14", _roles("A8", "A9", "A10", "A12")),
    _at_table("AR-10", _roles("A5"), "ESCALATIE"),
    _at_table("AR-15", _roles("A8", "A9", "A10", "A12"), "ESCALATIE"),
    _at_table("AR-22", _roles("A14"), "UITVOERING"),
    ("AR-23", _ar23),
    ("AR-41", _ar41),
)


def _d1(judge: Judge, reader: Reader, _case: Case | None, _thing: Thing) -> bool:
    """No acting assignment today, or an account that is not active."""
    return not judge.facts.people[reader.person].is_active or not judge.standing(reader)


def _d4(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    if reader.role != "A15":
        return False
    if case is None or case.absence is None or not holds(*case.absence, judge.day):
        return True
    return thing.kind not in ABSENCE


def _d2(_judge: Judge, reader: Reader, _case: Case | None, thing: Thing) -> bool:
    """K6 to A1, A2, A3, A15, A16, A17, A18."""
    return thing.kind == "K6" and reader.role in ("A1", "A2", "A3", "A15", "A18")


def _d3(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """K3 to municipal and wijkteam roles, and to any other school or board."""
    if thing.kind != "K3" or case is None:
        return False
    is_elsewhere = reader.role in ("A1", "A2", "A3", "A4", "A6", "A7") and not judge.works_at(
        reader, case.school
    )
    return is_elsewhere or reader.role in ("A8", "A9", "A10", "A11", "A14", "A15", "A19")


def _d5(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    pupil = case.pupil if case else thing.pupil
    return pupil in judge.facts.people[reader.person].kin


def _d6(_judge: Judge, reader: Reader, _case: Case | None, thing: Thing) -> bool:
    """A secret address: only the roles named in the flag; the head by break-glass (2.7)."""
    return bool(thing.secret_for) and reader.role not in thing.secret_for


def _d10(_judge: Judge, reader: Reader, _case: Case | None, _thing: Thing) -> bool:
    return reader.role.startswith("A26")


def _d12(judge: Judge, reader: Reader, case: Case | None, _thing: Thing) -> bool:
    if case is None or case.state not in ("GEARCHIVEERD", "VERNIETIGD"):
        return False
    is_owner = reader.role in ("A3", "A4") and judge.sch(reader, case.school)
    return case.state == "VERNIETIGD" or not is_owner


def _d8(_judge: Judge, reader: Reader, _case: Case | None, thing: Thing) -> bool:
    """Working notes: what somebody is typing and did not save."""
    return thing.kind == "draft" and thing.author != reader.person


DENIALS: tuple[tuple[str, Rule], ...] = (
    ("D1", _d1),
    ("D10", _d10),
    ("D8", _d8),
    ("D12", _d12),
    ("D5", _d5),
    ("D2", _d2),
    ("D3", _d3),
    ("D4", _d4),
    ("D6", _d6),
)
