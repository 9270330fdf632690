"""A slice of the access matrices in every test run: 12,000 cells, spread over personas, rows, pages and steps."""

import logging

import pytest
import time_machine

from teams.access.actor import as_system
from tests.access.page_matrix import addresses, page_matrix
from tests.access.personas import PERSONAS
from tests.access.region_consents import full_region
from tests.access.row_matrix import row_matrix
from tests.access.step_matrix import cases_for_steps, step_matrix
from tests.access.walked import is_walked, walked_things
from tests.conftest import analyze
from tests.world import NOW

CELLS = 12_000


@pytest.fixture
def region(db):
    logging.disable(logging.CRITICAL)
    with time_machine.travel(NOW, tick=False):
        with as_system("region"):
            built = full_region()
        analyze()
        yield built
    logging.disable(logging.NOTSET)


def test_a_slice_of_rows_pages_and_steps(region):
    chosen = walked_things(region)
    found = list(addresses(region, lambda thing: is_walked(chosen, thing)))
    tally = page_matrix(region, found, every=200)
    tally.merge(step_matrix(region, cases_for_steps(region), personas=PERSONAS[::9], every=30))
    tally.merge(row_matrix(region, every=80))
    print("\n".join(tally.lines(0)[-2:]))
    assert tally.wrong[:50] == []
    assert tally.cells >= CELLS
