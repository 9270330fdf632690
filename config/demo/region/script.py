"""The little language in which the cases of the region are written: steps on school days.

A word is `step@day` or `step@day:argument:argument`; days are school days from today, so
`signal@-3` is a signal of three school days ago. A word may be a track, which is a script
of its own that begins on that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# The regular VOT falls 8 and the OT 5 school days ago, and every ten days before and after
# (a day more or less per school); `vot` begins 6 days before its VOT, `ot` 6 before its OT.
TRACKS = {
    "begin": "signal@0 talk@2",
    "asked": "begin@0 consult@4:education",
    "answered": "asked@0 answer@7:education:2",
    "agreed": "answered@0 agree@9:20 accept@10",
    "voted": "lay@0 convene@1 held@8 minutes@8 final@10",
    "vot": "voted@0 ahead@10 accept_lead@11",
    "table": "lay@0 convene@1 contribute@3 held@8",
    "ot": "table@0 minutes@8:BASIS plan@8:45 final@9",
    "ot_more": "table@0 minutes@8:AANVULLEND final@9",
    "ot_none": "table@0 minutes@8:NIETS_NODIG final@9",
    # Long roads to a running plan, counted from its start.
    "road": "agreed@-57 fail@-29 vot@-23 ot@-10 start@0",
    "direct": "begin@-33 vot_now@-26 vot@-23 ot@-10 start@0",
    "weighed": "agreed@-57 fail@-29 vot@-23 ot_more@-10 weigh@0",
}


@dataclass(frozen=True)
class Word:
    """One step to take: its name, the school day from today, and arguments."""

    step: str
    on: int
    arguments: tuple[str, ...] = ()


def read(script: str) -> list[Word]:
    """The steps of a script in the order of their days, tracks written out."""
    return sorted(_expand(script, begin=0), key=lambda word: word.on)


def _expand(script: str, *, begin: int) -> Iterator[Word]:
    for text in script.split():
        name, _, rest = text.partition("@")
        day, *arguments = rest.split(":")
        on = begin + int(day)
        if name in TRACKS:
            yield from _expand(TRACKS[name], begin=on)
        else:
            yield Word(name, on, tuple(arguments))
