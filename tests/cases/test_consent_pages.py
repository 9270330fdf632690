"""The pages of consent: who must still answer, what ends, drafts, scans, reminders, Vandaag."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.core.files.base import ContentFile

from cases.actions import consents
from cases.consent_texts import CURRENT, TEXTS
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models import Consent, ConsentDecision, ConsentScan, Participant
from cases.notices import Notice
from cases.queries.facts import CaseFacts
from cases.scans import MOST_BYTES, ScanRefused, read_scan
from teams.enums import Role
from teams.models import OutboxEntry
from tests.cases.ladder import signaling_case
from tests.cases.late_ladder import PIXEL, act, consented, running_case
from tests.cases.test_late_pages import filled
from tests.world import NOW

GIVEN, WITHDRAWN = ConsentDecisionKind.GIVEN, ConsentDecisionKind.WITHDRAWN


@pytest.fixture
def browse(world, client):
    """Someone's browser, a week after the ladder begins."""

    def sign_in(key):
        person = world.people[key]
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        yield sign_in


def ask(world, case, purpose: str = "a", **more) -> Consent:
    given = {"purpose": purpose, "shared": "de vraag van school", **more}
    if purpose == "a":
        given["recipients"] = [world.organizations["family"]]
    return act(world, "ib-kade", consents.ask_consent, case.pk, given=given)


def test_the_page_says_who_must_still_answer_and_which_way_it_goes(world, browse):
    case = signaling_case(world)
    ask(world, case)
    page = browse("ib-kade").get(f"/casussen/{case.pk}/toestemming/").content.decode()
    assert "Er wordt nog gewacht op" in page and "moet nog antwoorden" in page
    assert 'De Kade</b> <span class="arrow" aria-hidden="true">→' in page


def test_a_draft_shows_what_parents_will_read_and_asks_nobody(world, browse):
    case = signaling_case(world)
    where = f"/casussen/{case.pk}/toestemming/?doel=c"
    given = filled(browse("ib-kade").get(where))
    given |= {"recipients": str(world.organizations["district"].pk), "concept": "1"}
    answer = browse("ib-kade").post(where, given)
    consent = Consent.unscoped.get()
    assert (answer.status_code, consent.asked_on) == (302, None)
    page = browse("ib-kade").get(answer["Location"]).content.decode()
    assert "Dit gaan ouders lezen" in page and "Dit geldt één kant op" in page
    assert "Antwoord vastleggen" not in page
    assert not CaseFacts(case, NOW.date()).is_valid("c", world.organizations["district"].pk)
    browse("ib-kade").post(f"/toestemming/{consent.pk}/concept/", {"weg": "1"})
    assert not Consent.unscoped.exists()
    draft = ask(world, case, is_draft=True)
    browse("ib-kade").post(f"/toestemming/{draft.pk}/concept/")
    assert Consent.unscoped.get().asked_on == NOW.date()


def test_before_withdrawing_the_page_names_who_stops_seeing_what(world, browse):
    case = running_case(world)
    Participant.unscoped.create(
        case=case,
        person=world.people["family-sanne"],
        role=Role.FAMILY_SPECIALIST,
        since=NOW.date(),
        dossier_id=case.dossier_id,
        created_at=NOW,
    )
    consented(world, case, "family", "swv", now=NOW + timedelta(days=9))
    consent = Consent.unscoped.get()
    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        page = browse("ib-kade").get(f"/toestemming/{consent.pk}/").content.decode()
    told = page.split("Wat intrekken betekent")[1]
    assert "Family Sanne" in told and "Ziet daarna niets meer van deze casus" in told
    assert "Samen Naar School moet eigen aantekeningen 3 jaar bewaren." in told
    assert "Gezin in Zicht moet eigen aantekeningen 20 jaar bewaren." in told


def test_the_scan_is_for_the_leads_of_the_school_only_and_never_a_page(world, browse):
    case = signaling_case(world)
    consented(world, case, "family")
    scan = ConsentScan.unscoped.first()
    answer = browse("head-kade").get(f"/toestemming/scan/{scan.pk}/")
    assert answer.status_code == 200 and answer.content == PIXEL
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    for key in ("teacher-kade", "family-sanne", "ib-werf"):
        assert browse(key).get(f"/toestemming/scan/{scan.pk}/").status_code == 404


def _pdf(**more) -> bytes:
    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    for name, value in more.items():
        pdf.Root[f"/{name}"] = value
    pdf.save(out)
    return out.getvalue()


def test_a_scan_is_what_its_content_says():
    assert read_scan(BytesIO(PIXEL), len(PIXEL)).content_type == "image/png"
    plain = _pdf()
    assert read_scan(BytesIO(plain), len(plain)).content_type == "application/pdf"
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    bad = [
        b"",
        b"<svg onload=x>",
        b"GIF89a",
        PIXEL[:20],
        b"%PDF-1.7 rubbish",
        _pdf(OpenAction=script),
    ]
    for content in bad:
        with pytest.raises(ScanRefused):
            read_scan(BytesIO(content), len(content))
    with pytest.raises(ScanRefused):
        read_scan(BytesIO(b""), MOST_BYTES + 1)


def test_a_yes_on_paper_needs_its_scan_and_a_no_needs_nothing(world, browse):
    case = signaling_case(world)
    consent = ask(world, case)
    mother = world.carers["noor"][0]
    where = f"/toestemming/{consent.pk}/?van={mother.pk}"
    given = filled(browse("ib-kade").get(where)) | {"form": ConsentForm.PAPER.value}
    refused = browse("ib-kade").post(where, given | {"decision": GIVEN.value})
    assert refused.status_code == 409 and "hoort een scan" in refused.content.decode()
    macro = ContentFile(b"<script>1</script>", "ja.png")
    refused = browse("ib-kade").post(where, given | {"decision": GIVEN.value, "scan": macro})
    assert refused.status_code == 422
    no = given | {"decision": ConsentDecisionKind.REFUSED.value}
    assert browse("ib-kade").post(where, no).status_code == 302
    assert not ConsentScan.unscoped.exists()


def test_carers_are_reminded_twice_at_most_and_once_a_day(world, browse):
    case = signaling_case(world)
    consent = ask(world, case)
    where, answered = f"/toestemming/{consent.pk}/herinneren/", []
    for day in (1, 1, 2, 3):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            answered.append(browse("ib-kade").post(where).status_code)
    assert answered == [302, 409, 302, 409]
    assert OutboxEntry.objects.filter(kind=Notice.CONSENT_REMINDER).count() == 4
    page = browse("ib-kade").get(f"/toestemming/{consent.pk}/").content.decode()
    assert "Per e-mail herinnerd op" in page


def test_vandaag_tells_what_waits_and_what_ends(world, browse):
    case = signaling_case(world)
    ask(world, case)
    assert "Wacht op toestemming" in browse("ib-kade").get("/").content.decode()
    with_end = ask(world, case, ends_on=NOW.date() + timedelta(days=20))
    for carer in world.carers["noor"]:
        given = {"giver": str(carer.pk), "decision": GIVEN, "form": ConsentForm.SPOKEN}
        given["witness"] = world.people["teacher-kade"]
        act(world, "ib-kade", consents.answer_consent, with_end.pk, given=given)
    page = browse("ib-kade").get("/").content.decode()
    assert "Toestemming eindigt" in page


def test_a_pupil_of_13_is_heard_before_it_holds(world):
    case = signaling_case(world, student="daan")
    consent = ask(world, case)
    for carer in world.carers["daan"]:
        given = {"giver": str(carer.pk), "decision": GIVEN, "form": ConsentForm.SPOKEN}
        given["witness"] = world.people["teacher-kade"]
        act(world, "ib-kade", consents.answer_consent, consent.pk, given=given)
    own = world.organizations["family"].pk
    assert not CaseFacts(case, NOW.date()).is_covered(own)
    heard = {
        "giver": "student",
        "decision": ConsentDecisionKind.HEARD,
        "form": ConsentForm.SPOKEN,
    }
    act(world, "ib-kade", consents.answer_consent, consent.pk, given=heard)
    assert CaseFacts(case, NOW.date()).is_covered(own)


def test_a_later_text_changes_nothing_of_what_was_read(world, monkeypatch):
    case = signaling_case(world)
    before = ask(world, case).text
    words = {**TEXTS[CURRENT], ConsentPurpose.DISCUSS_NAMED: TEXTS[CURRENT]["h"]}
    monkeypatch.setitem(TEXTS, CURRENT, words)
    after = ask(world, case).text
    kept = list(Consent.unscoped.order_by("created_at").values_list("text", flat=True))
    assert before in kept and after in kept and before != after


def test_a_giver_with_an_account_answers_and_takes_back_without_anyone_between(world):
    case = signaling_case(world)
    consent = ask(world, case)
    mother = world.carers["noor"][0]
    own = replace(world.actor("attendance-piet"), role=Role.CARER)
    for decision in (GIVEN, WITHDRAWN):
        consents.decide_oneself(
            consent.pk, giver=str(mother.pk), decision=decision, actor=own, now=NOW
        )
    rows = ConsentDecision.unscoped.order_by("created_at")
    assert {(row.form, row.account_id) for row in rows} == {("DIGITAAL", own.person_id)}
