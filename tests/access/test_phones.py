"""A registered phone: it opens nothing by itself, and its session writes and reads nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cases.models import Case, Signal
from teams.access import limits
from teams.access.actor import acting_as, as_system, current_actor
from teams.access.phones import QUICK_PAGE, writer_of
from teams.models import AuditEntry, Device, Session, User
from teams.session_store import DEVICE, ONLY
from tests.access.addresses import examples
from tests.access.full_case import LATER, build_full_case
from tests.world import NOW

pytestmark = pytest.mark.real_limits
QUICK = "/snel/"


def _register(person: User) -> Client:
    client = Client()
    client.force_login(person)
    assert client.post(reverse("phone-register"), {"name": "Mijn telefoon"}).status_code == 302
    return client


def _quick(person: User) -> Client:
    """What a passkey on a registered phone opens."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[ONLY] = QUICK_PAGE
    session[DEVICE] = str(Device.objects.create(person=person, name="x", registered_at=NOW).pk)
    session.save()
    return client


def test_a_phone_is_registered_and_taken_back(world):
    person = world.people["teacher-kade"]
    client = _register(person)
    cookie = client.cookies[settings.PHONE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    phone = Device.objects.get()
    assert str(phone.pk) not in cookie.value
    assert "Mijn telefoon" in client.get(reverse("own-sessions")).content.decode()
    client.post(reverse("account_logout"))
    door = client.get(QUICK, follow=True).content.decode()
    assert "Raak aan" in door
    assert "Raak aan" not in client.get(reverse("account_login")).content.decode()
    client.force_login(person)
    client.post(reverse("phone-revoke", args=[phone.pk]))
    client.post(reverse("account_logout"))
    assert "Raak aan" not in client.get(QUICK, follow=True).content.decode()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"PHONE_REGISTERED", "PHONE_REVOKED"} <= verbs


def test_the_cookie_alone_opens_nothing_and_cannot_be_made(world):
    client = _register(world.people["teacher-kade"])
    client.post(reverse("account_logout"))
    assert client.get(QUICK)["Location"].startswith(reverse("account_login"))
    client.cookies[settings.PHONE_COOKIE_NAME] = (
        client.cookies[settings.PHONE_COOKIE_NAME].value + "x"
    )
    assert "Raak aan" not in client.get(QUICK, follow=True).content.decode()


def test_a_write_only_session_reads_nothing_anywhere(world):
    with time_machine.travel(LATER, tick=False):
        full = build_full_case(world)
        opened = []
        for name, address in examples(full).items():
            client = _quick(full.world.people["ib-kade"])
            answer = client.get(address)
            is_door = answer.status_code == 302 and "login" in answer["Location"]
            # Pages of the door know nobody; those outside the demo do not exist.
            if name.startswith(("account_", "mfa_", "demo_")):
                assert "Noor" not in answer.content.decode(errors="ignore")
            elif name not in {"quick-note", "csp-report"} and not is_door:
                opened.append((name, answer.status_code))
            if name == "quick-note":
                assert answer.status_code == 200
                assert "Noor" not in answer.content.decode()
        assert opened == []


def test_even_inside_it_the_database_shows_nothing(world, monkeypatch):
    seen = []

    def look(*_args):
        with acting_as(current_actor()):
            seen.append(Case.objects.count() + Signal.objects.count())

    with time_machine.travel(LATER, tick=False):
        build_full_case(world)
        client = _quick(world.people["ib-kade"])
        monkeypatch.setattr("cases.views.quick.writer_of", _through(look))
        assert client.get(QUICK).status_code == 200
    assert seen == [0]


def _through(look):
    def both(request, *, now):
        look()
        return writer_of(request, now=now)

    return both


def test_a_teacher_notes_about_an_own_pupil_and_without_a_name(world):
    with time_machine.travel(NOW, tick=False):
        client = _quick(world.people["teacher-kade"])
        page = client.get(QUICK).content.decode()
        assert "Noor V." in page and "Veen" not in page and "Yara" not in page
        for about in ("0", "1"):
            sent = client.post(QUICK, {"about": about, "observation": "Viel in slaap."})
            assert sent.status_code == 302
        with as_system("test"):
            found = set(Signal.objects.values_list("about", "created_by__persona"))
        assert found == {("ZONDER_NAAM", "teacher-kade"), ("LEERLING", "teacher-kade")}
        assert client.get(QUICK).content.decode().count("Viel in slaap") == 0


def test_a_write_only_session_lasts_five_minutes(world):
    with time_machine.travel(NOW, tick=False) as now:
        client = _quick(world.people["teacher-kade"])
        now.shift(limits.QUICK - timedelta(seconds=1))
        assert client.get(QUICK).status_code == 200
        now.shift(timedelta(seconds=2))
        assert client.get(QUICK).status_code == 302


def test_taking_a_phone_back_ends_what_it_has_open(world):
    with time_machine.travel(NOW, tick=False):
        person = world.people["teacher-kade"]
        quick = _quick(person)
        assert quick.get(QUICK).status_code == 200
        client = Client()
        client.force_login(person)
        client.post(reverse("phone-revoke", args=[Device.objects.get().pk]))
        assert quick.get(QUICK).status_code == 302
        assert Session.objects.filter(device__isnull=False).count() == 0
