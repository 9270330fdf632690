"""A-7: a new password by mail: our own address, once, for half an hour, and never past the second step."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from teams import outbox
from teams.models import OutboxEntry
from tests.door.knocking import PASSWORD, RESET, SECOND, code_of, give_app, is_signed_in, knock

NEW = "een heel nieuw wachtwoord"
SITE = "https://route.example.nl"


@pytest.fixture(autouse=True)
def _site(settings, mailoutbox) -> None:
    settings.SITE_ADDRESS = SITE


def ask(client: Client, email: str, **headers: str) -> int:
    return client.post(RESET, {"email": email}, **headers).status_code


def link() -> str:
    """The link of the newest mail, as far as a browser sends it to us."""
    outbox.sweep()
    found = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[-1].body)
    assert found and found[0].startswith(SITE + "/")
    return found[0].removeprefix(SITE)


def choose(client: Client, path: str, password: str = NEW) -> bool:
    """Follow a link and choose a password. Gives whether it was taken."""
    page = client.get(path, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else path
    answer = client.post(where, {"password1": password, "password2": password})
    return answer.status_code == 302


FORGED = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "route.example.nl.evil.example"},
    {"HTTP_HOST": "testserver:80@evil.example"},
    {"HTTP_HOST": "testserver:evil"},
    {"HTTP_HOST": "testserver,evil.example"},
    {"HTTP_HOST": "evil.example/testserver"},
    {"HTTP_HOST": "localhost.evil.example"},
    {"HTTP_HOST": ""},
    {"HTTP_HOST": "testserver#@evil.example"},
    {"HTTP_HOST": "[::1].evil.example"},
    *(
        {name: value}
        for value in ("evil.example", "evil.example:443")
        for name in (
            "HTTP_X_FORWARDED_HOST",
            "HTTP_X_HOST",
            "HTTP_X_ORIGINAL_HOST",
            "HTTP_FORWARDED",
            "HTTP_X_FORWARDED_SERVER",
        )
    ),
]


def test_a07_no_forged_host_gets_into_a_link(teacher) -> None:
    refused = linked = 0
    for headers in FORGED:
        mail.outbox.clear()
        OutboxEntry.objects.all().delete()
        status = ask(Client(), teacher.email, **headers)
        if status == 302:
            outbox.sweep()
            if mail.outbox:
                assert link().startswith("/accounts/password/reset/key/")
                assert "evil" not in mail.outbox[-1].body
            linked += 1
        else:
            assert status in (400, 404), headers
            refused += 1
    print(f"\nA-7: {refused} forged hosts refused, {linked} without any effect, of {len(FORGED)}")
    assert refused + linked == len(FORGED) == 20


def test_a07_the_link_works_once_and_the_second_step_stays(teacher) -> None:
    secret = give_app(teacher)
    ask(Client(), teacher.email)
    path, client = link(), Client()
    assert choose(client, path)
    assert not is_signed_in(client)
    assert not choose(Client(), path, "nog een ander wachtwoord")
    assert knock(client, teacher.email).status_code == 200
    assert knock(client, teacher.email, NEW)["Location"] == SECOND
    client.post(SECOND, {"code": code_of(secret)})
    assert is_signed_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(29, True), (31, False)])
def test_a07_half_an_hour(teacher, minutes: int, works: bool) -> None:
    ask(Client(), teacher.email)
    path = link()
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        assert choose(Client(), path) == works


def test_a07_a_link_ends_with_the_state_it_was_made_for(teacher, coordinator) -> None:
    ask(Client(), teacher.email)
    path = link()
    other = path.replace(teacher.pk.hex, coordinator.pk.hex)
    assert other != path and not choose(Client(), other)
    teacher.email = "nieuw@voorbeeld.example"
    teacher.save(update_fields=["email"])
    assert not choose(Client(), path)
    ask(Client(), teacher.email)
    path = link()
    teacher.set_password("intussen iets anders")
    teacher.save(update_fields=["password"])
    assert not choose(Client(), path)


def test_a07_other_sessions_end_and_the_owner_hears_of_it(teacher) -> None:
    elsewhere = [Client(), Client()]
    for client in elsewhere:
        client.force_login(teacher)
        assert client.get("/").status_code == 200
    ask(Client(), teacher.email)
    assert choose(Client(), link())
    for client in elsewhere:
        assert client.get("/")["Location"].startswith("/accounts/login/")
    outbox.sweep()
    told = mail.outbox[-1]
    assert told.to == [teacher.email] and "opnieuw gekozen" in told.body
    assert NEW not in told.body


def test_the_owner_hears_of_every_change_at_the_door(
    teacher, client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(teacher)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/recovery-codes/generate/")
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", given).status_code == 302
    outbox.sweep()
    said = " ".join(each.body for each in mail.outbox)
    for words in ("app met codes toegevoegd", "nieuwe herstelcodes", "wachtwoord is gewijzigd"):
        assert words in said
    assert {tuple(each.to) for each in mail.outbox} == {(teacher.email,)}
