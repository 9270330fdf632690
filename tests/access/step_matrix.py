"""Writes: every step of the route from every state, and every form about a case, sent by every persona."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from cases.models import Case
from tests.access import facts, oracle_pages
from tests.access.browser import Browser, lets_in
from tests.access.facts import Reader
from tests.access.oracle import Judge
from tests.access.personas import PERSONAS, Persona
from tests.access.region import Region
from tests.access.region_cases import STATES
from tests.access.row_matrix import judged, reader_of
from tests.access.tally import Tally


def cases_for_steps(region: Region) -> list[facts.Case]:
    """Per state the home case with full consent."""
    rows = region.known.cases.values()
    home = [case for case in rows if case.school == "kade" and _is_granted(case)]
    return [next(case for case in home if case.state == state) for state in STATES]


def _is_granted(case: facts.Case) -> bool:
    given = [answer for consent in case.consents for _, answer, _ in consent.said]
    return len(given) >= 2 and set(given) == {"given"} and case.consents[0].asked is not None


def step_matrix(
    region: Region,
    cases: list[facts.Case],
    *,
    personas: Iterable[Persona] = PERSONAS,
    every: int = 1,
) -> Tally:
    """Send every step with an empty form: let in or not, and never a change that the route does not know."""
    judge, tally = judged(region), Tally()
    cells = [(case, code) for case in cases for code in oracle_pages.WHO]
    for number, persona in enumerate(personas):
        browser, reader = Browser(region, persona), reader_of(persona)
        for case, code in cells[number % every :: every]:
            _send(judge, browser, reader, case, code, tally)
    return tally


def _send(
    judge: Judge, browser: Browser, reader: Reader, case: facts.Case, code: str, tally: Tally
) -> None:
    verdict = oracle_pages.step(judge, reader, code, case)
    with transaction.atomic():
        response = browser.post(reverse("case-step", args=[case.key, code]))
        became = Case.unscoped.values_list("state", flat=True).get(pk=case.key)
        transaction.set_rollback(True)
    may_move = verdict.is_permitted and case.state in oracle_pages.FROM[code]
    is_in = lets_in(response, is_expected=verdict.is_permitted)
    if became != STATES[case.state] and not may_move:
        is_in = not verdict.is_permitted
    what = f"POST {code} from {case.state} at {case.school} {case.key[:8]}"
    tally.add(
        reader.person,
        what,
        verdict,
        is_in,
        str(response.status_code),
    )
    tally.routes.add("case-step")
