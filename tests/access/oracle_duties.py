"""The judge of what hangs under no dossier: drafts, four eyes, Beheer, oversight, and what nobody changes.

Imports nothing of ours, as oracle.py.
"""

from dataclasses import dataclass

from tests.access.facts import Case, Reader, Thing, Verdict
from tests.access.oracle import Judge

DENIED = Verdict(False, "")
ADMIN, OFFICER, HEAD = "A26", "A26-FG", "A4"


@dataclass(frozen=True)
class Duty:
    """What is asked for: whose it is, whom it is about, and where."""

    kind: str
    by: str = ""
    about: str = ""
    at: str = ""


def duty(judge: Judge, reader: Reader, asked: Duty) -> Verdict:
    """May this reader do this today, and what decides?"""
    if asked.kind == "immutable":
        return Verdict(False, "D11")
    is_active = judge.facts.people[reader.person].is_active
    if not is_active or not judge.standing(reader):
        return Verdict(False, "D1")
    return _KINDS[asked.kind](judge, reader, asked)


def work_for(judge: Judge, person: str, case: Case) -> Verdict:
    """Work that this person asked for goes on while they read on, in whatever role they hold (AR-38).

    Read as: who is merely invited to a VOT (AR-3) asks for nothing.
    """
    own = (Thing(case.key, "case", case=case.key), Thing("", "absence", case=case.key))
    roles = {post.role for post, _ in judge.posts(person)}
    found = (judge.read(Reader(person, role), each) for role in roles for each in own)
    return Verdict(any(row.is_permitted and row.rule != "AR-3" for row in found), "AR-38")


def _draft(_judge: Judge, reader: Reader, asked: Duty) -> Verdict:
    """Working notes, to their writer alone."""
    return Verdict(True, "own") if reader.person == asked.by else Verdict(False, "D8")


def _flag(_judge: Judge, reader: Reader, _asked: Duty) -> Verdict:
    """Striking use is handled by the privacy officer."""
    return Verdict(True, "AR-35") if reader.role == OFFICER else DENIED


def _glass(judge: Judge, reader: Reader, asked: Duty) -> Verdict:
    """The second person of 2.7 is the privacy officer, or the directeur of that school; never oneself."""
    if not (reader.role == OFFICER or (reader.role == HEAD and judge.sch(reader, asked.at))):
        return DENIED
    if reader.person == asked.by:
        return Verdict(False, "D13")
    return Verdict(True, "AR-35" if reader.role == OFFICER else "2.7")


def _proposal(judge: Judge, reader: Reader, asked: Duty) -> Verdict:
    """Four eyes. Read as: the second person looks after this organization, oversees it, or leads it."""
    if reader.role not in (ADMIN, OFFICER, HEAD) or not _keeps(judge, reader, asked.at):
        return DENIED
    if reader.person in (asked.by, asked.about):
        return Verdict(False, "D13")
    return Verdict(True, "AR-36")


def _account(judge: Judge, reader: Reader, asked: Duty) -> Verdict:
    """Accounts of who works, or worked, at an organization that the administrator keeps."""
    places = {post.at for post in judge.facts.posts if post.person == asked.about}
    places.add(judge.facts.people[asked.about].employer)
    if reader.role == ADMIN and any(_keeps(judge, reader, place) for place in places):
        return Verdict(True, "AR-36")
    return DENIED


def _keeps(judge: Judge, reader: Reader, place: str) -> bool:
    """`org`: at this organization or at one above it."""
    while place:
        if place in judge.standing(reader):
            return True
        place = judge.facts.above.get(place, "")
    return False


_KINDS = {
    "draft": _draft,
    "flag": _flag,
    "glass": _glass,
    "proposal": _proposal,
    "account": _account,
}
