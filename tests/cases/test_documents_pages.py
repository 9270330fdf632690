"""The documents page and the download: who may, what they see while one is made, what comes back."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.documents import RENDER, mark_failed
from cases.documents.making import make_document
from cases.documents.render import TOO_SLOW
from cases.enums import DocumentState
from cases.models import Document
from teams.access.actor import as_system
from teams.models import OutboxEntry
from tests.cases import papers
from tests.world import NOW, World, build_world

INVITATION = {"kind": "OT_UITNODIGING", "audience": "OUDERS"}


@pytest.fixture
def world(db) -> World:
    return build_world()


@pytest.fixture
def desk(world) -> papers.Desk:
    return papers.convened(world)


def client_of(world: World, persona: str) -> Client:
    client = Client()
    client.force_login(world.people[persona])
    return client


def shelf(desk: papers.Desk) -> str:
    return reverse("documents", kwargs={"case_id": desk.case.pk})


def finished(desk: papers.Desk, kind: str = "OT_UITNODIGING", audience: str = "OUDERS") -> Document:
    document = papers.document_of(desk, kind, audience)
    with as_system("test"):
        make_document(OutboxEntry.objects.get(kind=RENDER, subject_id=document.pk), NOW)
    return document


def url_of(document: Document) -> str:
    return reverse("document", kwargs={"document_id": document.pk})


def test_while_one_is_made_the_page_says_so_and_refreshes(world, desk):
    answer = client_of(world, "ib-kade").get(shelf(desk))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Het stuk staat in de rij." in page
    assert 'hx-trigger="every 2s"' in page
    assert f'<a href="{shelf(desk)}">Ververs</a>' in page


def test_a_claimed_one_is_being_made(world, desk):
    OutboxEntry.objects.filter(kind=RENDER).update(claimed_until=NOW)
    assert "wordt nu gemaakt" in client_of(world, "ib-kade").get(shelf(desk)).content.decode()


def test_a_finished_one_opens_inline_and_is_not_kept_by_the_browser(world, desk):
    document = finished(desk)
    client = client_of(world, "ib-kade")
    assert url_of(document) in client.get(shelf(desk)).content.decode()
    answer = client.get(url_of(document))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="uitnodiging-ot-2026-0001-v1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_one_that_is_not_finished_has_no_address(world, desk):
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    assert client_of(world, "ib-kade").get(url_of(document)).status_code == 404


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ib-kade", 200), ("head-kade", 200), ("ib-werf", 404), ("nurse-fien", 404)],
)
def test_rights_are_asked_again_at_every_download(world, desk, persona, status):
    document = finished(desk)
    assert client_of(world, persona).get(url_of(document)).status_code == status
    assert client_of(world, persona).get(shelf(desk)).status_code == status


def test_a_role_without_documents_is_refused(world, desk):
    assert client_of(world, "admin-bo").get(shelf(desk)).status_code == 403


def test_without_sign_in_there_is_only_the_door(desk):
    document = finished(desk)
    for url in (shelf(desk), url_of(document)):
        assert Client().get(url).status_code == 302


def test_a_new_version_is_asked_by_a_button(world, desk):
    finished(desk)
    client = client_of(world, "ib-kade")
    assert "Nieuwe versie" in client.get(shelf(desk)).content.decode()
    answer = client.post(shelf(desk), INVITATION)
    assert (answer.status_code, answer["Location"]) == (302, shelf(desk))
    newest = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    assert (newest.version, newest.replaces.version, newest.state) == (2, 1, DocumentState.QUEUED)


@pytest.mark.parametrize(
    ("persona", "given", "status"),
    [
        ("teacher-kade", INVITATION, 403),
        ("ib-werf", INVITATION, 404),
        ("ib-kade", {"kind": "AFSLUITING", "audience": "DEELNEMERS"}, 409),
        ("ib-kade", {"kind": "AFSLUITING", "audience": "OUDERS"}, 400),
        ("ib-kade", {"kind": "GEHEIM", "audience": "OUDERS"}, 400),
    ],
)
def test_what_may_not_be_asked_is_refused(world, desk, persona, given, status):
    assert client_of(world, persona).post(shelf(desk), given).status_code == status
    assert Document.unscoped.filter(case=desk.case).count() == 2


def test_what_cannot_be_made_yet_says_why(world, desk):
    page = client_of(world, "ib-kade").get(shelf(desk)).content.decode()
    assert "Het verslag van het OT is nog niet definitief." in page
    assert 'data-reden="ot_report_is_final"' in page


def test_a_failed_one_says_why_in_words(world, desk):
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    with as_system("test") as system:
        mark_failed(document, why=TOO_SLOW, actor=system, now=NOW)
    assert TOO_SLOW in client_of(world, "ib-kade").get(shelf(desk)).content.decode()


def test_a_dead_letter_is_shown_and_can_be_asked_again(world, desk):
    OutboxEntry.objects.filter(kind=RENDER).update(dead_at=NOW)
    client = client_of(world, "ib-kade")
    assert "Vraag het stuk opnieuw aan." in client.get(shelf(desk)).content.decode()
    client.post(shelf(desk), INVITATION)
    assert papers.document_of(desk, "OT_UITNODIGING", "OUDERS").version == 1
    assert OutboxEntry.objects.filter(kind=RENDER, dead_at=None, done_at=None).count() == 1


@pytest.mark.parametrize("more", [0, 5])
def test_the_page_costs_the_same_for_one_document_as_for_many(
    world, desk, more, django_assert_max_num_queries
):
    document = papers.document_of(desk, "OT_UITNODIGING", "OUDERS")
    with as_system("test"):
        for version in range(2, 2 + more):
            Document.unscoped.create(
                case=desk.case,
                meeting=desk.meeting,
                kind=document.kind,
                for_audience=document.for_audience,
                version=version,
                **desk.shared(),
            )
    client = client_of(world, "ib-kade")
    client.get(shelf(desk))
    with django_assert_max_num_queries(16):
        client.get(shelf(desk))
