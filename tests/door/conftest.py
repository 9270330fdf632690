"""What tests of the door get for the asking."""

import pytest

from teams.models import User
from tests.door.knocking import HasherCount
from tests.world import World


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> HasherCount:
    """A count of passwords that reach the hasher."""
    return HasherCount(monkeypatch)


@pytest.fixture
def teacher(world: World) -> User:
    """Someone for whom any second factor will do."""
    return world.people["teacher-kade"]


@pytest.fixture
def coordinator(world: World) -> User:
    """Someone who may open K3, and so needs a passkey."""
    return world.people["ib-kade"]
