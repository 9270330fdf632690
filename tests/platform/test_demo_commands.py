"""Looking into the demo from outside: in the demo only, in JSON, by one clock."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from config.demo import programs
from config.demo.mailbox import read_mails
from teams import clock
from teams.enums import OrganizationKind, Role
from teams.models import Assignment, ClockOffset, Organization, OutboxEntry, User

COMMANDS = ["demo_personas", "demo_status", "demo_clock", "demo_mails", "drain"]
MAIL = (
    "X-Envelope-To: ib@wilgen.example\r\nSubject: =?utf-8?q?Uitnodiging_caf=C3=A9?=\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Bekijk het op http://localhost:8000/overleg/1/.\r\nhttp://localhost:8000/\r\n"
)


@pytest.fixture(autouse=True)
def _real_time_afterwards():
    yield
    clock.forget()


def ask(command: str, *arguments: str):
    out = StringIO()
    call_command(command, *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS)
def test_only_in_the_demo(command: str) -> None:
    with pytest.raises(CommandError, match="in the demo only"):
        call_command(command)


@pytest.mark.usefixtures("demo_database")
def test_the_clock_moves_for_everyone_who_asks() -> None:
    assert ask("demo_clock", "--set", "2027-03-01")["now"].startswith("2027-03-01T09:00")
    assert clock.today().isoformat() == "2027-03-01"
    assert ask("demo_clock", "--advance", "30d")["now"].startswith("2027-03-31T")
    assert ask("demo_clock", "--set", "2027-07-01T10:15")["now"].startswith("2027-07-01T10:15")
    ask("demo_clock", "--reset")
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=2)
    assert ClockOffset.objects.count() == 1


@pytest.mark.usefixtures("demo_database")
@pytest.mark.parametrize(
    "arguments",
    [("--set", "morgen"), ("--set", "2027-02-31"), ("--advance", "30"), ("--advance", "d")],
)
def test_the_clock_refuses_what_it_does_not_understand(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("demo_clock", *arguments)
    assert not ClockOffset.objects.exists()


@pytest.mark.usefixtures("demo_database")
def test_personas_come_by_role_with_their_organisation() -> None:
    school = Organization.objects.create(
        kind=OrganizationKind.SCHOOL, name="De Wilgen", key="wilgen"
    )
    group = Organization.objects.create(
        kind=OrganizationKind.GROUP, name="groep 6A", key="6a", parent=school
    )
    held = {"leerkracht": (Role.TEACHER, group), "ib": (Role.SUPPORT_COORDINATOR, school)}
    for key, (role, place) in held.items():
        person = User.objects.create(
            email=f"{key}@wilgen.example", first_name=key, last_name="Bakker", persona=key
        )
        Assignment.objects.create(person=person, role=role, organization=place, since=clock.today())
    people = {who["key"]: who for who in ask("demo_personas")}
    assert set(people) == {"leerkracht", "ib"}
    assert people["ib"]["organisation"] == "De Wilgen"
    assert people["leerkracht"]["organisation"] == "De Wilgen, groep 6A"
    assert people["ib"]["role"] == Role.SUPPORT_COORDINATOR.label
    assert set(people["ib"]) == {"key", "name", "role", "organisation"}


@pytest.mark.usefixtures("demo_database")
def test_status_names_login_and_broker(settings) -> None:
    status = ask("demo_status")
    assert status["running"] is False
    assert status["database"]["login"] == settings.DATABASES["default"]["USER"]
    assert status["broker"] == settings.REDIS_URL


@pytest.mark.usefixtures("demo_database")
def test_mails_are_read_as_people_read_them(settings) -> None:
    folder = programs.mail_folder(settings.LAYOUT)
    folder.mkdir()
    (folder / f"{1_700_000_000 * 10**9:020d}-00001.eml").write_bytes(MAIL.encode())
    (mail,) = ask("demo_mails", "--to", "WILGEN")
    assert mail["to"] == ["ib@wilgen.example"]
    assert mail["subject"] == "Uitnodiging café"
    assert mail["links"] == ["http://localhost:8000/overleg/1/", "http://localhost:8000/"]
    assert mail["sent_at"].startswith("2023-11-14T22:13:20")
    assert ask("demo_mails", "--to", "someone-else") == []


@pytest.mark.usefixtures("demo_database")
def test_the_mailbox_page_shows_and_filters(client, settings) -> None:
    page = client.get("/demo/postvak/", HTTP_HOST="localhost").content.decode()
    assert "Nog geen mail" in page
    folder = programs.mail_folder(settings.LAYOUT)
    folder.mkdir()
    (folder / f"{1_700_000_000 * 10**9:020d}-00001.eml").write_bytes(MAIL.encode())
    page = client.get("/demo/postvak/?aan=wilgen", HTTP_HOST="localhost").content.decode()
    assert "Uitnodiging café" in page and 'href="http://localhost:8000/overleg/1/"' in page
    page = client.get("/demo/postvak/?aan=iemand", HTTP_HOST="localhost").content.decode()
    assert "Geen mail gevonden" in page


@pytest.mark.usefixtures("demo_database")
def test_drain_says_what_it_still_waits_for() -> None:
    assert ask("drain")["given_up"] == 0
    OutboxEntry.objects.create(
        kind="never", subject_id=User().pk, key="k", created_at=clock.now(), run_at=clock.now()
    )
    with pytest.raises(CommandError, match="outbox"):
        call_command("drain", "--timeout", "0.1")


def test_an_empty_folder_has_no_mails(tmp_path: Path) -> None:
    assert read_mails(tmp_path / "absent") == []
