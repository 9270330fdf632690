"""What the two fences cost: list and case page, both on against both off, at a thousand cases."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median, quantiles
from time import perf_counter
from unittest.mock import patch

import pytest
from django.test import Client

from teams.access.scope import ScopedQuerySet
from tests.cases.ladder import agreements_case
from tests.cases.test_thousand_cases import make_thousand
from tests.conftest import log_in
from tests.world import NOW, build_world

ROUNDS = 9
REQUESTS = 8
MOST = 1.5


@pytest.mark.django_db(transaction=True)
def test_cost_of_the_fences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teams.clock.now", lambda: NOW)
    world = build_world()
    case = agreements_case(world)
    make_thousand(case)
    client = Client()
    log_in("app_rt")
    client.force_login(world.people["ib-kade"])
    pages = {"list": "/casussen/", "case page": f"/casussen/{case.pk}/"}
    took: dict[tuple[str, bool], list[float]] = {}
    for number in range(ROUNDS):
        for is_on in (True, False) if number % 2 else (False, True):
            with _fences(is_on):
                for name, where in pages.items():
                    took.setdefault((name, is_on), []).append(_round(client, where))
    print()
    ratios = [_tell(name, took[name, True], took[name, False]) for name in pages]
    assert max(ratios) <= MOST, f"more than {MOST} times"


@contextmanager
def _fences(is_on: bool) -> Iterator[None]:
    """Both fences as in production, or neither: no scope, and a login that passes by policies."""
    with ExitStack() as stack:
        if not is_on:
            stack.enter_context(
                patch.object(ScopedQuerySet, "visible_to", lambda rows, actor: rows)
            )
        log_in("app_rt" if is_on else "owner")
        yield
    log_in("app_rt")


def _round(client: Client, where: str) -> float:
    """Milliseconds of one request, the median of a few after one that warms up."""
    assert client.get(where).status_code == 200
    times = []
    for _ in range(REQUESTS):
        begun = perf_counter()
        client.get(where)
        times.append((perf_counter() - begun) * 1000)
    return median(times)


def _tell(name: str, on: list[float], off: list[float]) -> float:
    ratio = median(on) / median(off)
    print(
        f"{name}: both fences on {median(on):.1f} ms (spread {_spread(on):.1f}), "
        f"both off {median(off):.1f} ms (spread {_spread(off):.1f}), "
        f"{ratio:.2f} times; {len(on)} rounds of {REQUESTS}"
    )
    return ratio


def _spread(times: list[float]) -> float:
    """Distance between the quartiles."""
    low, _, high = quantiles(times, n=4)
    return high - low
