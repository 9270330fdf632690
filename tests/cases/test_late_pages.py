"""The pages of the late route, walked through HTTP: table, session, report, plan, evaluation."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from cases.actions.consents import withdraw_consent
from cases.actions.minutes import save_minutes
from cases.enums import (
    CaseState,
    Conclusion,
    ConsentDecisionKind,
    ConsentForm,
    EvaluationConclusion,
    GoalResult,
    LeadState,
    MeetingKind,
    MeetingState,
)
from cases.models import (
    Agreement,
    Case,
    CaseLead,
    ConsentDecision,
    Contribution,
    Goal,
    Invitee,
    Meeting,
    MeetingLine,
    Plan,
)
from teams.models import User
from tests.cases.ladder import agreements_case
from tests.cases.late_ladder import (
    act,
    consented,
    current,
    hold,
    lay,
    ot_case,
    ot_preparing_case,
    running_case,
    school_table,
    vot_case,
    vot_requested_case,
)
from tests.world import NOW

MOMENT = {"now": NOW}
OT_DAY = NOW + timedelta(days=6)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    MOMENT["now"] = NOW
    monkeypatch.setattr("teams.clock.now", lambda: MOMENT["now"])


@pytest.fixture
def browse(world, client):
    def sign_in(key, *, now=None):
        MOMENT["now"] = now or MOMENT["now"]
        client.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


class Fields(HTMLParser):
    """What a browser would post of the one form on a page that has text fields."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.area = self.select = ""
        self.first = ""

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        name = at.get("name", "")
        if tag == "input" and name and at.get("type") not in {"submit", "button"}:
            ticked = at.get("type") not in {"checkbox", "radio"} or "checked" in at
            if ticked:
                default = "on" if at.get("type") == "checkbox" else ""
                self.values.setdefault(name, []).append(at.get("value") or default)
        elif tag == "textarea":
            self.area = name
            self.values.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, []).append("")
        elif tag == "option" and "selected" in at and self.select:
            self.values[self.select] = [at.get("value", "")]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data):
        if self.area:
            self.values[self.area][-1] += data.removeprefix("\n")


def filled(answer) -> dict:
    """The form as it was shown, ready to change and post."""
    assert answer.status_code == 200, answer.content.decode()[:2000]
    parser = Fields()
    parser.feed(answer.content.decode().split("<template", 1)[0] + "")
    parser.feed("".join(part.split("</template>", 1)[-1] for part in _after(answer)))
    values = {name: values for name, values in parser.values.items() if "__prefix__" not in name}
    return {name: value if len(value) > 1 else value[0] for name, value in values.items()}


def _after(answer) -> list[str]:
    return answer.content.decode().split("<template")[1:]


def test_the_table_is_laid_counted_and_convened_in_two_taps(world, browse):
    case = vot_requested_case(world)
    where = f"/casussen/{case.pk}/tafel/VOT/"
    page = browse("ib-kade").get(where)
    given = filled(page) | {
        "when": "other",
        "other_on": "2026-11-26",
        "starts_at": "13:00",
        "is_urgent": "on",
        "is_ready": "1",
    }
    counting = browse("ib-kade").post(where, given, headers={"HX-Request": "true"})
    assert "professional" in counting.content.decode()
    assert not Meeting.unscoped.exists()
    assert browse("ib-kade").post(where, given).status_code == 302
    meeting = Meeting.unscoped.get()
    assert Invitee.unscoped.filter(meeting=meeting).count() == 2
    session = browse("head-kade").get(f"/overleg/{meeting.session_id}/").content.decode()
    assert 'data-stap="T-11"' in session and "Noor Veen" in session
    answer = browse("head-kade").post(f"/casussen/{case.pk}/stap/T-11/")
    assert answer.status_code == 302
    assert Case.unscoped.get().state == CaseState.VOT


def test_a_grey_button_says_what_is_missing(world, browse):
    case = vot_requested_case(world)
    meeting = lay(world, case, MeetingKind.VOT, [])
    page = browse("head-kade").get(f"/overleg/{meeting.session_id}/").content.decode()
    assert 'data-reden="table_is_laid"' in page
    answer = browse("head-kade").post(f"/casussen/{case.pk}/stap/T-11/")
    assert answer.status_code == 409
    assert browse("ib-kade").post(f"/casussen/{case.pk}/stap/T-11/").status_code == 403
    assert browse("head-werf").post(f"/casussen/{case.pk}/stap/T-11/").status_code == 404


def test_s06_a_large_table_asks_the_head_why(world, browse):
    case = vot_requested_case(world)
    rows = school_table(world)
    for number in range(6):
        person = User.objects.create_user(
            f"extra{number}@kade.example", first_name="Extra", last_name=str(number)
        )
        rows.append({**rows[0], "person": person})
    lay(world, case, MeetingKind.VOT, rows)
    where = f"/casussen/{case.pk}/stap/T-11/"
    refused = browse("head-kade").post(where)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "8 professionals" in page and 'name="size_reason"' in page
    assert browse("head-kade").post(where, {"size_reason": "Twee klassen."}).status_code == 302


def test_the_list_is_convened_in_one_act(world, browse):
    case = vot_requested_case(world)
    meeting = lay(world, case, MeetingKind.VOT, school_table(world))
    where = f"/overleg/{meeting.session_id}/bijeenroepen/"
    assert browse("ib-kade").post(where).status_code == 403
    assert browse("head-werf").post(where).status_code == 404
    assert browse("head-kade").post(where).status_code == 302
    assert Meeting.unscoped.get().state == MeetingState.CONVENED


def test_whoever_is_invited_sees_only_that_item(world, browse):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    where = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/"
    page = browse("teacher-kade").get(where).content.decode()
    assert "Wie zit aan tafel" in page and "Verslag schrijven" not in page
    assert "Noor Veen" in browse("teacher-kade").get("/overleg/").content.decode()
    assert browse("family-sanne").get(where).status_code == 404
    assert browse("family-sanne").get(f"/overleg/{meeting.session_id}/").status_code == 404
    assert "Noor" not in browse("family-sanne").get("/overleg/").content.decode()
    assert browse("teacher-kade").get(f"{where}verslag/").status_code == 403


def test_the_calendar_file_names_no_child(world, browse):
    meeting = current(vot_case(world), MeetingKind.VOT)
    where = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/agenda.ics"
    answer = browse("teacher-kade").get(where)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"Noor" not in answer.content and b"Veen" not in answer.content


def test_the_report_is_written_finalized_and_read(world, browse):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    item = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/"
    voice = {"voice": str(world.carers["noor"][0].pk), "text": "Wij willen rust."}
    browse("ib-kade", now=OT_DAY).post(f"{item}inbreng/", voice)
    assert Contribution.unscoped.get().text == "Wij willen rust."
    held = filled(browse("ib-kade").get(f"{item}aanwezig/")) | {"guests": "Oma Bep"}
    assert browse("ib-kade").post(f"{item}aanwezig/", held).status_code == 302
    given = filled(browse("ib-kade").get(f"{item}verslag/"))
    assert any("Wij willen rust." in str(value) for value in given.values())
    given |= {
        "DOELEN": "Noor stapt zelf de klas in",
        "conclusion": Conclusion.BASIC.value,
        "rows-0-doer": f"staff:{world.people['ib-kade'].pk}",
        "rows-0-what": "vangt op bij de deur",
        "rows-0-needed": "tien minuten",
        "rows-0-yields": "een rustige start",
        "rows-0-evaluate_on": "2027-01-15",
    }
    assert browse("ib-kade").post(f"{item}verslag/", given).status_code == 302
    assert Agreement.unscoped.get(meeting=meeting).what == "vangt op bij de deur"
    assert browse("ib-kade").post(f"{item}definitief/").status_code == 403
    assert browse("head-kade").post(f"{item}definitief/").status_code == 302
    page = browse("teacher-kade").get(item).content.decode()
    assert "Noor stapt zelf de klas in" in page
    sheet = browse("ib-kade").get(f"{item}overlegblad/").content.decode()
    assert "vangt op bij de deur" in sheet and "Voor Linda Veen" in sheet


def test_s27_two_writers_see_both_versions(world, browse):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    where = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/verslag/"
    shown = filled(browse("ib-kade").get(where))
    browse("ib-kade").post(where, shown | {"NODIG": "Rust."})
    answer = browse("head-kade").post(where, shown | {"NODIG": "Structuur."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rust." in page and "Structuur." in page
    kept = shown | {"NODIG": "Rust.\n\nStructuur.", "version": "1"}
    assert browse("head-kade").post(where, kept).status_code == 302
    assert MeetingLine.unscoped.get(meeting=meeting, section="NODIG", source_kind="").text


def test_a_line_that_the_other_did_not_save_is_not_lost(world, browse):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    where = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/verslag/"
    shown = filled(browse("ib-kade").get(where))
    key = next(name for name in shown if ".signal." in name)
    only = {"version": 0, "lines": {"NODIG": "Rust."}}
    act(world, "head-kade", save_minutes, meeting.pk, given=only)
    answer = browse("ib-kade").post(where, shown | {key: "Korter gezegd.", "version": "1"})
    assert answer.status_code == 302
    assert MeetingLine.unscoped.get(meeting=meeting, source_kind="signal").text == "Korter gezegd."


def test_the_plan_opens_with_what_the_ot_said_and_starts(world, browse):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    texts = {
        "lines": {"DOELEN": "Noor stapt zelf de klas in", "GOED": "Ze lacht vaak."},
        "conclusion": Conclusion.BASIC,
    }
    hold(world, meeting, now=OT_DAY, **texts)
    where = f"/casussen/{case.pk}/plan/schrijven/"
    given = filled(browse("ib-kade", now=OT_DAY).get(where))
    assert given["goals-0-text"] == "Noor stapt zelf de klas in"
    assert given["strengths"] == "Ze lacht vaak."
    given |= {
        "goals-0-scale_start": "3",
        "measures-0-goal": "0",
        "measures-0-doer": f"staff:{world.people['ib-kade'].pk}",
        "measures-0-what": "vangt op bij de deur",
        "measures-0-needed": "tien minuten",
        "measures-0-yields": "een rustige start",
        "evaluate_on": "2027-01-20",
        "monitoring_indicators": "hoe de dag begint",
    }
    answer = browse("ib-kade").post(where, given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    browse("head-kade").post(f"/overleg/{meeting.session_id}/casus/{meeting.pk}/definitief/")
    refused = browse("head-kade").post(f"/casussen/{case.pk}/stap/T-16/")
    assert refused.status_code == 409 and "lead_is_accepted" in refused.content.decode()
    browse("ib-kade").post(f"/casussen/{case.pk}/regie/antwoord/", {"answer": "ja"})
    assert browse("head-kade").post(f"/casussen/{case.pk}/stap/T-16/").status_code == 302
    page = browse("ib-kade").get(f"/casussen/{case.pk}/plan/").content.decode()
    assert "Noor stapt zelf de klas in" in page and "hoe de dag begint" in page


def test_an_evaluation_per_goal_and_the_end(world, browse):
    case = running_case(world)
    goal = Goal.unscoped.get()
    where = f"/casussen/{case.pk}/stap/T-25/"
    given = filled(browse("ib-kade", now=NOW + timedelta(days=40)).get(where)) | {
        f"result-{goal.pk}": GoalResult.REACHED.value,
        f"scale-{goal.pk}": "8",
        "with_carers": "on",
        "conclusion": EvaluationConclusion.FINISH.value,
    }
    answer = browse("ib-kade").post(where, given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    end = f"/casussen/{case.pk}/stap/T-27/"
    assert browse("head-kade").get(end).status_code == 200
    assert browse("head-kade").post(end).status_code == 302
    assert Case.unscoped.get().state == CaseState.CLOSED
    assert Plan.unscoped.get().state == "ENDED"
    table = browse("ib-kade").get(f"/casussen/{case.pk}/tafel/OT/")
    assert table.status_code == 409 and "loopt niet meer" in table.content.decode()


def test_consent_is_asked_answered_and_withdrawn_in_words(world, browse):
    case = agreements_case(world)
    where = f"/casussen/{case.pk}/toestemming/"
    given = filled(browse("ib-kade").get(where))
    given["recipients"] = [str(world.organizations["family"].pk)]
    assert browse("ib-kade").post(where, given).status_code == 302
    page = browse("ib-kade").get(where).content.decode()
    assert "Er wordt nog gewacht op" in page
    link = re.search(r'href="/toestemming/([^"]*van=[^"#]*)', page)
    answer = link[1] if link else ""
    shown = browse("ib-kade").get(f"/toestemming/{answer}")
    said = filled(shown) | {
        "decision": ConsentDecisionKind.GIVEN.value,
        "form": ConsentForm.SPOKEN.value,
    }
    refused = browse("ib-kade").post(f"/toestemming/{answer}", said)
    assert refused.status_code == 409
    said["witness"] = str(world.people["teacher-kade"].pk)
    assert browse("ib-kade").post(f"/toestemming/{answer}", said).status_code == 302
    said |= {"decision": ConsentDecisionKind.WITHDRAWN.value}
    later = NOW + timedelta(minutes=5)
    assert browse("ib-kade", now=later).post(f"/toestemming/{answer}", said).status_code == 302
    assert ConsentDecision.unscoped.count() == 2
    assert "wil dit niet meer" in browse("ib-kade").get(where).content.decode()


def test_the_regie_is_offered_on_its_page(world, browse):
    case = running_case(world)
    where = f"/casussen/{case.pk}/regie/"
    page = browse("head-kade", now=OT_DAY).get(where).content.decode()
    assert "Ib Kade" in page
    key = f"{world.people['head-kade'].pk}:HEAD"
    assert browse("ib-kade").post(where, {"candidate": key}).status_code == 409
    given = {"candidate": key, "handover": "Moeder belt op vrijdag."}
    assert browse("ib-kade").post(where, given).status_code == 302
    answer = f"{where}antwoord/"
    assert browse("teacher-kade").post(answer, {"answer": "ja"}).status_code == 403
    browse("head-kade").post(answer, {"answer": "nee", "reason": "Te druk."})
    held = CaseLead.unscoped.get(state=LeadState.ACCEPTED)
    assert held.person == world.people["ib-kade"]


@pytest.mark.parametrize("rung", [agreements_case, vot_case, ot_preparing_case, running_case])
@pytest.mark.parametrize("part", ["plan", "overleg", "regie", "toestemming", "voorzieningen"])
def test_every_tab_opens_at_every_point(world, browse, rung, part):
    case = rung(world)
    for key in ("ib-kade", "head-kade", "teacher-kade"):
        answer = browse(key, now=OT_DAY).get(f"/casussen/{case.pk}/{part}/")
        assert answer.status_code == 200, (key, answer.content.decode()[:2000])


def test_every_late_step_has_a_page(world, browse):
    case = running_case(world)
    for code in ("T-25", "T-26"):
        answer = browse("ib-kade", now=OT_DAY).get(f"/casussen/{case.pk}/stap/{code}/")
        assert answer.status_code == 200
    assert browse("head-kade").get(f"/casussen/{case.pk}/stap/T-27/").status_code == 200


def test_an_outsider_at_the_table_reads_with_consent_only(world, browse):
    case = vot_requested_case(world)
    consented(world, case, "family")
    rows = [*school_table(world)]
    person = world.people["family-sanne"]
    rows.append({**rows[0], "person": person, "role": "FAMILY_SPECIALIST"})
    meeting = lay(world, case, MeetingKind.VOT, rows)
    browse("head-kade").post(f"/casussen/{case.pk}/stap/T-11/")
    where = f"/overleg/{meeting.session_id}/casus/{meeting.pk}/"
    assert browse("family-sanne").get(where).status_code == 200
    assert browse("family-sanne").get(f"/leerlingen/{case.student_id}/").status_code == 403
    given = {"giver": str(world.carers["noor"][0].pk), "form": ConsentForm.PAPER}
    consent = ConsentDecision.unscoped.first().consent
    act(world, "ib-kade", withdraw_consent, consent.pk, given=given)
    assert browse("family-sanne").get(where).status_code == 404
