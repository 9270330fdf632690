"""A-17: what is not yours answers like what does not exist, to the byte."""

import re
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest

from tests.access import oracle_pages
from tests.access.browser import Browser
from tests.access.page_matrix import Address, addresses
from tests.access.personas import PERSONAS
from tests.access.region import Region
from tests.access.row_matrix import judged, reader_of

pytestmark = [pytest.mark.probes, pytest.mark.django_db]
PARTS, PAIRS = 2, 500
# What differs in every answer: one-time values of this request, and the address that was asked for.
ONCE = re.compile(
    rb'nonce[=-]["\']?[\w+/=-]+|csrfmiddlewaretoken" value="\w+"|"x-request-id": "[\w-]+"', re.I
)
VARYING = {"x-request-id", "content-security-policy", "server-timing", "date", "set-cookie"}


def _bare(browser: Browser, address: str) -> tuple[tuple, float]:
    started = perf_counter()
    response = browser.get(address)
    took = perf_counter() - started
    body = ONCE.sub(b"", response.content).replace(address.encode(), b"")
    headers = {
        name: value.replace(address, "")
        for name, value in response.headers.items()
        if name.lower() not in VARYING
    }
    return (response.status_code, body, headers), took


def _elsewhere(address: Address) -> str:
    """The same address with ids that nobody has."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _match: str(uuid4()), address.path)


@pytest.mark.parametrize("part", range(PARTS))
def test_a17_none_and_not_yours_answer_alike(region: Region, part: int) -> None:
    judge, different, figures = judged(region), [], []
    by_name: dict[str, list[Address]] = {}
    for address in addresses(region, lambda thing: True):
        by_name.setdefault(address.name, []).append(address)
    browsers = {persona.key: Browser(region, persona) for persona in PERSONAS}
    for name in sorted(by_name)[part::PARTS]:
        times: tuple[list[float], list[float]] = ([], [])
        pairs = 0
        for number, address in enumerate(by_name[name] * len(PERSONAS)):
            persona = PERSONAS[(number * 7 + number // len(by_name[name])) % len(PERSONAS)]
            if oracle_pages.page(judge, reader_of(persona), name, address.thing).is_permitted:
                continue
            if judge.read(reader_of(persona), address.thing).is_permitted:
                continue
            theirs, first = _bare(browsers[persona.key], address.path)
            nobodys, second = _bare(browsers[persona.key], _elsewhere(address))
            times[0].append(first)
            times[1].append(second)
            if theirs != nobodys:
                different.append((name, persona.key, address.path, theirs, nobodys))
            pairs += 1
            if pairs == PAIRS:
                break
        figures.append((name, pairs, abs(median(times[0]) - median(times[1])) * 1000))
    slowest = max(apart for _name, _pairs, apart in figures)
    print(
        f"A-17: {sum(pairs for _name, pairs, _apart in figures)} pairs over {len(figures)} pages, "
        f"{len(different)} different, medians at most {slowest:.1f} ms apart"
    )
    print(*(f"  {name} {pairs} pairs {apart:.1f} ms" for name, pairs, apart in figures), sep="\n")
    assert different[:5] == []
    assert [row for row in figures if row[2] > 5] == []
