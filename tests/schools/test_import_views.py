"""Importing in the browser, with the worker's work done by hand: upload, look, be sure, carry through."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from schools.actions.progress import ProgressNote
from schools.enums import ImportState
from schools.forms import imports as import_forms
from schools.models import Carer, Enrollment, ImportRun, School
from teams import clock, outbox
from teams.enums import Role
from teams.models import AuditEntry, OutboxEntry, User
from tests.schools import world

OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return world.make_school()


@pytest.fixture
def coordinator(school: School) -> User:
    return world.make_person(Role.SUPPORT_COORDINATOR, school.organization)


@pytest.fixture
def client(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def upload(client: Client, school: School, content: bytes, kind: str = "EDEXML") -> HttpResponse:
    file = io.BytesIO(content)
    file.name = "school.xml"
    return client.post(
        reverse("import", args=[school.pk]), {"kind": kind, "file": file}, follow=True
    )


def text(response: HttpResponse) -> str:
    return response.content.decode()


def run_of(school: School) -> ImportRun:
    return ImportRun.unscoped.filter(school=school).latest("created_at")


def address(run: ImportRun) -> str:
    return reverse("import-run", args=[run.school_id, run.pk])


def test_a_school_is_imported(client: Client, school: School, coordinator: User) -> None:
    content = world.file_of(world.content_of(60, today=clock.today()))
    upload(client, school, content)
    shown = text(client.get(address(run_of(school))))
    assert "60 leerlingen in het bestand" in shown
    assert '<b class="num">59</b> nieuw' in shown
    assert not Enrollment.unscoped.exists()
    committing = client.post(address(run_of(school)), follow=True)
    assert "De wijzigingen worden doorgevoerd." in text(committing)
    outbox.sweep()
    assert Enrollment.unscoped.count() == 60
    run = run_of(school)
    assert (run.state, bytes(run.content), run.done_rows) == (ImportState.COMMITTED, b"", 60)
    assert "Wat er is veranderd" in text(client.get(address(run)))
    line = AuditEntry.objects.get(verb="IMPORT_COMMITTED")
    assert (line.actor_id, line.acting_role) == (coordinator.pk, Role.SUPPORT_COORDINATOR)


def test_the_same_file_again_offers_nothing_to_commit(client: Client, school: School) -> None:
    content = world.content_of(20, today=clock.today())
    world.imported(school, content, now=clock.now())
    upload(client, school, world.file_of(content))
    shown = text(client.get(address(run_of(school))))
    assert "Dit bestand verandert niets" in shown
    assert "Voer door" not in shown


def test_doubts_must_be_looked_at(client: Client, school: School) -> None:
    School.objects.filter(pk=school.pk).update(brin="00AA")
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    run = run_of(school)
    assert "Het bestand hoort bij BRIN 99ZZ00, deze school is 00AA00." in text(
        client.get(address(run))
    )
    refused = client.post(address(run))
    assert refused.status_code == 409
    assert not OutboxEntry.objects.filter(kind="import-commit").exists()
    assert client.post(address(run), {"is_sure": "on"}).status_code == 302
    outbox.sweep()
    assert Enrollment.unscoped.count() == 20


def test_a_broken_file_is_explained_and_changes_nothing(client: Client, school: School) -> None:
    answer = upload(client, school, b"<EDEX>\n<school>")
    assert answer.status_code == 422
    assert "Regel 2: Het bestand is beschadigd of niet af." in text(answer)
    assert "Er is niets veranderd." in text(answer)
    assert not ImportRun.unscoped.exists()


def test_only_what_we_may_keep_is_stored(client: Client, school: School) -> None:
    odd = (Path(__file__).parent / "samples" / "odd-2.1.xml").read_bytes()
    upload(client, school, odd)
    stored = bytes(run_of(school).content)
    assert b"Voorbeeld" in stored
    assert not any(word in stored for word in (b"bsn", b"000000000", b"eckid", b"3131AB", b"kat"))
    csv = "leerling_key;voornaam;achternaam;relatie;gezag;bsn\nL1;Ana;Mol;moeder;nee;000000000\n"
    upload(client, school, csv.encode(), kind="CARERS")
    assert b"000000000" not in bytes(run_of(school).content)


def test_a_newer_file_replaces_the_one_that_waits(client: Client, school: School) -> None:
    for pupils in (20, 30):
        upload(client, school, world.file_of(world.content_of(pupils, today=clock.today())))
    older = ImportRun.unscoped.earliest("created_at")
    assert (older.state, bytes(older.content), older.preview) == (ImportState.REPLACED, b"", {})
    assert "nieuwer bestand gekozen" in text(client.get(address(older)))
    assert client.post(address(older)).status_code == 409


def test_what_is_done_is_not_done_again(client: Client, school: School) -> None:
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    for _click in range(2):
        assert client.post(address(run_of(school))).status_code == 302
    outbox.sweep()
    before = run_of(school)
    refused = client.post(address(before))
    assert refused.status_code == 409
    assert "Deze import is al doorgevoerd." in text(refused)
    after = run_of(school)
    assert (after.state, after.preview) == (ImportState.COMMITTED, before.preview)
    assert OutboxEntry.objects.filter(kind="import-commit").count() == 1
    assert Enrollment.unscoped.count() == 20


def test_a_file_that_was_emptied_is_asked_again(client: Client, school: School) -> None:
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    ImportRun.unscoped.update(content=b"", preview={})
    refused = client.post(address(run_of(school)))
    assert refused.status_code == 409
    assert "Kies het bestand opnieuw." in text(refused)
    assert not OutboxEntry.objects.filter(kind="import-commit").exists()


def test_who_lost_the_role_carries_nothing_through(
    client: Client, school: School, coordinator: User
) -> None:
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    client.post(address(run_of(school)))
    coordinator.assignments.update(until=clock.today())
    outbox.sweep()
    run = run_of(school)
    assert (run.state, bytes(run.content)) == (ImportState.REFUSED, b"")
    assert "geen rol meer" in run.message
    assert not Enrollment.unscoped.exists()


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official example is not here")
def test_oddities_of_the_official_example_are_shown(client: Client, school: School) -> None:
    upload(client, school, OFFICIAL.read_bytes())
    shown = text(client.get(address(run_of(school))))
    assert "Leerling 00001 heeft geen achternaam." in shown
    assert "regel 77" in shown
    assert "Het veld bsn wordt niet bewaard (1 keer gevonden)." in shown
    assert "133456785" not in shown


def test_carers_are_imported(client: Client, school: School) -> None:
    world.imported(school, world.content_of(20))
    csv = (
        "leerling_key;voornaam;achternaam;relatie;gezag;gezag_sinds\n"
        "L0001;Ana;Mol;moeder;ja;2020-01-01\nL0002;Bo;Vos;buur;ja;\n"
    )
    upload(client, school, csv.encode(), kind="CARERS")
    shown = text(client.get(address(run_of(school))))
    assert "Ana Mol" in shown
    assert "moeder van" in shown
    assert "Deze regel is overgeslagen: bij relatie kan alleen staan" in shown
    client.post(address(run_of(school)))
    outbox.sweep()
    assert Carer.unscoped.count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "Dit bestand is leeg"), (b"x" * 2000, "Dit bestand is groter dan")],
)
def test_an_empty_or_too_large_file_is_refused(
    client: Client, school: School, content: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_forms, "LIMITS", dict.fromkeys(import_forms.LIMITS, 1000))
    answer = upload(client, school, content)
    assert answer.status_code == 422
    assert message in text(answer)
    assert not ImportRun.unscoped.exists()


def test_work_that_runs_twice_does_nothing_twice(client: Client, school: School) -> None:
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    client.post(address(run_of(school)))
    client.post(address(run_of(school)))
    assert OutboxEntry.objects.filter(kind="import-commit").count() == 1
    outbox.sweep()
    OutboxEntry.objects.update(done_at=None, claimed_until=clock.now() - timedelta(minutes=5))
    outbox.sweep()
    assert Enrollment.unscoped.count() == 20
    assert AuditEntry.objects.filter(verb="IMPORT_COMMITTED").count() == 1


def test_progress_is_shown_while_the_worker_is_busy(client: Client, school: School) -> None:
    upload(client, school, world.file_of(world.content_of(20, today=clock.today())))
    run = run_of(school)
    client.post(address(run))
    ProgressNote(run.pk).report(1, 4)
    assert 'value="25"' in text(client.get(address(run)))
    outbox.sweep()
    by_script = client.get(address(run), headers={"HX-Request": "true"})
    assert f'id="voortgang-{run.pk}"' in text(by_script)


def test_imports_are_for_the_leads_of_the_school(client: Client, school: School) -> None:
    world.imported(school, world.content_of(20))
    upload(client, school, world.file_of(world.content_of(20)))
    node = world.enrollment(school, "L0001").group.organization
    other = world.make_school("linde").organization
    people = {
        world.make_person(Role.TEACHER, node, name="Tom"): 403,
        world.make_person(Role.HEAD, other, name="Piet"): 404,
    }
    for person, status in people.items():
        stranger = Client()
        stranger.force_login(person)
        assert stranger.get(reverse("import", args=[school.pk])).status_code == status
        assert stranger.get(address(run_of(school))).status_code == status
        assert stranger.post(address(run_of(school))).status_code == status
