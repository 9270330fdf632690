"""The judge of pages and steps: who may open which form and take which step (access.md 2.5, domain.md 6).

A page shows an object, so whoever opens it must be allowed to read that; a form asks for the action as well.
"""

from collections.abc import Callable

from tests.access.facts import Case, Reader, Thing, Verdict
from tests.access.oracle import Judge
from tests.access.relations import OPEN, SCHOOL_STAFF

DENIED = Verdict(False, "")
May = Callable[[Judge, Reader, Case | None, Thing], bool]


def _reads(_judge: Judge, _reader: Reader, _case: Case | None, _thing: Thing) -> bool:
    return True


def _writes_the_plan(judge: Judge, reader: Reader, case: Case | None, _thing: Thing) -> bool:
    """C and U of the K2-blok: AR-4, AR-10, AR-15, AR-22, and the regiehouder who reads it (AR-41, R-8.5)."""
    if case is None or case.state not in OPEN:
        return False
    leads = judge.reg(reader, case)
    return _writes_k2(judge, reader, case) or (leads and _reads_the_plan(judge, reader, case))


def _reads_the_plan(judge: Judge, reader: Reader, case: Case) -> bool:
    return judge.read(reader, Thing("", "plan", case=case.key)).is_permitted


def _writes_k2(judge: Judge, reader: Reader, case: Case) -> bool:
    if reader.role == "A3":
        return judge.sch(reader, case.school)
    is_at_table = reader.role in {"A5", "A8", "A9", "A10", "A12", "A14"} and judge.part(
        reader, case
    )
    return is_at_table and _reads_the_plan(judge, reader, case)


def _leads_the_school(judge: Judge, reader: Reader, case: Case | None, thing: Thing) -> bool:
    """A3 prepares and writes, A4 convenes and makes final (T-11, T-13, T-15, AR-8)."""
    school = case.school if case else thing.school
    is_open = case is None or case.state in OPEN
    return is_open and reader.role in ("A3", "A4") and judge.sch(reader, school)


def _keeps_the_pupil(judge: Judge, reader: Reader, _case: Case | None, thing: Thing) -> bool:
    """Read as: O1 and O2 are kept by A3 and, end responsible, A4, where the pupil is today."""
    here = judge.schools(thing.pupil)
    return reader.role in ("A3", "A4") and any(judge.sch(reader, school) for school in here)


def _has_the_pupil(judge: Judge, reader: Reader, _case: Case | None, thing: Thing) -> bool:
    """The page of a pupil shows the carers too: for who has the pupil at school, or in the own group."""
    return _keeps_the_pupil(judge, reader, None, thing) or any(
        judge.grp(reader, thing.pupil, school) for school in judge.schools(thing.pupil)
    )


def _works_at_the_school(_judge: Judge, reader: Reader, case: Case | None, _thing: Thing) -> bool:
    return reader.role in SCHOOL_STAFF and (case is None or case.state in OPEN)


def _answers_for_the_file(judge: Judge, reader: Reader, case: Case | None, _thing: Thing) -> bool:
    """Read as: who looked, and absence without leave (O34), are for those who answer for the file."""
    return bool(case) and reader.role in ("A3", "A4") and judge.sch(reader, case.school)


def _is_the_officer(_judge: Judge, reader: Reader, _case: Case | None, _thing: Thing) -> bool:
    return reader.role == "A15"


# Name of the page: which objects it is about, and what its reader must be allowed besides reading.
PAGES: dict[str, tuple[frozenset[str], May]] = {
    name: (frozenset(kinds.split(",")), may)
    for name, kinds, may in (
        ("case", "case", _reads),
        ("viewers", "case", _reads),
        ("documents", "case", _reads),
        ("case-meetings", "case", _reads),
        ("plan", "case", _reads),
        ("lead", "case", _reads),
        ("consent", "case", _reads),
        ("facilities", "case", _reads),
        ("plan-edit", "case", _writes_the_plan),
        ("table", "case", _leads_the_school),
        ("meeting", "vot,ot", _reads),
        ("meeting-sheet", "vot,ot", _reads),
        ("meeting-calendar", "vot,ot", _reads),
        ("meeting-held", "vot,ot", _leads_the_school),
        ("meeting-minutes", "vot,ot", _leads_the_school),
        ("meeting-contribution", "vot,ot", _works_at_the_school),
        ("consult", "consult", _reads),
        ("agreement-evaluate", "agreement,early agreement", _reads),
        ("document", "document", _reads),
        ("consent-answer", "consent", _reads),
        ("student", "pupil", _has_the_pupil),
        ("student-edit", "pupil", _keeps_the_pupil),
        ("carer-new", "pupil", _keeps_the_pupil),
        ("carer", "carer", _keeps_the_pupil),
        ("import-run", "import", _reads),
        ("looked", "case", _answers_for_the_file),
        ("absence", "case", _answers_for_the_file),
        ("absence-officer", "absence", _is_the_officer),
        ("student-kin", "pupil", _keeps_the_pupil),
    )
}


def page(judge: Judge, reader: Reader, name: str, thing: Thing) -> Verdict:
    """May this reader open this page of this object?"""
    kinds, may = PAGES[name]
    if thing.kind not in kinds:
        raise ValueError(f"{name} is not about a {thing.kind}")
    verdict = judge.read(reader, thing)
    if verdict.is_permitted and not may(judge, reader, judge.facts.cases.get(thing.case), thing):
        return DENIED
    return verdict


# The column Who of domain.md 6: role and relation. Read as: of T-05 the confirmation, of T-13 and T-16 the
# step that follows a report made final; A2 and A3 talk too (T-02: AR-1, AR-4); A8 and A12 stand in brackets
# at T-04 and sit at no table yet.
GROUP, SCHOOL, TABLE, LEAD, ASKED = "grp", "sch", "part", "reg", "ask"
_CLASS = (("A1", GROUP), ("A2", GROUP))
_IB, _HEAD = ("A3", SCHOOL), ("A4", SCHOOL)
WHO: dict[str, tuple[tuple[str, str], ...]] = {
    "T-02": (*_CLASS, _IB, ("A8", TABLE)),
    "T-03": (_IB,),
    "T-04": (*_CLASS, _IB),
    "T-05": (_IB,),
    "T-06": (*_CLASS, _IB, ("", ASKED)),
    "T-07": (*_CLASS, _IB, ("", ASKED)),
    "T-08": (_IB,),
    "T-09": (("A1", GROUP), _IB),
    "T-10": (("A1", GROUP), _IB),
    "T-11": (_HEAD,),
    "T-12": (_HEAD,),
    "T-13": (_IB, _HEAD),
    "T-14": (_HEAD,),
    "T-15": (_HEAD,),
    "T-16": (_HEAD,),
    "T-17": (_HEAD,),
    "T-18": (_IB, _HEAD),
    "T-19": (_HEAD,),
    "T-22": (_IB, ("A8", TABLE)),
    "T-23": (_IB,),
    "T-25": (("", LEAD),),
    "T-26": (("", LEAD), _IB),
    "T-27": (_HEAD,),
    "T-31": (_IB,),
    "T-32": (_IB,),
}
# From which states a step leads (domain.md 6).
FROM: dict[str, tuple[str, ...]] = {
    "T-02": ("SIGNALERING",),
    "T-03": ("SIGNALERING",),
    "T-04": ("SIGNALERING",),
    "T-05": ("CONSULT",),
    "T-06": ("CONSULT",),
    "T-07": ("CONSULT",),
    "T-08": ("AFSPRAKEN",),
    "T-09": ("AFSPRAKEN",),
    "T-10": ("SIGNALERING",),
    "T-11": ("VOT_NODIG",),
    "T-12": ("VOT_NODIG",),
    "T-13": ("VOT",),
    "T-14": ("VOT",),
    "T-15": ("OT_NODIG",),
    "T-16": ("OT",),
    "T-17": ("OT",),
    "T-18": ("OT",),
    "T-19": ("OT",),
    "T-22": ("AFWEGING",),
    "T-23": ("AFWEGING",),
    "T-25": ("UITVOERING",),
    "T-26": ("UITVOERING",),
    "T-27": ("UITVOERING",),
    "T-31": tuple(sorted(OPEN)),
    "T-32": ("AFGEROND",),
}


def stands_in_column(judge: Judge, reader: Reader, code: str, case: Case) -> bool:
    """Does this reader stand in the column Who of this step, wherever the case is?

    The regie alone is bound to its states (AR-41): before the OT there is nothing to hold.
    """
    consults = {row.key for row in case.consults}
    held = {
        GROUP: judge.grp(reader, case.pupil, case.school),
        SCHOOL: judge.sch(reader, case.school),
        TABLE: judge.part(reader, case),
        LEAD: judge.reg(reader, case) and judge.while_(case, "OT", "ESCALATIE"),
        ASKED: any(judge.ask(reader, case, key) for key in consults),
    }
    return any(role in ("", reader.role) and held[relation] for role, relation in WHO.get(code, ()))


def step(judge: Judge, reader: Reader, code: str, case: Case) -> Verdict:
    """May this reader take this step in this case, were it open? The case itself must lie open to the reader."""
    verdict = judge.read(reader, Thing(case.key, "case", case=case.key))
    if not verdict.is_permitted:
        return verdict
    if not stands_in_column(judge, reader, code, case):
        return DENIED
    return Verdict(True, {"A3": "AR-5", "A4": "AR-8"}.get(reader.role, verdict.rule))
