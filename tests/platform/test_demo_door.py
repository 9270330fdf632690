"""The demo door exists with demo settings AND a marked database AND a local host; otherwise 404."""

import pytest
from django.test import Client

from config.installation import is_demo_database
from teams.models import User
from tests.demo_mark import mark

DOOR = "/demo/aanmelden/"
MAILBOX = "/demo/postvak/"


@pytest.fixture
def persona(db: None) -> User:
    return User.objects.create(
        email="ib@wilgen.example", first_name="Noor", last_name="Bakker", persona="ib-wilgen"
    )


def knock(client: Client, *, host: str = "localhost:8000", key: str = "ib-wilgen") -> int:
    return client.post(DOOR, {"persona": key}, HTTP_HOST=host).status_code


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8055"])
def test_one_click_signs_in(demo_database: None, persona: User, client: Client, host: str) -> None:
    answer = client.post(DOOR, {"persona": persona.persona}, HTTP_HOST=host)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_not_with_other_settings(
    demo_database: None, persona: User, client: Client, settings
) -> None:
    settings.DEMO = False
    assert knock(client) == 404
    assert client.get(MAILBOX, HTTP_HOST="localhost").status_code == 404
    assert not is_signed_in(client)


def test_not_in_an_unmarked_database(demo_database: None, persona: User, client: Client) -> None:
    mark(None)
    assert not is_demo_database()
    assert knock(client) == 404
    assert client.get(MAILBOX, HTTP_HOST="localhost").status_code == 404
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "host",
    ["route.example.nl", "testserver", "localhost.example.nl", "192.168.1.4:8000", "127.0.0.1.nl"],
)
def test_not_under_another_host(
    demo_database: None, persona: User, client: Client, settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert knock(client, host=host) == 404
    assert client.get(MAILBOX, HTTP_HOST=host).status_code == 404
    assert not is_signed_in(client)


def test_a_forwarded_host_does_not_open_it(
    demo_database: None, persona: User, client: Client, settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.USE_X_FORWARDED_HOST = True
    answer = client.post(
        DOOR,
        {"persona": persona.persona},
        HTTP_HOST="route.example.nl",
        HTTP_X_FORWARDED_HOST="localhost",
    )
    assert answer.status_code == 404


def test_an_unknown_host_is_refused_as_absent_and_not_as_wrong(
    demo_database: None, client: Client
) -> None:
    assert knock(client, host="unknown.example.nl") == 404


@pytest.mark.parametrize("key", ["", "nobody"])
def test_an_unknown_person_is_absent(
    demo_database: None, persona: User, client: Client, key: str
) -> None:
    User.objects.create(email="real@example.nl", first_name="Echt", last_name="Persoon")
    assert knock(client, key=key) == 404
    assert not is_signed_in(client)


def test_someone_who_left_is_absent(demo_database: None, persona: User, client: Client) -> None:
    User.objects.filter(pk=persona.pk).update(is_active=False)
    assert knock(client) == 404


def test_it_asks_for_a_token_and_a_post(demo_database: None, persona: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert knock(client) == 403
    assert client.get(DOOR, HTTP_HOST="localhost").status_code == 405


def test_outside_the_demo_a_missing_token_tells_nothing(persona: User) -> None:
    assert knock(Client(enforce_csrf_checks=True)) == 404


def test_it_goes_on_to_a_page_of_ours_only(
    demo_database: None, persona: User, client: Client
) -> None:
    for target, expected in {"/casussen/": "/casussen/", "https://evil.example/": "/"}.items():
        answer = client.post(
            DOOR, {"persona": persona.persona, "next": target}, HTTP_HOST="localhost"
        )
        assert answer["Location"] == expected


def test_the_sign_in_page_shows_the_people_in_the_demo_only(
    demo_database: None, persona: User, client: Client, settings
) -> None:
    page = client.get("/accounts/login/", HTTP_HOST="localhost").content.decode()
    assert "Noor Bakker" in page and 'value="ib-wilgen"' in page
    settings.DEMO = False
    page = client.get("/accounts/login/", HTTP_HOST="localhost").content.decode()
    assert "Noor Bakker" not in page and "ib-wilgen" not in page
