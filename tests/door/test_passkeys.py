"""A-2: a passkey opens the door, and nothing that only looks like it does."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from teams.models import User
from tests.door.device import Device, asked, enroll, send
from tests.door.knocking import SECOND, code_of, give_app, is_signed_in, knock

WRONG: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "http://localhost.evil.example"},
    "a page under our name": {"origin": "http://evil.localhost"},
    "another house": {"rp": "evil.example"},
    "nobody checked": {"is_verified": False},
    "a copy": {"counter": 1},
}


@pytest.fixture
def device(coordinator: User) -> Device:
    """A passkey of someone who needs one, made by the pages; its counter stands at 5."""
    client, device = Client(), Device()
    knock(client, coordinator.email, HTTP_HOST="localhost")
    assert client.get("/casussen/", HTTP_HOST="localhost")["Location"] == "/accounts/2fa/"
    assert enroll(client, device)["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/casussen/", HTTP_HOST="localhost").status_code == 200
    device.counter = 4
    again = Client()
    assert send(again, device.show(asked(again)))["Location"] == "/"
    return device


def test_a02_a_passkey_alone_opens_the_door(device: Device) -> None:
    client = Client()
    send(client, device.show(asked(client)))
    assert client.get("/casussen/", HTTP_HOST="localhost").status_code == 200


def test_a02_a_password_and_a_passkey_open_the_door(device: Device, coordinator: User) -> None:
    client = Client()
    assert knock(client, coordinator.email, HTTP_HOST="localhost")["Location"] == SECOND
    options = client.get(SECOND, HTTP_HOST="localhost").context["js_data"]["request_options"]
    given = {"credential": json.dumps(device.show(options))}
    client.post(SECOND, given, HTTP_HOST="localhost")
    assert client.get("/casussen/", HTTP_HOST="localhost").status_code == 200


@pytest.mark.parametrize("way", WRONG)
def test_a02_what_only_looks_like_it_is_refused(device: Device, way: str) -> None:
    client = Client()
    assert send(client, device.show(asked(client), **WRONG[way]))["Location"] != "/"
    assert not is_signed_in(client)


def test_a02_an_answer_that_was_heard_before_is_refused(device: Device) -> None:
    first, second = Client(), Client()
    shown = device.show(asked(first))
    send(first, shown)
    assert is_signed_in(first)
    for client in (second, Client()):
        asked(client)
        send(client, shown)
        assert not is_signed_in(client)
    first.post("/accounts/logout/", HTTP_HOST="localhost")
    send(first, shown)
    assert not is_signed_in(first)


def test_a02_the_passkey_of_another_is_refused(device: Device, teacher: User) -> None:
    client = Client()
    device.user_handle = teacher.pk.hex
    send(client, device.show(asked(client)))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"response": null}', '{"response": {}}', "x" * 10_000]
)
def test_what_is_no_passkey_at_all_is_refused(db, credential: str) -> None:
    client = Client()
    asked(client)
    answer = client.post(
        "/accounts/2fa/webauthn/login/", {"credential": credential}, HTTP_HOST="localhost"
    )
    assert answer.status_code == 302 and not is_signed_in(client)


def test_a02_a_passkey_made_elsewhere_is_refused(coordinator: User, monkeypatch) -> None:
    client = Client()
    knock(client, coordinator.email, HTTP_HOST="localhost")
    for origin in ("http://evil.localhost", "http://evil.example"):
        monkeypatch.setattr("tests.door.device.ORIGIN", origin)
        assert enroll(client, Device()).status_code == 200
    assert not Authenticator.objects.filter(user=coordinator).exists()


def test_a02_without_a_passkey_set_up_does_not_end(coordinator: User) -> None:
    give_app(coordinator)
    client = Client()
    client.force_login(coordinator)
    row = Authenticator.objects.get(user=coordinator, type="totp")
    assert client.post(f"/accounts/2fa/webauthn/keys/{row.pk}/remove/").status_code in (302, 404)


def test_the_last_passkey_of_who_needs_one_stays(device: Device, coordinator: User) -> None:
    Authenticator.objects.filter(user=coordinator, type="recovery_codes").delete()
    give_app(coordinator)
    client = Client()
    send(client, device.show(asked(client)))
    row = Authenticator.objects.get(user=coordinator, type="webauthn")
    path = f"/accounts/2fa/webauthn/keys/{row.pk}/"
    assert client.post(f"{path}remove/", HTTP_HOST="localhost").status_code == 302
    assert Authenticator.objects.filter(pk=row.pk).exists()
    enroll(client, Device(), "Laptop")
    assert client.post(f"{path}edit/", {"name": "Oud"}, HTTP_HOST="localhost").status_code == 302
    assert "Oud" in client.get("/accounts/2fa/webauthn/", HTTP_HOST="localhost").content.decode()
    client.post(f"{path}remove/", HTTP_HOST="localhost")
    assert not Authenticator.objects.filter(pk=row.pk).exists()


def test_a02_after_a_code_the_passkey_is_still_asked(device: Device, coordinator: User) -> None:
    Authenticator.objects.filter(user=coordinator, type="recovery_codes").delete()
    secret, client = give_app(coordinator), Client()
    knock(client, coordinator.email, HTTP_HOST="localhost")
    client.post(SECOND, {"code": code_of(secret)}, HTTP_HOST="localhost")
    assert client.get("/casussen/", HTTP_HOST="localhost")["Location"] == "/accounts/2fa/"
    page = client.get("/accounts/2fa/", HTTP_HOST="localhost").content.decode()
    assert "Uw passkey gebruiken" in page
    path = "/accounts/2fa/webauthn/reauthenticate/?next=/"
    for changed, status in (({"origin": "http://evil.localhost"}, 302), ({}, 200)):
        options = client.get(path, HTTP_HOST="localhost").context["js_data"]["request_options"]
        shown = device.show(options, **changed)
        client.post(path, {"credential": json.dumps(shown)}, HTTP_HOST="localhost")
        assert client.get("/casussen/", HTTP_HOST="localhost").status_code == status


def test_a05_who_has_a_passkey_is_never_locked_out(device: Device, coordinator: User) -> None:
    for number in range(40):
        knock(Client(), coordinator.email, f"gok nummer {number}")
    opened = 0
    for _again in range(10):
        client = Client()
        send(client, device.show(asked(client)))
        opened += is_signed_in(client)
    print(f"\nA-5: after the guesses the owner came in {opened} of 10 times by passkey")
    assert opened == 10


def test_one_s_own_passkey_only(device: Device, coordinator: User, teacher: User) -> None:
    row = Authenticator.objects.get(user=coordinator, type="webauthn")
    client = Client()
    client.force_login(teacher)
    for end in ("edit", "remove"):
        client.post("/accounts/reauthenticate/", {"password": "een lang wachtwoord"})
        assert client.get(f"/accounts/2fa/webauthn/keys/{row.pk}/{end}/").status_code == 404
