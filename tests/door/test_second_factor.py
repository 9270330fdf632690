"""A-1: a password alone opens nothing; A-2: nor does a code for whoever may open K3 to K7."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from teams.access.actor import actor_for
from teams.access.factor import Factor, factor_of, is_enough, record_factor
from teams.access.rules import PASSKEY_COMPARTMENTS, PASSKEY_ROLES, SEAT_RULES, Action
from teams.enums import Role
from tests.access.addresses import examples
from tests.access.full_case import LATER, FullCase, build_full_case
from tests.door.knocking import PASSWORD, SECOND, code_of, give_app, is_signed_in, knock
from tests.signed_in import forget_factor, show_factor
from tests.world import NOW, World

FIRST = "/accounts/2fa/"
# All that answers a session after the password alone, besides redirects to these.
MAY_ANSWER = {
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}


@pytest.fixture
def full(world: World) -> Iterator[FullCase]:
    with time_machine.travel(LATER, tick=False):
        yield build_full_case(world)


def with_password_only(person) -> Client:
    client = Client()
    assert knock(client, person.email).status_code == 302
    assert is_signed_in(client)
    return client


@pytest.mark.parametrize("key", ["ib-kade", "teacher-kade"])
def test_a01_a_password_alone_reaches_nothing(full: FullCase, key: str) -> None:
    person, answered, visits = full.world.people[key], set(), 0
    for name, address in examples(full).items():
        for method in ("get", "post"):
            answer = getattr(with_password_only(person), method)(address)
            visits += 1
            if answer.status_code == 302:
                assert answer["Location"].startswith(("/accounts/", "/")), name
                assert "casussen" not in answer["Location"], name
            elif answer.status_code not in (404, 405):
                answered.add(name)
                for word in ("Noor", "Veen", "Daan", "De Kade"):
                    assert word not in answer.content.decode(), name
    print(f"\nA-1: {visits} visits with a password only, {len(answered)} names answered")
    assert answered <= MAY_ANSWER and len(MAY_ANSWER) <= 8


def test_a01_the_actor_has_no_role_and_no_party(coordinator, client) -> None:
    client.force_login(coordinator)
    assert client.get("/casussen/").status_code == 200
    forget_factor(client)
    answer = client.get("/casussen/")
    assert (answer.status_code, answer["Location"]) == (302, FIRST)
    actor = answer.wsgi_request.actor
    assert (actor.role, actor.parties, actor.is_live) == (None, (), False)


def test_a02_a_code_is_not_enough_for_k3(coordinator, teacher) -> None:
    for person, opens in ((teacher, True), (coordinator, False)):
        client = Client()
        secret = give_app(person)
        assert knock(client, person.email)["Location"] == SECOND
        assert client.post(SECOND, {"code": code_of(secret)}).status_code == 302
        assert is_signed_in(client)
        status = client.get("/casussen/").status_code
        assert (status == 200) == opens, person
    page = client.get(FIRST).content.decode()
    assert "Voor uw rol is een passkey nodig." in page and "App koppelen" not in page


def test_a02_which_roles_need_a_passkey() -> None:
    by_rule = {
        role
        for rule in SEAT_RULES
        if PASSKEY_COMPARTMENTS & set(rule.compartments)
        for role in rule.roles
    }
    assert by_rule and by_rule <= PASSKEY_ROLES
    assert {Role.SUPPORT_COORDINATOR, Role.HEAD, Role.YOUTH_NURSE, Role.SWV_STAFF} <= PASSKEY_ROLES
    assert Role.TEACHER not in PASSKEY_ROLES
    for factor in Factor:
        for role in Role:
            passkey = factor is Factor.PASSKEY
            wanted = passkey or (role not in PASSKEY_ROLES and factor is not Factor.DEMO)
            assert is_enough(factor, [role]) == wanted, (factor, role)
    assert not is_enough(None, [])


def test_a_factor_of_one_person_is_not_that_of_the_next(teacher, coordinator, client) -> None:
    client.force_login(teacher)
    session = client.session
    assert factor_of(session, teacher.pk) is Factor.PASSKEY
    assert factor_of(session, coordinator.pk) is None


def test_a_weaker_factor_does_not_take_the_place_of_a_stronger(teacher, client) -> None:
    client.force_login(teacher)
    session = client.session
    record_factor(session, teacher.pk, Factor.APP)
    assert factor_of(session, teacher.pk) is Factor.PASSKEY


def test_the_demo_door_counts_in_the_demo_only(coordinator, client, settings) -> None:
    client.force_login(coordinator)
    forget_factor(client)
    show_factor(client, coordinator, Factor.DEMO)
    assert client.get("/casussen/").status_code == 302
    settings.DEMO = True
    assert client.get("/casussen/").status_code == 200


def test_every_page_of_the_demo_says_so(demo_database, coordinator, client) -> None:
    client.post("/demo/aanmelden/", {"persona": "ib-kade"}, HTTP_HOST="localhost")
    for path in ("/", "/casussen/", "/bestaat-niet/", "/accounts/2fa/", "/mensen/mijn-kaart/"):
        page = client.get(path, HTTP_HOST="localhost").content.decode()
        assert 'class="demo-bar"' in page, path


def test_the_first_factor_opens_the_house(teacher, client) -> None:
    knock(client, teacher.email)
    assert client.get("/casussen/")["Location"] == FIRST
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert codes.count("<li>") >= 10 and 'class="codes"' in codes
    assert 'class="codes"' not in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert client.get("/casussen/").status_code == 200


def test_the_last_factor_stays(teacher, client) -> None:
    give_app(teacher)
    client.force_login(teacher)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/accounts/2fa/totp/deactivate/")
    assert answer.status_code == 200
    assert "laatste manier" in answer.content.decode()


def test_an_actor_by_day_is_live_by_itself(coordinator) -> None:
    actor = actor_for(coordinator, day=NOW.date())
    assert actor.is_live and actor.role is Role.SUPPORT_COORDINATOR
    assert Action.SECOND_FACTOR.value == "second-factor"
