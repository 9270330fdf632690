"""The main job from end to end: an imported school, a signal, consult, VOT, OT, plan, PDF, closing."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from cases.enums import Conclusion, EvaluationConclusion, GoalResult
from schools.imports.sample import write_edexml
from schools.models import Enrollment, Student
from teams.access.actor import as_system
from teams.models import Assignment
from tests.scenarios.route import Route
from tests.scenarios.ways import QUESTION, accepted, agreement, item_of, lay

OBSERVATION = "Bleef vanochtend lang bij de deur staan."
GOAL = "stapt zelf de klas in"
TALK = "Slaapt slecht sinds de vakantie."
PARENTS_WORDS = "Zij wil thuis ook niet weg."
FAILED = "Zij bleef toch buiten staan."
MEASURE = "vangt op bij de deur"
VOICE = "Wij willen vooral rust in de ochtend."


def _imported(route: Route) -> None:
    """The intern begeleider uploads the school's file, looks, and carries it through."""
    stream, path = BytesIO(), f"/scholen/{route.world.schools['kade'].pk}/import/"
    write_edexml(stream, school_key="kade", brin="99ZZ", pupils=60, today=route.today)
    file = SimpleUploadedFile("school.xml", stream.getvalue())
    looked = route.ib.send(path, kind="EDEXML", file=file)
    assert "60 leerlingen in het bestand" in looked.text, looked
    committed = route.ib.post(looked.path, is_sure="on")
    assert committed.is_done, committed
    route.mails()
    assert "Wat er is veranderd" in route.ib.get(looked.path).text


def _pupil(route: Route) -> Student:
    """A pupil of about nine from the file; our teacher teaches that group from now on."""
    with as_system("the scenario chooses a pupil"):
        rows = Enrollment.objects.filter(year_group="5", school=route.world.schools["kade"])
        row = rows.select_related("student", "group").exclude(key__in=["noor", "daan"])[0]
    post = Assignment.objects.get(person=route.teacher.user)
    post.organization = row.group.organization
    post.save()
    return row.student


def _parents(route: Route, student: Student) -> None:
    """The intern begeleider enters both parents; the directeur confirms their custody."""
    page = f"/leerlingen/{student.pk}/"
    for name, relation in (("Samira", "MOTHER"), ("Joost", "FATHER")):
        given = {"first_name": name, "last_name": "Aarts", "relation": relation, "custody": "YES"}
        contact = {"custody_since": "2017-01-01", "email": f"{name.lower()}@voorbeeld.example"}
        assert route.ib.post(f"{page}verzorgers/", **given, **contact).is_done
        assert route.head.press(route.head.get(page), "Gezag bevestigen").is_done
    assert "Samira Aarts" in route.ib.get(page).text


def _from_signal_to_agreement(route: Route, student: Student) -> str:
    """Signal, talk, a question without a name, advice, and one agreement for two weeks."""
    case = route.teacher.note(student.full_name, OBSERVATION).path
    route.teacher.step(case, "T-02", with_carers="on", content=TALK, carers_words=PARENTS_WORDS)
    omar = route.person("education-omar")
    asked = route.ib.get(f"{case}stap/T-04/")
    seat = str(Assignment.objects.get(person=omar.user).pk)
    assert route.ib.fill(asked, f"{case}stap/T-04/", question=QUESTION, asked=seat).is_done
    consult = omar.get("/").link("/consulten/")
    seen = omar.get(consult)
    assert QUESTION in seen.text and student.first_name not in seen.text
    assert omar.post(consult, advice="Begin klein.", outcome="2").is_done
    page = route.ib.step(case, "T-06", **agreement(route, evaluate_on=route.day(14)))
    assert page.here == "Afspraken", page
    return case


def _from_evaluation_to_vot(route: Route, case: str) -> None:
    """The evaluation is asked for by mail, says onvoldoende, and the VOT is held and reported."""
    route.mails()
    route.later(14)
    assert _told(route.mails(), route.ib.user.email, case)
    found = route.ib.get(case).link("/evalueren/")
    assert route.ib.post(found, result="ONVOLDOENDE", result_note=FAILED).here == "VOT gevraagd"
    lay(route, case, "VOT", other_on=route.day(1))
    assert route.head.step(case, "T-11").here == "VOT"
    route.later(1)
    item = item_of(route, case, "VOT")
    assert route.ib.post(f"{item}aanwezig/").is_done
    minutes = route.ib.get(f"{item}verslag/")
    known = " ".join(value for values in minutes.form().values() for value in values)
    assert all(words in known for words in (OBSERVATION, TALK, PARENTS_WORDS, FAILED)), known
    assert route.ib.fill(minutes, f"{item}verslag/", NODIG="Rust.", is_ready="1").is_done
    assert route.head.post(f"{item}definitief/", at=item).is_done
    assert route.ib.step(case, "T-13").here == "OT voorbereiden"


def _from_invitation_to_report(route: Route, case: str) -> None:
    """Parents are invited, say what they want, and the OT concludes; the report is final."""
    lay(route, case, "OT", other_on=route.day(1), student_choice="Liever niet, zegt het kind.")
    assert route.head.step(case, "T-15").here == "OT"
    invited = {to for mail in route.mails() if "Uitnodiging" in mail.subject for to in mail.to}
    assert {"samira@voorbeeld.example", "joost@voorbeeld.example"} <= invited
    item = item_of(route, case, "OT")
    mother = route.ib.get(f"{item}inbreng/").tree.xpath("//input[@name='voice']/@value")[0]
    assert route.ib.post(f"{item}inbreng/", voice=mother, text=VOICE).is_done
    route.later(1)
    assert route.ib.post(f"{item}aanwezig/").is_done
    minutes = route.ib.get(f"{item}verslag/")
    assert any(VOICE in value for values in minutes.form().values() for value in values)
    # The teacher named nothing that goes well: what was seen must not stand there.
    assert not minutes.names("GOED.signal")
    report = {"DOELEN": GOAL, "conclusion": Conclusion.BASIC}
    rows = agreement(route, what=MEASURE, evaluate_on=route.day(35))
    assert route.ib.fill(minutes, f"{item}verslag/", **report, **rows).is_done
    assert route.head.post(f"{item}definitief/", at=item).is_done


def _plan(route: Route, case: str) -> None:
    """The plan opens with what the OT said; with regie accepted it starts."""
    path = f"{case}plan/schrijven/"
    page = route.ib.get(path)
    form = page.form()
    assert form["goals-0-text"] == [GOAL] and form["measures-0-what"] == [MEASURE], form
    given = {"goals-0-scale_start": "3", "measures-0-goal": "0", "evaluate_on": route.day(35)}
    assert route.ib.fill(page, path, **given, monitoring_indicators="hoe de dag begint").is_done
    assert route.head.step(case, "T-16").reasons == {"lead_is_accepted"}
    accepted(route, case)
    assert route.head.step(case, "T-16").here == "Uitvoering"


def _pdf(route: Route, case: str, title: str) -> str:
    """The text of the newest document with this title, opened from the page with documents."""
    page = route.ib.get(f"{case}stukken/")
    assert title in page.text
    answer = route.ib.get(page.link("/stukken/", f"Openen: {title}")).answer
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)
    return " ".join(text.split())


def _told(mails, to: str, case: str) -> bool:
    """Whether a mail to this reader leads to the case, and none of them names anyone."""
    mine = [mail.body for mail in mails if mail.to == [to]]
    assert not any("Aarts" in body for body in mine)
    return any(case in body for body in mine)


def test_from_an_imported_school_to_a_closed_case(route: Route) -> None:
    _imported(route)
    student = _pupil(route)
    _parents(route, student)
    case = _from_signal_to_agreement(route, student)
    _from_evaluation_to_vot(route, case)
    _from_invitation_to_report(route, case)
    _plan(route, case)
    asked = route.ib.get(f"{case}stukken/")
    assert route.ib.press(asked, "Nieuwe versie").is_done
    route.mails()
    text = _pdf(route, case, "OT-verslag en plan")
    for words in (GOAL, MEASURE, VOICE, student.first_name, "voor alle deelnemers"):
        assert words in text, text
    route.later(35)
    assert _told(route.mails(), route.ib.user.email, case)
    goals = route.ib.get(f"{case}stap/T-25/").names("result-")
    done = dict.fromkeys(goals, GoalResult.REACHED)
    finish = {"with_carers": "on", "conclusion": EvaluationConclusion.FINISH}
    assert route.head.step(case, "T-27").reasons == {"lead_proposes_to_finish"}
    assert route.ib.step(case, "T-25", **done, **finish).is_done
    page = route.head.step(case, "T-27")
    assert page.here == "Afgerond", page
    route.mails()
    assert GOAL in _pdf(route, case, "Afsluitend verslag")
    route.later(60)
    assert not _told(route.mails(), route.ib.user.email, case)
