"""One region per process, really written: these tests run apart (`manage.py test access`)."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction

from teams.access.actor import as_system
from tests.access.region import Region
from tests.access.region_consents import full_region
from tests.access.tally import FOLDER
from tests.conftest import analyze
from tests.world import NOW


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the matrices to their own run: their region must meet no other test."""
    if FOLDER not in os.environ:
        apart = pytest.mark.skip(reason="in a run of its own: manage.py test access")
        for item in items:
            if any(item.get_closest_marker(name) for name in ("matrix", "probes", "mutants")):
                item.add_marker(apart)


@pytest.fixture(scope="session")
def region(django_db_setup: None, django_db_blocker: Any) -> Region:
    """The region of access.md 2.10."""
    moment = time_machine.travel(NOW, tick=False)
    with django_db_blocker.unblock(), moment, as_system("region"), transaction.atomic():
        built = full_region()
        analyze()
        return built


@pytest.fixture(autouse=True)
def _at_the_moment(region: Region) -> Iterator[None]:
    """Look at the region at its own moment, without a log line per refusal."""
    logging.disable(logging.CRITICAL)
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)
