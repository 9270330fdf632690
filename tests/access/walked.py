"""Which part of the region is walked over HTTP: each state, with consent; the rows cover all of it."""

from tests.access.facts import Case, Thing
from tests.access.region import Region


def walked_things(region: Region) -> set[str]:
    """Keys of every case, and of every pupil, that is walked."""
    chosen = [case for case in region.known.cases.values() if _is_chosen(case)]
    return {case.key for case in chosen} | {case.pupil for case in chosen}


def is_walked(chosen: set[str], thing: Thing) -> bool:
    """Whether this object hangs under a chosen case or pupil; imports always do."""
    return thing.kind == "import" or bool({thing.case, thing.pupil} & chosen - {""})


def _is_chosen(case: Case) -> bool:
    """Per state a case of the home school with consent, and some more by age and elsewhere."""
    kind, number = case.pupil[0], int(case.pupil[1:])
    return number % 10 == 5 if kind == "h" else number % 12 == 4
