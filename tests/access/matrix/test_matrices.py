"""The whole matrices: A-12 over HTTP, A-13 by rows, and the steps as writes."""

import pytest

from teams.access.checks import patterns
from tests.access.lobby_matrix import lobby_matrix
from tests.access.page_matrix import addresses, outside_matrix, page_matrix
from tests.access.personas import PERSONAS
from tests.access.region import Region
from tests.access.row_matrix import row_matrix
from tests.access.step_matrix import cases_for_steps, step_matrix
from tests.access.tally import Tally
from tests.access.walked import is_walked, walked_things

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
PARTS = 8


def _settle(tally: Tally, name: str) -> None:
    tally.save(name, all_routes=sum(1 for _ in patterns()))
    print("\n".join(tally.lines(0)[-2:]))
    assert tally.wrong[:50] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_a12_every_page_by_every_persona(region: Region, part: int) -> None:
    chosen = walked_things(region)
    found = list(addresses(region, lambda thing: is_walked(chosen, thing)))
    tally = page_matrix(region, found, personas=PERSONAS[part::PARTS])
    if not part:
        insider = next(row for row in PERSONAS if row.key == "ib-kade")
        tally.merge(outside_matrix(region, found, insider))
    _settle(tally, f"pages-{part}")


@pytest.mark.parametrize("part", range(2))
def test_a12_every_step_by_every_persona(region: Region, part: int) -> None:
    tally = step_matrix(region, cases_for_steps(region), personas=PERSONAS[part::2], every=2)
    _settle(tally, f"steps-{part}")


def test_a13_every_row_by_every_persona(region: Region) -> None:
    _settle(row_matrix(region), "rows")


def test_a12_every_page_about_no_child_by_every_persona(region: Region) -> None:
    _settle(lobby_matrix(region), "lobby")
