"""Signing in by the provider of one's organization: who someone is, and nothing more."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from teams.enums import Role
from teams.models import Assignment, AuditEntry, IdentityProvider, User
from tests.door.knocking import SECOND, give_app, is_signed_in
from tests.door.provider import CLIENT, Provider, set_up
from tests.world import World, add_person

ASK, BACK = "/accounts/dienst/stroom/", "/accounts/dienst/stroom/terug/"


@pytest.fixture
def elsewhere() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def ours(world: World, elsewhere: Provider, monkeypatch: pytest.MonkeyPatch) -> IdentityProvider:
    """The board's own provider, set up by the command."""
    set_up(elsewhere, monkeypatch)
    elsewhere.email = world.people["teacher-kade"].email
    return IdentityProvider.objects.get()


def there_and_back(client: Client, elsewhere: Provider, **changed: str) -> HttpResponse:
    answer = client.get(ASK + "?next=/casussen/")
    assert answer.status_code == 302, answer.content
    return client.get(BACK, {**elsewhere.authorize(answer["Location"]), **changed})


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Assignment, Authenticator))


def test_someone_known_comes_in_and_is_asked_for_the_second_step(
    ours: IdentityProvider, elsewhere: Provider, teacher: User, client: Client
) -> None:
    before = rows()
    answer = there_and_back(client, elsewhere)
    assert is_signed_in(client) and answer["Location"] == "/casussen/"
    assert client.get("/casussen/")["Location"] == "/accounts/2fa/"
    assert rows() == before


def test_our_second_step_is_asked_when_there_is_one(
    ours: IdentityProvider, elsewhere: Provider, teacher: User, client: Client
) -> None:
    give_app(teacher)
    elsewhere.claims = {"amr": ["pwd", "mfa"]}
    assert there_and_back(client, elsewhere)["Location"].startswith(SECOND)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("amr", "opens"),
    [(["pwd", "mfa"], True), (["otp"], True), (["pwd"], False), (None, False), ("mfa", False)],
)
def test_the_provider_s_second_step_counts_where_that_was_agreed(
    ours: IdentityProvider,
    elsewhere: Provider,
    teacher: User,
    client: Client,
    amr: Any,
    opens: bool,
) -> None:
    ours.counts_as_second_factor = True
    ours.save(update_fields=["counts_as_second_factor"])
    elsewhere.claims = {"amr": amr}
    there_and_back(client, elsewhere)
    page = client.get("/casussen/")
    assert (page.status_code == 200) == opens
    if opens:
        assert page.wsgi_request.actor.role == Role.TEACHER


def test_it_is_no_passkey(
    ours: IdentityProvider, elsewhere: Provider, coordinator: User, client: Client
) -> None:
    ours.counts_as_second_factor = True
    ours.save(update_fields=["counts_as_second_factor"])
    elsewhere.email, elsewhere.claims = coordinator.email, {"amr": ["mfa"]}
    there_and_back(client, elsewhere)
    assert client.get("/casussen/")["Location"] == "/accounts/2fa/"


HOUR_AGO = int(timezone.now().timestamp()) - 3600
LIES: dict[str, dict[str, Any]] = {
    "nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "issuer": {"claims": {"iss": "https://evil.example"}},
    "audience": {"claims": {"aud": "another"}},
    "authorized party": {"claims": {"azp": "another", "aud": [CLIENT, "another"]}},
    "too old": {"claims": {"exp": HOUR_AGO}},
    "without an end": {"claims": {"exp": None}},
    "address not verified": {"claims": {"email_verified": False}},
    "verified as a word": {"claims": {"email_verified": "true"}},
    "no address": {"claims": {"email": None}},
    "unknown address": {"claims": {"email": "niemand@voorbeeld.example"}},
    "key": {"signs_with_another_key": True},
    "no signature": {"algorithm": "none"},
    "signed with the secret": {"algorithm": "HS256"},
    "issuer in the configuration": {"configuration": {"issuer": "https://evil.example"}},
    "token over an open line": {"configuration": {"token_endpoint": "http://evil.example/t"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_hold_is_refused(
    ours: IdentityProvider, elsewhere: Provider, teacher: User, client: Client, lie: str
) -> None:
    before = rows()
    address = client.get(ASK)["Location"]
    for name, value in LIES[lie].items():
        setattr(elsewhere, name, value)
    answer = client.get(BACK, elsewhere.authorize(address))
    assert answer["Location"] == "/accounts/login/"
    assert not is_signed_in(client) and rows() == before
    assert "lukte niet" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize(
    "key", ["family-sanne", "education-omar", "attendance-piet", "admin-bo", "nurse-fien"]
)
def test_the_people_of_another_organization_are_refused(
    ours: IdentityProvider, elsewhere: Provider, world: World, client: Client, key: str
) -> None:
    elsewhere.email = world.people[key].email
    assert there_and_back(client, elsewhere)["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


def test_who_also_works_elsewhere_is_refused(
    ours: IdentityProvider, elsewhere: Provider, world: World, teacher: User, client: Client
) -> None:
    Assignment.objects.create(
        person=teacher,
        role=Role.SWV_STAFF,
        organization=world.organizations["swv"],
        since=timezone.now().date() - timedelta(days=3000),
    )
    there_and_back(client, elsewhere)
    assert not is_signed_in(client)


def test_an_account_that_ended_or_is_only_a_contact_is_refused(
    ours: IdentityProvider, elsewhere: Provider, world: World
) -> None:
    for number, field in enumerate(({"is_active": False}, {"is_contact_only": True})):
        add_person(world, f"gone-{number}", Role.TEACHER, "kade")
        person = world.people[f"gone-{number}"]
        User.objects.filter(pk=person.pk).update(**field)
        elsewhere.email, client = person.email, Client()
        there_and_back(client, elsewhere)
        assert not is_signed_in(client)


def test_an_answer_belongs_to_one_browser_and_one_question(
    ours: IdentityProvider, elsewhere: Provider, teacher: User
) -> None:
    mine, other = Client(), Client()
    given = elsewhere.authorize(mine.get(ASK)["Location"])
    assert other.get(BACK, given)["Location"] == "/accounts/login/"
    other.get(ASK)
    assert other.get(BACK, given)["Location"] == "/accounts/login/"
    assert mine.get(BACK, {**given, "state": "x"})["Location"] == "/accounts/login/"
    assert mine.get(BACK, given)["Location"] == "/accounts/login/"
    assert not is_signed_in(mine) and not is_signed_in(other)


def test_it_goes_on_to_a_page_of_ours_only(
    ours: IdentityProvider, elsewhere: Provider, teacher: User, client: Client
) -> None:
    address = client.get(ASK + "?next=https://evil.example/")["Location"]
    assert client.get(BACK, elsewhere.authorize(address))["Location"] == "/"


def test_the_door_names_it_until_it_is_off(
    ours: IdentityProvider, elsewhere: Provider, client: Client
) -> None:
    assert ASK in client.get("/accounts/login/").content.decode()
    call_command("identity_provider", "stroom", off=True)
    assert ASK not in client.get("/accounts/login/").content.decode()
    assert client.get(ASK).status_code == client.get(BACK).status_code == 404
    assert AuditEntry.objects.filter(verb="PROVIDER_SAVED").count() == 2


def test_the_command_says_what_is_missing(world: World) -> None:
    with pytest.raises(CommandError, match="client_id"):
        call_command("identity_provider", "stroom", organization="board", name="Stroom")
    with pytest.raises(CommandError, match="There is no provider"):
        call_command("identity_provider", "stroom", off=True)


def test_a_provider_that_is_away_says_so_on_our_own_page(
    ours: IdentityProvider, elsewhere: Provider, client: Client
) -> None:
    ours.issuer = "http://127.0.0.1:9"
    ours.save(update_fields=["issuer"])
    assert client.get(ASK)["Location"] == "/accounts/login/"
