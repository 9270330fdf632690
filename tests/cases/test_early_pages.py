"""The pages of the early route, walked through HTTP."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.enums import CaseState
from cases.models import (
    Agreement,
    Case,
    ConsultAsked,
    Conversation,
    Draft,
    Note,
    Signal,
)
from cases.seating import reseat
from teams.access.actor import acting_as
from teams.enums import Role
from teams.models import Assignment
from tests.cases import late_ladder
from tests.cases.ladder import agreements_case, consulting_case, open_consult, signaling_case
from tests.world import NOW


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch):
    monkeypatch.setattr("teams.clock.now", lambda: NOW)


@pytest.fixture
def browse(world, client):
    def sign_in(key):
        client.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.mark.parametrize(
    "key", ["teacher-kade", "ib-kade", "head-kade", "family-sanne", "education-omar", "admin-bo"]
)
def test_everyone_has_a_today(world, browse, key):
    agreements_case(world)
    answer = browse(key).get("/")
    assert answer.status_code == 200
    assert "Goedemorgen" in answer.content.decode()


@pytest.mark.parametrize("key", ["teacher-kade", "ib-kade", "head-kade"])
@pytest.mark.parametrize(
    "rung",
    [
        late_ladder.vot_requested_case,
        late_ladder.vot_case,
        late_ladder.ot_preparing_case,
        late_ladder.ot_case,
        late_ladder.running_case,
    ],
)
def test_today_and_the_case_page_tell_every_station(world, browse, monkeypatch, rung, key):
    later = NOW + timedelta(days=14)
    monkeypatch.setattr("teams.clock.now", lambda: later)
    case = rung(world)
    for where in ("/", f"/casussen/{case.pk}/", f"/casussen/{case.pk}/meekijken/"):
        assert browse(key).get(where).status_code == 200


def test_the_head_convenes_from_today_in_two_taps(world, browse):
    case = late_ladder.vot_requested_case(world)
    step = f"/casussen/{case.pk}/stap/T-11/"
    assert step in browse("head-kade").get("/").content.decode()


def test_a_teacher_notes_a_signal_from_a_typed_name(world, browse):
    page = browse("teacher-kade").get("/signalen/nieuw/").content.decode()
    assert "Noor Veen · 5A" in page
    assert "Veilig Thuis" in page
    given = {"about": "noor", "observation": "Bleef bij de deur staan.", "topics": ["WELBEVINDEN"]}
    answer = browse("teacher-kade").post("/signalen/nieuw/", given)
    case = Case.unscoped.get()
    assert answer.url == f"/casussen/{case.pk}/"
    assert Signal.unscoped.get().topics == ["WELBEVINDEN"]


def test_a_name_that_is_not_ours_keeps_what_was_typed(world, browse):
    given = {"about": "Yara", "observation": "Stil."}
    answer = browse("teacher-kade").post("/signalen/nieuw/", given)
    assert answer.status_code == 422
    assert "Stil." in answer.content.decode()
    assert not Signal.unscoped.exists()


def test_a_signal_without_a_name_is_linked_by_the_coordinator(world, browse):
    browse("family-sanne").post("/signalen/nieuw/", {"observation": "Twee kinderen zonder jas."})
    signal = Signal.unscoped.get()
    assert "Twee kinderen" in browse("ib-kade").get("/signalen/").content.decode()
    where = f"/signalen/{signal.pk}/koppelen/"
    assert browse("ib-kade").post(where, {"about": "Piet"}).status_code == 422
    answer = browse("ib-kade").post(where, {"about": "Noor Veen · 5A"})
    assert answer.url == f"/casussen/{Case.unscoped.get().pk}/"
    assert "Twee kinderen" not in browse("ib-kade").get("/signalen/").content.decode()
    assert browse("teacher-kade").get("/signalen/").status_code == 403


def test_a_short_contact_takes_no_step(world, browse):
    case = signaling_case(world)
    given = {"about": "Noor Veen · 5A", "text": "Lachte bij het hek.", "with_whom": "moeder"}
    browse("teacher-kade").post("/notities/nieuw/", given)
    assert Note.unscoped.get().case == case
    page = browse("ib-kade").get(f"/casussen/{case.pk}/").content.decode()
    assert "Kort contact met moeder" in page


@pytest.mark.parametrize("key", ["teacher-kade", "ib-kade", "head-kade"])
@pytest.mark.parametrize("rung", [signaling_case, consulting_case, agreements_case])
def test_the_case_page_shows_route_table_and_timeline(world, browse, key, rung):
    case = rung(world)
    answer = browse(key).get(f"/casussen/{case.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-current="step"' in page
    assert "Linda Veen" in page
    assert "Bleef vanochtend lang bij de deur staan." in page
    assert "data-stap" in page


def test_strangers_see_no_case(world, browse):
    case = consulting_case(world)
    for key in ("ib-werf", "education-omar", "nurse-fien"):
        assert browse(key).get(f"/casussen/{case.pk}/").status_code == 404


@pytest.mark.parametrize("where", ["/", "/casussen/", "/signalen/nieuw/", "/notities/nieuw/"])
def test_who_was_asked_without_a_name_reads_no_name_anywhere(world, browse, where):
    case = consulting_case(world)
    given = {"advice": "Begin klein."}
    browse("education-omar").post(f"/consulten/{open_consult(case).pk}/", given)
    actor = world.actor("ib-kade")
    with acting_as(actor):
        also = [world.people["family-sanne"].assignments.get()]
        consult = open_consult(case)
        shared = {"dossier_id": case.dossier_id, "created_at": NOW, "audience": consult.audience}
        ConsultAsked.unscoped.create(
            consult=consult, person=also[0].person, role=also[0].role, created_by=None, **shared
        )
        reseat(case, day=NOW.date())
    for key in ("education-omar", "family-sanne"):
        page = browse(key).get(where).content.decode()
        for secret in ("Noor", "Veen", case.number):
            assert secret not in page, (key, secret)


def test_who_can_look_is_told_in_sentences(world, browse):
    case = consulting_case(world)
    page = browse("ib-kade").get(f"/casussen/{case.pk}/meekijken/").content.decode()
    assert "intern begeleider van De Kade" in page
    assert "alleen de vraag die aan deze persoon is gesteld" in page


def test_the_asked_one_reads_no_name_and_answers(world, browse):
    case = consulting_case(world)
    consult = open_consult(case)
    page = browse("education-omar").get(f"/consulten/{consult.pk}/").content.decode()
    assert "9 tot en met 11 jaar" in page
    for secret in ("Noor", "Veen", case.number):
        assert secret not in page
    given = {"advice": "Begin klein.", "outcome": "2"}
    answer = browse("education-omar").post(f"/consulten/{consult.pk}/", given)
    assert answer.status_code == 302
    assert "Begin klein." in browse("ib-kade").get(f"/consulten/{consult.pk}/").content.decode()
    assert browse("nurse-fien").get(f"/consulten/{consult.pk}/").status_code == 404


def test_the_whole_way_from_talk_to_agreements_by_forms(world, browse):
    browse("teacher-kade").post("/signalen/nieuw/", {"about": "noor", "observation": "Stil."})
    case = Case.unscoped.get()
    where = f"/casussen/{case.pk}/stap"
    client = browse("ib-kade")
    assert "nog geen gesprek" in client.get(f"{where}/T-04/").content.decode()
    talk = {"with_carers": "on", "content": "Slaapt slecht.", "held_on": "2026-11-20"}
    assert client.post(f"{where}/T-02/", talk).status_code == 302
    assert Conversation.unscoped.get().content == "Slaapt slecht."
    refused = client.post(f"{where}/T-04/", {"question": "Wat nu?"})
    assert refused.status_code == 409
    assert "Wat nu?" in refused.content.decode()
    colleague = world.people["education-omar"].assignments.get()
    asked = {"question": "Wat nu?", "asked": [colleague.pk]}
    assert client.post(f"{where}/T-04/", asked).status_code == 302
    rows = {
        "rows-TOTAL_FORMS": "2",
        "rows-INITIAL_FORMS": "0",
        "rows-0-doer": f"staff:{world.people['teacher-kade'].pk}",
        "rows-0-what": "vangt op bij de deur",
        "rows-0-needed": "tien minuten",
        "rows-0-yields": "",
        "rows-0-evaluate_on": "2026-12-14",
        "rows-1-evaluate_on": "2026-12-21",
    }
    refused = client.post(f"{where}/T-06/", rows)
    assert refused.status_code == 409
    assert "wat moet het opleveren" in refused.content.decode()
    assert "vangt op bij de deur" in refused.content.decode()
    assert client.post(f"{where}/T-06/", {**rows, "rows-0-yields": "rust"}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.AGREEMENTS


def test_an_agreement_is_evaluated_by_form_and_asks_for_the_vot(world, browse):
    case = agreements_case(world)
    row = Agreement.unscoped.get()
    where = f"/afspraken/{row.pk}/evalueren/"
    assert browse("ib-kade").post(where, {}).status_code == 422
    answer = browse("ib-kade").post(where, {"result": "ONVOLDOENDE", "result_note": "Nee."})
    assert answer.url == f"/casussen/{case.pk}/"
    case.refresh_from_db()
    assert case.state == CaseState.VOT_REQUESTED
    assert browse("ib-werf").get(where).status_code == 404


def test_a_group_is_walked_in_one_save(world, browse):
    case = agreements_case(world)
    group = world.groups["kade"]
    client = browse("teacher-kade")
    assert client.get("/groepsbespreking/").url == f"/groepsbespreking/{group.pk}/"
    where = f"/groepsbespreking/{group.pk}/"
    page = client.get(where).content.decode()
    assert "Onderlinge afspraken" in page and "geen casus" in page
    noor, daan = world.students["noor"].pk, world.students["daan"].pk
    client.post(where, {f"line-{noor}": "Rustiger.", f"tick-{daan}": "on"})
    notes = {note.student_id: note for note in Note.unscoped.all()}
    assert notes[noor].case == case
    assert notes[daan].text == "Besproken, geen bijzonderheden."
    assert browse("teacher-werf").get(where).status_code == 404


def test_the_list_finds_by_name_without_accents_number_and_group(world, browse):
    case = signaling_case(world)
    client = browse("ib-kade")
    for search in ("Noor", "vèén", case.number, "5a"):
        page = client.get("/casussen/", {"zoek": search}).content.decode()
        assert "Noor Veen" in page and "1 casus" in page, search
    assert "Geen casussen" in client.get("/casussen/", {"zoek": "Xander"}).content.decode()
    assert "Geen casussen" in client.get("/casussen/", {"stand": "OT"}).content.decode()
    assert "Noor Veen" in client.get("/casussen/", {"vorm": "bord"}).content.decode()
    assert "Noor Veen" in client.get("/casussen/", {"wacht": "ja"}).content.decode()
    assert "Noor" not in browse("ib-werf").get("/casussen/").content.decode()


def test_a_draft_is_for_the_writers_eyes_only_and_goes_when_saved(world, browse):
    case = signaling_case(world)
    where = f"/concepten/stap/{case.pk}/T-04/question"
    browse("ib-kade").post(where, {"text": "Half af"})
    assert browse("ib-kade").get(where).json()["text"] == "Half af"
    assert browse("teacher-kade").get(where).status_code == 204
    asked = world.people["education-omar"].assignments.get().pk
    browse("ib-kade").post(f"/casussen/{case.pk}/stap/T-04/", {"question": "Af", "asked": [asked]})
    assert not Draft.objects.exists()


def test_a_card_is_read_by_all_and_changed_by_its_owner(world, browse):
    person = world.people["family-sanne"]
    browse("family-sanne").post(
        "/mensen/mijn-kaart/", {"phone": "010 1234567", "days": ["DI"], "introduction": "Hoi."}
    )
    page = browse("teacher-kade").get(f"/mensen/{person.pk}/").content.decode()
    assert "010 1234567" in page and "dinsdag" in page and "Mijn kaart aanpassen" not in page


def test_a_role_is_taken_only_by_who_has_it(world, browse):
    assert browse("teacher-kade").post("/rol/", {"role": "HEAD"}).status_code == 403
    client = browse("teacher-kade")
    Assignment.objects.create(
        person=world.people["teacher-kade"],
        role=Role.HEAD,
        organization=world.organizations["kade"],
        since=NOW.date(),
    )
    assert "Werken als" in client.get("/").content.decode()
    assert client.post("/rol/", {"role": "HEAD"}).url == "/"
    assert "directeur, De Kade" in client.get("/").content.decode()


def test_the_export_equals_the_screen(world, browse):
    signaling_case(world)
    signaling_case(world, student="daan")
    client = browse("ib-kade")
    screen = client.get("/casussen/", {"zoek": "Noor"}).content.decode()
    rows = client.get("/casussen/", {"zoek": "Noor", "als": "csv"}).content.decode("utf-8-sig")
    assert "Noor Veen" in screen and "Daan" not in screen
    assert [line.split(";")[0] for line in rows.splitlines()] == ["Leerling", "Noor Veen"]
    book = client.get("/casussen/", {"als": "xlsx"})
    sheet = load_workbook(BytesIO(book.content)).active
    assert {row[0] for row in sheet.iter_rows(values_only=True)} == {
        "Leerling",
        "Noor Veen",
        "Daan Kok",
    }


def test_the_list_is_cut_by_key_and_loses_nobody(world, browse, monkeypatch):
    monkeypatch.setattr("cases.pages.case_list.PAGE_SIZE", 1)
    first = signaling_case(world)
    second = signaling_case(world, student="daan")
    client = browse("ib-kade")
    page = client.get("/casussen/").context["page"]
    following = client.get(page.pager.next_url).context["page"]
    numbers = {line.number for line in (*page.lines, *following.lines)}
    assert numbers == {first.number, second.number}
    assert not following.pager.next_url and following.pager.previous_url
