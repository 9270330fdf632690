"""The main job from beginning to end, by clicking and typing: from an imported school to a closed plan."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from cases.enums import (
    AgreementResult,
    Conclusion,
    ConsultOutcome,
    EvaluationConclusion,
    GoalResult,
)
from schools.enums import CarerRelation, CustodyValue
from schools.models import Group
from teams.enums import SessionKind
from teams.models import SupportTeam, SupportTeamDate
from tests.browser.story import MINUTE_SECONDS, Pupil, Story, oldest_of
from tests.browser.window import PHONE, Window, Windows
from tests.processes import MailServer, Service, wait_for
from tests.world import World

pytestmark = pytest.mark.browser

LOOKS_BACK_ON = date(2026, 12, 18)
VOT_ON, OT_ON, EVALUATION_ON = date(2027, 1, 12), date(2027, 1, 26), date(2027, 3, 9)


@pytest.fixture
def story(
    region: World,
    windows: Windows,
    celery_worker: Service,
    smtp_sink: MailServer,
    move_to: Callable[[timedelta], None],
) -> Story:
    team = SupportTeam.objects.get(organization__key="kade")
    for kind, on in ((SessionKind.VOT, VOT_ON), (SessionKind.OT, OT_ON)):
        SupportTeamDate.objects.create(team=team, kind=kind, on=on, starts_at=time(13))
    return Story(region, windows, smtp_sink, move_to)


def test_from_an_imported_school_to_a_closed_plan(story: Story, tmp_path: Path):
    pupil = school_imported(story, tmp_path)
    carers_entered(story, pupil)
    signal_noted(story, pupil)
    consult_held(story)
    agreement_evaluated(story)
    vot_convened(story)
    vot_held(story)
    ot_convened(story, pupil)
    ot_held(story, pupil)
    plan_started(story, pupil)
    plan_read_as_pdf(story, pupil)
    plan_evaluated(story)
    closed(story)
    assert [line for window in story.at.values() for line in window.complaints] == []


def school_imported(story: Story, folder: Path) -> Pupil:
    path = folder / "school.xml"
    call_command("make_edexml", pupils=60, school="kade", out=path)
    pupil = oldest_of(path)
    # The teacher stands before this group already; the file knows it by its own key.
    Group.objects.filter(school__organization__key="kade").update(key=pupil.group)
    window = story.ib
    window.click("School", "link")
    window.click("Importeren", "link")
    window.page.locator("#id_edexml_file").set_input_files(path)
    window.page.get_by_role("button", name="Bekijk wat er verandert").first.click()
    window.click("Voer door")
    window.click("Bekijk het resultaat", "link")
    window.page.get_by_role("heading", name="Wat er is veranderd").wait_for()
    return pupil


def carers_entered(story: Story, pupil: Pupil) -> None:
    window = story.ib
    window.click("School", "link")
    window.follow(f"/groepen/{Group.objects.get(organization__key='kade-5a').pk}/")
    window.page.get_by_role("link", name=pupil.name).click()
    student = window.path
    for relation, first_name in (
        (CarerRelation.MOTHER, "Linda"),
        (CarerRelation.FATHER, "Youssef"),
    ):
        window.page.get_by_role("link", name=re.compile("[Vv]erzorger")).first.click()
        window.fill("Voornaam", first_name)
        window.fill("Achternaam", pupil.last_name)
        window.page.locator("#id_relation").select_option(relation.value)
        window.choose("custody", CustodyValue.YES)
        window.fill("Gezag geldt sinds", pupil.born.isoformat())
        window.fill("E-mail", f"{first_name.lower()}@voorbeeld.example")
        window.page.locator("main form .btn").first.click()
        window.page.get_by_text("De verzorger is bewaard.").wait_for()
    head = story.head
    head.open(student)
    for _ in range(2):
        head.page.locator('main form[action*="/bevestigen/"] button').first.click()
        head.page.get_by_text("Het gezag is bevestigd.").wait_for()
    assert head.page.locator('main form[action*="/bevestigen/"]').count() == 0


def signal_noted(story: Story, pupil: Pupil) -> None:
    window = story.window("teacher-kade", viewport=PHONE, has_touch=True, is_mobile=True)
    window.open("/")
    assert window.overflow() <= 0
    window.page.locator('a[href="/signalen/nieuw/"]:visible').first.click()
    assert window.overflow() <= 0
    window.fill("Over wie", pupil.name)
    window.fill("Wat zag of hoorde u", "Blijft elke ochtend lang bij de deur staan.")
    window.tick("Ouders weten dit")
    window.page.get_by_role("button", name="Bewaren").first.click()
    window.page.wait_for_url(re.compile(r"/casussen/[0-9a-f-]+/"))
    assert window.overflow() <= 0
    story.case = window.path
    story.ib.open("/")
    story.ib.page.get_by_text(pupil.name).first.wait_for()


def consult_held(story: Story) -> None:
    window = story.take(story.ib, "T-02")
    window.tick("Met ouders")
    window.fill("Waar ging het over", "Slaapt slecht sinds de vakantie.")
    window.page.locator('main button[data-stap="T-02"]').click()
    story.take(window, "T-04")
    window.fill("Uw vraag", "Hoe helpen we een kind dat niet naar binnen durft?")
    window.tick("Education Omar")
    window.page.locator('main button[data-stap="T-04"]').click()
    asked = story.window("education-omar")
    asked.follow("/consulten/")
    asked.fill("Uw advies", "Spreek een vast begin van de dag af.")
    asked.choose("outcome", ConsultOutcome.AGREEMENTS)
    asked.click("Advies bewaren")
    story.take(window, "T-06")
    window.pick("#id_rows-0-doer", "Ib Kade")
    window.page.locator("#id_rows-0-what").fill("vangt op bij de deur")
    window.page.locator("#id_rows-0-needed").fill("tien minuten eerder op school")
    window.page.locator("#id_rows-0-yields").fill("binnen vijf minuten in de klas")
    window.page.locator("#id_rows-0-evaluate_on").fill(LOOKS_BACK_ON.isoformat())
    window.page.locator('main button[data-stap="T-06"]').click()
    window.page.get_by_text("vangt op bij de deur").first.wait_for()


def agreement_evaluated(story: Story) -> None:
    story.day(LOOKS_BACK_ON)
    window = story.open_mail("ib-kade", "18 december 2026", "/")
    story.on_case(window)
    window.page.locator('main a[href*="/evalueren/"]:visible').first.click()
    window.choose("result", AgreementResult.INSUFFICIENT)
    window.fill("Wat zag u", "Staat nog steeds een half uur bij de deur.")
    window.page.locator("main form .btn").first.click()
    window.page.get_by_text("De directeur is gevraagd om het VOT bijeen te roepen.").wait_for()


def vot_convened(story: Story) -> None:
    window = story.on_case(story.ib)
    window.page.get_by_role("link", name="Overleg").last.click()
    window.follow("/tafel/VOT/")
    window.choose("when", VOT_ON.isoformat())
    window.fill("Tekst bij de uitnodiging", "We kijken wat er nodig is voor een rustig begin.")
    window.click("Klaar: vraag de directeur")
    head = story.open_mail("head-kade", "tafel", "/stap/T-11/")
    head.click("Bijeenroepen en uitnodigen")
    head.page.locator("[aria-current=step]", has_text="VOT").wait_for()
    story.mail_to("teacher-kade", "12 januari 2027")


def item(story: Story, window: Window, kind: str) -> Window:
    """Open the item of a session from the case."""
    story.on_case(window)
    window.page.get_by_role("link", name="Overleg").last.click()
    window.page.locator('main a[href*="/overleg/"][href*="/casus/"]', has_text=kind).first.click()
    return window


def minuted(story: Story, kind: str, fill: Callable[[Window], None]) -> None:
    """Record who was there, write the report, and have the directeur make it final."""
    window = item(story, story.ib, kind)
    window.page.locator('main a[href$="/aanwezig/"]').first.click()
    window.click("Vastleggen")
    window.page.wait_for_url("**/verslag/")
    fill(window)
    window.click("Bewaren, en klaar voor de directeur")
    head = item(story, story.head, kind)
    head.page.locator('main form[action$="/definitief/"] button').click()
    head.page.get_by_text("Het verslag is definitief.").wait_for()


def vot_held(story: Story) -> None:
    story.day(VOT_ON)

    def fill(window: Window) -> None:
        window.page.locator("#id_NODIG").fill("Rust bij het begin van de dag.")

    minuted(story, "VOT", fill)
    window = story.take(story.ib, "T-13")
    assert window.page.locator('input[name="lead"]').first.is_checked()
    window.page.locator('main button[data-stap="T-13"]').click()
    window.page.locator("[aria-current=step]", has_text="OT").wait_for()
    window.click("Over de regie", "link")
    window.click("Ik neem de regie aan")
    window.page.get_by_text("U hebt de regie aangenomen.").wait_for()


def ot_convened(story: Story, pupil: Pupil) -> None:
    window = story.on_case(story.ib)
    window.page.get_by_role("link", name="Overleg").last.click()
    window.follow("/tafel/OT/")
    window.choose("when", OT_ON.isoformat())
    for name in ("Linda", "Youssef", pupil.first_name):
        assert window.page.get_by_label(re.compile(f"^{name}")).first.is_checked()
    window.click("Klaar: vraag de directeur")
    head = story.open_mail("head-kade", "tafel", "/stap/T-15/")
    head.click("Bijeenroepen en uitnodigen")
    head.page.locator("[aria-current=step]", has_text="OT").wait_for()
    wait_for(
        lambda: any("linda@voorbeeld.example" in mail.to for mail in story.sink.mails()),
        seconds=MINUTE_SECONDS,
        what="the invitation of a parent",
    )


def ot_held(story: Story, pupil: Pupil) -> None:
    story.day(OT_ON)
    window = item(story, story.ib, "OT")
    window.page.locator('main a[href$="/inbreng/"]').first.click()
    window.choose("voice", "student")
    window.fill("In hun eigen woorden", "Ik wil niet alleen naar binnen.")
    window.page.locator("main form .btn").first.click()

    def fill(window: Window) -> None:
        window.page.locator("#id_NODIG").fill("Een vast gezicht bij de deur.")
        window.choose("conclusion", Conclusion.BASIC)

    minuted(story, "OT", fill)


def plan_started(story: Story, pupil: Pupil) -> None:
    window = story.on_case(story.ib)
    window.page.get_by_role("link", name="Plan", exact=True).first.click()
    window.page.locator('main a[href$="/plan/schrijven/"]').first.click()
    page = window.page
    window.fill("De vraag van ouders en leerling", f"Hoe komt {pupil.first_name} rustig binnen?")
    page.locator("#id_goals-0-text").fill("Stapt zelf de klas in")
    page.locator("#id_goals-0-scale_start").select_option("3")
    page.locator("#id_measures-0-goal").select_option("0")
    window.pick("#id_measures-0-doer", "Ib Kade")
    page.locator("#id_measures-0-what").fill("staat om kwart over acht bij de deur")
    page.locator("#id_measures-0-needed").fill("een kwartier")
    page.locator("#id_measures-0-yields").fill("een rustige start")
    window.fill("Wat volgen we", "hoe de ochtend begint")
    page.locator("#id_evaluate_on").fill(EVALUATION_ON.isoformat())
    window.fill("Wie volgt het", "de leerkracht")
    page.locator("#id_monitoring_moments").fill("elke vrijdag")
    window.fill("Wie is erbij als we evalueren", "ouders, leerling en leerkracht")
    window.click("Plan bewaren")
    page.wait_for_url("**/plan/")
    head = story.take(story.head, "T-16")
    head.page.locator('main button[data-stap="T-16"]').click()
    head.page.get_by_text("Stapt zelf de klas in").first.wait_for()


def plan_read_as_pdf(story: Story, pupil: Pupil) -> None:
    window = story.on_case(story.ib)
    window.page.get_by_role("link", name="Stukken").first.click()
    window.page.get_by_text("verslag en plan").first.wait_for()
    report = window.page.locator("ul.rows > li", has_text=re.compile("[Vv]erslag")).first
    # The list refreshes itself while the worker makes it.
    report.locator('a[href^="/stukken/"]').wait_for(timeout=MINUTE_SECONDS * 1000)
    href = report.locator("a").get_attribute("href")
    answer = window.page.context.request.get(window.address + href)
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages).split()
    )
    for words in (pupil.first_name, "Een vast gezicht bij de deur.", "Stapt zelf de klas in"):
        assert words in text, text
    assert "Ik wil niet alleen naar binnen." in text


def plan_evaluated(story: Story) -> None:
    story.day(EVALUATION_ON)
    window = story.open_mail("ib-kade", "9 maart 2027", "/")
    story.take(window, "T-25")
    window.choose("result-", GoalResult.REACHED)
    window.page.locator('select[name^="scale-"]').select_option("8")
    window.tick("Ouders waren erbij")
    window.tick("De leerling was erbij")
    window.choose("conclusion", EvaluationConclusion.FINISH)
    window.page.locator('main button[data-stap="T-25"]').click()
    window.page.wait_for_url(f"**{story.case}")


def closed(story: Story) -> None:
    head = story.take(story.head, "T-27")
    head.page.locator('main button[data-stap="T-27"]').click()
    head.page.wait_for_url(f"**{story.case}")
    assert "afgerond" in head.text.lower()
