"""What every scenario starts with: the small world, a clock that can be moved, people who sign in."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.scenarios.route import Route
from tests.world import NOW, World


@pytest.fixture
def route(world: World) -> Iterator[Route]:
    """Everyone of the small world behind a browser, on a Monday morning at nine."""
    with time_machine.travel(NOW) as clock:
        yield Route(world, clock)
