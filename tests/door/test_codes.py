"""A-3: a code is good once, however many try it at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client

from teams.door import codes
from teams.models import Guess, UsedCode
from tests.door.knocking import SECOND, code_of, give_app, is_signed_in, knock, recovery_codes
from tests.world import World, build_world

AT_ONCE = 16


@pytest.fixture
def region(transactional_db: None) -> World:
    return build_world()


class Racers:
    """Sixteen browsers of one person, each a step from being let in; they post at the same moment."""

    def __init__(self, email: str, pool: ThreadPoolExecutor) -> None:
        self.email, self.pool = email, pool
        self.clients = [Client() for _each in range(AT_ONCE)]
        self.start = Barrier(AT_ONCE)

    def race(self, code: str) -> int:
        """Post one code from all. Gives how many were let in."""
        Guess.objects.all().delete()
        for client in self.clients:
            # Who was turned down stands at the second step still.
            if LOGIN_SESSION_KEY not in client.session:
                assert knock(client, self.email)["Location"] == SECOND
        let_in = sum(self.pool.map(self._post, self.clients, [code] * AT_ONCE))
        for client in self.clients:
            if is_signed_in(client):
                client.cookies.clear()
        return let_in

    def _post(self, client: Client, code: str) -> bool:
        self.start.wait(timeout=30)
        client.post(SECOND, {"code": code})
        return is_signed_in(client)


@pytest.fixture
def pool(region: World) -> Iterator[ThreadPoolExecutor]:
    """Threads that keep their connection from round to round."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield threads
        together = Barrier(AT_ONCE)

        def close(_each: int) -> None:
            together.wait(timeout=30)
            connection.close()

        list(threads.map(close, range(AT_ONCE)))


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.long)])
def test_a03_one_of_sixteen(region: World, pool: ThreadPoolExecutor, rounds: int) -> None:
    person = region.people["teacher-kade"]
    secret, racers = give_app(person), Racers(person.email, pool)
    let_in: dict[str, list[int]] = {"app": [], "list": []}
    spare: list[str] = []
    for _round in range(rounds):
        UsedCode.objects.all().delete()
        let_in["app"].append(racers.race(code_of(secret)))
        if not spare:
            Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
            RecoveryCodes.activate(person)
            spare = recovery_codes(person)
        let_in["list"].append(racers.race(spare.pop()))
    print(f"\nA-3: of {AT_ONCE} at once were let in, by round: {let_in}")
    assert let_in == {"app": [1] * rounds, "list": [1] * rounds}


def test_a03_a_used_code_stays_used_after_the_cache_is_lost(teacher) -> None:
    secret = give_app(teacher)
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        knock(client, teacher.email)
        client.post(SECOND, {"code": code})
    assert is_signed_in(first) and not is_signed_in(second)
    assert UsedCode.objects.filter(person=teacher).count() == 1


def test_a03_codes_follow_the_clock_of_the_database(teacher) -> None:
    secret = give_app(teacher)
    found = [codes.matching_step(secret, code_of(secret, later=step)) for step in (-3, -1, 0, 1, 3)]
    assert found[0] is None and found[4] is None
    assert None not in found[1:4]


def test_the_secret_is_not_stored_as_it_is(teacher) -> None:
    secret = give_app(teacher)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert secret not in stored
    for code in recovery_codes(teacher):
        assert code not in stored
