"""What each document says, word for word, and what it must never say."""

from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.html import strip_tags
from pypdf import PdfReader

from cases.documents.closing_report import ClosingReport
from cases.documents.making import RECIPES, html_of
from cases.documents.ot_invitation import CarersInvitation, ProfessionalInvitation, for_carers
from cases.documents.ot_report import OtReport
from cases.documents.render import render_pdf
from cases.documents.tags import check_pdf
from cases.enums import InviteeKind
from cases.models import Invitee, Meeting
from teams.access.actor import as_system
from tests.cases import papers
from tests.world import World, build_world

GOLDEN = Path(__file__).parent / "golden"
PAPERS = {
    "invitation_professionals": ("OT_UITNODIGING", "PROFESSIONALS"),
    "invitation_carers": ("OT_UITNODIGING", "OUDERS"),
    "ot_report": ("OT_VERSLAG", "DEELNEMERS"),
    "closing_report": ("AFSLUITING", "DEELNEMERS"),
}
# Words of professionals that a letter to parents at B1 does without (ui.md 5).
NOT_FOR_PARENTS = ("regiehouder", "casusregisseur", "opschal", "interventie", "problematiek", "OT ")


@pytest.fixture
def world(db) -> World:
    return build_world()


def words(content: bytes) -> str:
    """The text of a PDF, one word after another, so that only words count."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    return "\n".join(" ".join(page.split()) for page in pages) + "\n"


def pdf_of(desk: papers.Desk, name: str) -> bytes:
    """One rendered document."""
    with as_system("test"):
        return render_pdf(html_of(papers.document_of(desk, *PAPERS[name]))).content


def page_of(desk: papers.Desk, name: str) -> str:
    """The words of the page from which a document is made."""
    with as_system("test"):
        page = html_of(papers.document_of(desk, *PAPERS[name]))
    return " ".join(strip_tags(page).split())


@pytest.mark.parametrize("name", PAPERS)
def test_the_words_are_the_golden_words(world, name, tmp_path):
    content = pdf_of(papers.closed(world), name)
    assert words(content) == (GOLDEN / f"{name}.txt").read_text()
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(content)
    assert [fact.name for fact in check_pdf(path) if not fact.is_right] == []
    check_every_page(PdfReader(path))


def check_every_page(reader: PdfReader) -> None:
    """Each page names its reader, the case, the version and its number."""
    for number, page in enumerate(reader.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "Dit stuk is voor " in text
        assert "2026-0001 · versie 1" in text
        assert f"pagina {number} van {len(reader.pages)}" in text


def test_every_document_has_a_recipe_and_a_golden_text():
    assert set(RECIPES) == set(PAPERS.values())
    assert {path.stem for path in GOLDEN.iterdir()} == set(PAPERS)


def test_no_view_model_has_a_place_for_money():
    for model in (ProfessionalInvitation, CarersInvitation, OtReport, ClosingReport):
        names = " ".join(field.name for field in fields(model))
        assert not any(word in names for word in ("budget", "cost", "cents", "hours", "finance"))


def test_parents_do_not_read_why_a_professional_is_needed(world):
    text = page_of(papers.convened(world), "invitation_carers")
    for _, _, reason in papers.INVITED:
        assert reason not in text
    assert not [word for word in NOT_FOR_PARENTS if word in text]


def test_a_pupil_who_is_not_invited_reads_why(world):
    desk = papers.convened(world)
    with as_system("test"):
        Invitee.unscoped.filter(meeting=desk.meeting, kind=InviteeKind.STUDENT).delete()
        Meeting.unscoped.filter(pk=desk.meeting.pk).update(
            student_choice="Je vertelt aan de juf wat ze namens jou mag zeggen."
        )
        letter = for_carers(papers.document_of(desk, *PAPERS["invitation_carers"]))
    assert (letter.student_comes, letter.student_reads) == (False, True)
    text = page_of(desk, "invitation_carers")
    assert "Je bent er zelf niet bij. Je vertelt aan de juf" in text


def test_a_young_pupil_is_asked_through_the_parents(world):
    desk = papers.convened(world, student="noor")
    with as_system("test"):
        Invitee.unscoped.filter(meeting=desk.meeting, kind=InviteeKind.STUDENT).delete()
    assert "En Noor zelf?" in page_of(desk, "invitation_carers")


def test_a_report_without_parents_is_marked_provisional(world):
    desk = papers.reported(world)
    with as_system("test"):
        Meeting.unscoped.filter(pk=desk.meeting.pk).update(is_provisional=True)
    assert "Onder voorbehoud." in page_of(desk, "ot_report")


def test_the_closing_report_keeps_the_schools_own_file_out(world):
    text = page_of(papers.closed(world), "closing_report")
    for own in ("signaal", "consult", "VOT"):
        assert own not in text
