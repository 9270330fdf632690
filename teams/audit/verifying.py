"""The whole check of the trace: chains, heads, and the files signed outside the database."""

from dataclasses import dataclass

from teams.access.fence import beyond_seats
from teams.audit import chain, signing
from teams.audit.chain import Fault
from teams.models import TraceLink


@dataclass(frozen=True)
class Verdict:
    """What a check found; without faults every line is the one that was written."""

    lines: int
    files: int
    faults: tuple[Fault, ...]


@beyond_seats("the check of the trace")
def verify(*, parts: int = 1) -> Verdict:
    """Check every line of the trace against its chain, and the chains against what was signed.

    Shape:  every fault with its place; a chain that was written anew is placed between the last
            right and the first wrong signed head.
    """
    signed, faults = signing.read_signed()
    latest = chain.not_as_signed(signed[-1].heads) if signed else []
    rewritten = chain.not_as_signed(signing.first_wrong(signed, latest)) if latest else []
    faults += chain.walk(parts=parts) + chain.wrong_heads() + rewritten
    return Verdict(TraceLink.objects.count(), len(signed), tuple(faults))
