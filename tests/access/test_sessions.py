"""A-8: no session outlives its limits, and one can end one's own."""

import math
import string
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from teams.access import limits
from teams.access.sessions import browser_words
from teams.models import KeptPost, Session, User
from teams.session_store import digest
from teams.tasks import forget_sessions
from tests.world import NOW

pytestmark = pytest.mark.real_limits

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECOND = timedelta(seconds=1)


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(world) -> User:
    return world.people["ib-kade"]


def _enter(person: User) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36")
    client.force_login(person, backend=BACKEND)
    assert _is_in(client)
    return client


def _is_in(client: Client) -> bool:
    return client.get(reverse("card-edit")).status_code == 200


def test_a8_idle_a_quarter_and_a_second(now, person):
    client = _enter(person)
    now.shift(limits.IDLE - SECOND)
    assert _is_in(client)
    now.shift(limits.IDLE + SECOND)
    assert not _is_in(client)
    assert not _is_in(client)


def test_a8_eight_hours_and_a_second_however_busy(now, person):
    client = _enter(person)
    answered = []
    for _ in range(48):
        now.shift(timedelta(minutes=10) - (SECOND if not answered else timedelta(0)))
        answered.append(_is_in(client))
    assert answered == [True] * 48
    now.shift(2 * SECOND)
    assert not _is_in(client)


def test_a8_a_copied_cookie_dies_with_signing_out(now, person):
    client, thief = _enter(person), Client()
    thief.cookies.load(client.cookies.output(header=""))
    assert _is_in(thief)
    client.post(reverse("account_logout"))
    assert not _is_in(client) and not _is_in(thief)


def test_asking_how_long_there_is_left_is_no_sign_of_life(now, person):
    client = _enter(person)
    now.shift(timedelta(minutes=14))
    assert client.get(reverse("session-left")).json() == {"seconds": 60}
    now.shift(timedelta(minutes=1))
    assert client.get(reverse("session-left")).status_code == 302
    again = _enter(person)
    now.shift(timedelta(minutes=14))
    assert again.post(reverse("session-stay")).json() == {"seconds": 900}
    now.shift(timedelta(minutes=14))
    assert _is_in(again)


def test_signing_in_begins_under_a_new_key_and_anew(now, person, client):
    client.get(reverse("account_login"))
    client.force_login(person, backend=BACKEND)
    first = client.session.session_key
    assert _is_in(client) and Session.objects.filter(session_key=digest(first)).exists()
    client.post(reverse("account_logout"))
    client.force_login(person, backend=BACKEND)
    assert client.session.session_key != first
    assert not Session.objects.filter(session_key=digest(first)).exists()


def test_what_the_table_keeps_opens_nothing(now, person):
    """Who reads the table, or a backup of it, has no cookie."""
    client, thief = _enter(person), Client()
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    row = Session.objects.get(person=person)
    assert key not in (row.session_key, row.session_data)
    for stolen in (row.session_key, str(row.handle)):
        thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
        assert not _is_in(thief)
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert _is_in(thief)


def test_a_key_has_at_least_128_bits(now, person):
    key = _enter(person).session.session_key
    alphabet = string.ascii_lowercase + string.digits
    assert set(key) <= set(alphabet)
    assert len(key) * math.log2(len(alphabet)) >= 128


def test_what_was_sent_too_late_waits_for_its_sender(now, person, world):
    client = _enter(person)
    now.shift(limits.IDLE + SECOND)
    address = reverse("note-new")
    sent = client.post(address, {"text": "Moeder belde, Noor slaapt slecht."})
    assert sent["Location"].startswith(reverse("account_login"))
    kept = KeptPost.objects.get()
    assert kept.person_id == person.pk
    words = client.get(sent["Location"]).content.decode()
    assert "Wat u invulde is bewaard" in words
    other = _enter(world.people["head-kade"])
    assert other.get(reverse("kept", args=[kept.pk])).status_code == 404
    back = _enter(person)
    page = back.get(reverse("kept", args=[kept.pk])).content.decode()
    assert "Noor slaapt slecht" in page
    again = back.post(address, {"text": "Moeder belde, Noor slaapt slecht.", "bewaard": kept.pk})
    assert again.status_code == 302
    assert not KeptPost.objects.exists()


def test_one_ends_one_session_and_then_all(now, person):
    first, second, third = _enter(person), _enter(person), _enter(person)
    page = first.get(reverse("own-sessions")).content.decode()
    assert page.count("Chrome op Linux") == 3
    assert "deze sessie" in page
    handle = second.session["handle"]
    first.post(reverse("session-end", args=[handle]))
    assert _is_in(first) and not _is_in(second) and _is_in(third)
    first.post(reverse("sessions-end"))
    assert not _is_in(first) and not _is_in(third)


def test_nobody_ends_the_session_of_another(now, person, world):
    mine, theirs = _enter(person), _enter(world.people["head-kade"])
    address = reverse("session-end", args=[theirs.session["handle"]])
    assert mine.post(address).status_code == 404
    assert _is_in(theirs)


def test_no_address_is_kept(now, person):
    client = _enter(person)
    row = Session.objects.get(person=person)
    assert row.words == "Chrome op Linux"
    assert "127.0.0.1" not in str(row.get_decoded())
    assert browser_words("") == "Een browser op een onbekend apparaat"
    assert _is_in(client)


def test_what_is_over_is_cleared_away_and_what_lives_stays(now, person, world):
    old = _enter(person)
    now.shift(limits.IDLE + SECOND)
    old.post(reverse("note-new"), {"text": "Te laat verstuurd."})
    _enter(person)
    fresh = _enter(world.people["head-kade"])
    now.shift(limits.IDLE - SECOND)
    assert _is_in(fresh)
    now.shift(2 * SECOND)
    assert forget_sessions() == 1
    assert _is_in(fresh) and KeptPost.objects.count() == 1
    now.shift(limits.KEPT)
    forget_sessions()
    assert not KeptPost.objects.exists() and not Session.objects.exists()
