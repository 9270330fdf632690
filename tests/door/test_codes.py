"""A-3: a code is good once, however many try it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from teams.door import codes
from teams.models import Guess, UsedCode
from tests.door.knocking import SECOND, code_of, give_app, is_signed_in, knock, recovery_codes
from tests.world import World, build_world

ROUNDS = 6
AT_ONCE = 16


@pytest.fixture
def region(transactional_db: None) -> World:
    return build_world()


def race(person, code: str) -> int:
    """Post one code from many browsers at the same moment. Gives how many were let in."""
    clients = [Client() for _each in range(AT_ONCE)]
    for client in clients:
        assert knock(client, person.email)["Location"] == SECOND
    start = Barrier(AT_ONCE)

    def post(client: Client) -> bool:
        try:
            start.wait(timeout=30)
            client.post(SECOND, {"code": code})
            return is_signed_in(client)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(post, clients))


def test_a03_one_of_sixteen(region: World) -> None:
    person = region.people["teacher-kade"]
    secret = give_app(person)
    spare = recovery_codes(person)
    let_in = {"app": [], "list": []}
    for number in range(ROUNDS):
        Guess.objects.all().delete()
        UsedCode.objects.all().delete()
        let_in["app"].append(race(person, code_of(secret)))
        Guess.objects.all().delete()
        let_in["list"].append(race(person, spare[number]))
    print(f"\nA-3: of {AT_ONCE} at once were let in, by round: {let_in}")
    assert let_in == {"app": [1] * ROUNDS, "list": [1] * ROUNDS}


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
