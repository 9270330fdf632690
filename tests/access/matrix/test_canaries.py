"""A-18: a token in every text; nobody receives one that the judge denies. A-25: administrators receive none."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.access.browser import Browser
from tests.access.crawl import Walk, crawl
from tests.access.facts import Reader, Thing
from tests.access.oracle import Judge
from tests.access.personas import PERSONAS, Persona
from tests.access.region import Region
from tests.access.row_matrix import judged, reader_of

pytestmark = [pytest.mark.probes, pytest.mark.django_db]
PARTS = 4
MOST = 70
SEARCHES = (
    {"zoek": "Veen"},
    {"zoek": "zk00010q"},
    {"zoek": "2026-70015"},
    {"stand": "OT"},
    {"vorm": "bord"},
    {"als": "csv"},
    {"als": "xlsx"},
)


def _starts(region: Region) -> list[str]:
    """Vandaag, the lists with searches and files, and pages of strangers' cases by their address."""
    cases = reverse("cases")
    asked = [f"{cases}?{urlencode(query)}" for query in SEARCHES]
    guessed = [reverse("case", args=[key]) for key in list(region.known.cases)[5::45]]
    lists = [reverse(name) for name in ("today", "cases", "sessions", "schools", "signals")]
    return [*lists, *asked, *guessed, "/bestaat-niet/"]


def _walk(region: Region, persona: Persona) -> Walk:
    return crawl(Browser(region, persona), _starts(region), most=MOST)


def _foreign(region: Region, persona: Persona, walk: Walk) -> list[tuple]:
    judge, reader = judged(region), reader_of(persona)
    own = {token for query in SEARCHES for token in query.values()}
    return [
        (persona.key, region.tokens[token].kind, token, address)
        for token, address in walk.found.items()
        if token in region.tokens
        and token not in own
        and not judge.read(reader, region.tokens[token]).is_permitted
        and not _is_told(judge, reader, region.tokens[token])
    ]


def _is_told(judge: Judge, reader: Reader, thing: Thing) -> bool:
    """Read as: who declared a family reads it, and who reads an invitation or an answer reads whose it is."""
    if thing.kind == "tie":
        return thing.author == reader.person
    return thing.kind == "carer" and any(
        judge.read(reader, row).is_permitted
        for case in judge.cases_of(thing.pupil)
        for row in (
            *(
                Thing("", "ot", case=case.key, part_of=key)
                for key, kind, _ in case.invited
                if kind == "OT"
            ),
            Thing("", "consent", case=case.key),
        )
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_a18_nobody_receives_a_foreign_token(region: Region, part: int) -> None:
    foreign, broken, pages, size, found = [], [], 0, 0, set()
    for persona in PERSONAS[part::PARTS]:
        walk = _walk(region, persona)
        foreign += _foreign(region, persona, walk)
        broken += [(persona.key, address) for address in walk.broken]
        pages, size, found = pages + len(walk.pages), size + walk.size, found | set(walk.found)
    print(
        f"A-18: {len(region.tokens)} tokens, {len(PERSONAS[part::PARTS])} personas, {pages} pages, "
        f"{size} bytes, {len(found)} tokens received, {len(foreign)} foreign"
    )
    ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
    kinds = {(who, kind, ids.sub("*", address)) for who, kind, _token, address in foreign}
    assert sorted(kinds) == []
    assert broken == []


def test_a25_administrators_receive_no_content(region: Region) -> None:
    received, pages = [], 0
    for persona in PERSONAS:
        if persona.role.startswith("A26"):
            walk = crawl(Browser(region, persona), _starts(region), most=400)
            pages += len(walk.pages)
            received += [
                token for token in walk.found if not re.fullmatch(r"zk00010q|2026-70015", token)
            ]
    print(f"A-25: {pages} pages by two administrators, {len(received)} tokens of content")
    assert received == []
