"""AR-9, AR-14, GEEN-IDENTITEIT: who is asked without a name learns of nobody whom it is about.

Every fact about the pupil and the family is a canary: a word that occurs nowhere else. All that
reaches the one asked is searched for them: every address, all mails, files, headers and texts.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail

from cases.actions import consults, conversations, signals
from cases.actions.consents import withdraw_consent
from cases.actions.drafts import keep_draft
from cases.enums import ConsentForm
from cases.models import Case, Consent, Consult, ConsultAsked, Draft
from cases.queries.drafts import still_open
from cases.queries.facts import CaseFacts
from cases.workflow.names import identifying
from schools.models import Carer, CarerContact, Student
from teams import outbox
from teams.access.actor import acting_as
from teams.access.checks import patterns
from teams.access.errors import Blocked
from tests.cases.ladder import assignment_of
from tests.cases.late_ladder import act, consented
from tests.world import NOW

BACKEND = "django.contrib.auth.backends.ModelBackend"
BORN = date(2016, 3, 9)
FIRST, PREFIX, LAST = "Zaphira", "van der", "Quibbelman"
MOTHER, PHONE, MAIL, ADDRESS = "Wolverine", "0612349876", "kwx@canary.example", "Kwikstaartpad 77"
SIGNAL, TALK = "zwamlok", "brimzon"
CANARIES = (FIRST, LAST, MOTHER, PHONE, MAIL, ADDRESS, SIGNAL, TALK, "9 maart 2016", "2016-03-09")
QUESTION = "Hoe helpen we een kind dat niet naar binnen durft?"


@pytest.fixture
def case(world) -> Case:
    """A case full of canaries, with a question that names nobody to two colleagues."""
    student = world.students["noor"]
    names = {"first_name": FIRST, "prefix": PREFIX, "last_name": LAST, "birth_date": BORN}
    Student.unscoped.filter(pk=student.pk).update(**names)
    student.refresh_from_db()
    mother = world.carers["noor"][0]
    Carer.unscoped.filter(pk=mother.pk).update(first_name=MOTHER, last_name=LAST)
    CarerContact.unscoped.filter(carer=mother).update(phone=PHONE, email=MAIL, address=ADDRESS)
    given = {"observation": SIGNAL}
    signal = act(world, "teacher-kade", signals.note_student_signal, student, given=given)
    talk = {"content": TALK, "with_carers": True}
    act(world, "teacher-kade", conversations.record_conversation, signal.case_id, given=talk)
    asked = [assignment_of(world, key) for key in ("education-omar", "teacher-kade")]
    given = {"question": QUESTION, "asked": asked}
    return act(world, "ib-kade", consults.ask_consult, signal.case_id, given=given)


def everywhere(world, client, case, key: str, *, now) -> dict[str, str]:
    """Every address of the product, with every id there is of this case: all that comes back."""
    consult = Consult.unscoped.get(case=case)
    ids = {
        "case_id": case.pk,
        "student_id": case.student_id,
        "consult_id": consult.pk,
        "school_id": world.schools["kade"].pk,
        "group_id": world.groups["kade"].pk,
        "carer_id": world.carers["noor"][0].pk,
        "person_id": world.people["ib-kade"].pk,
        "kind": "OT",
        "code": "T-05",
        "key": f"stap/{case.pk}/T-05/motivation",
    }
    seen = {}
    with time_machine.travel(now, tick=False):
        client.force_login(world.people[key], backend=BACKEND)
        for route, _ in patterns():
            address = "/" + route
            for name, value in ids.items():
                for kind in ("uuid", "str", "path"):
                    address = address.replace(f"<{kind}:{name}>", str(value))
            if "<" not in address and not address.startswith("/accounts"):
                answer = client.get(address)
                seen[f"{address} {answer.status_code}"] = text_of(answer)
        for word in (FIRST, case.number, LAST):
            answer = client.get("/casussen/", {"zoek": word, "q": word})
            seen[f"search {word}"] = text_of(answer).replace(word, "", 2)
    return seen


def text_of(answer) -> str:
    """Headers and body."""
    return "\n".join([*(f"{key}: {value}" for key, value in answer.items()), _body(answer)])


def _body(answer) -> str:
    return "" if answer.streaming else answer.content.decode(errors="replace")


def mails_to(world, key: str, *, now) -> str:
    with time_machine.travel(now, tick=False):
        outbox.sweep(limit=200)
    address = world.people[key].email
    return "\n".join(
        str(each.message()) for each in mail.outbox if address in [*each.to, *each.cc, *each.bcc]
    )


def leaks(texts: dict[str, str], *more: str) -> list[tuple[str, str]]:
    return [
        (where, canary)
        for where, text in texts.items()
        for canary in (*CANARIES, *more)
        if canary.casefold() in text.casefold()
    ]


def test_the_one_asked_finds_no_canary_anywhere(world, client, case, capsys):
    now = NOW + timedelta(minutes=5)
    seen = everywhere(world, client, case, "education-omar", now=now)
    seen["mails"] = mails_to(world, "education-omar", now=NOW + timedelta(days=1))
    consult = Consult.unscoped.get()
    page = seen[f"/consulten/{consult.pk}/ 200"]
    assert QUESTION in page and "9 tot en met 11 jaar" in page and "basisschool" in page
    found = leaks(seen, case.number, str(case.pk), str(case.student_id))
    # An address that was asked for says itself again, and no more.
    found = [(where, word) for where, word in found if word not in where]
    with capsys.disabled():
        print(f"\nA-20 pseudonymous: {len(found)} identity fields on {len(seen)} answers")
    assert found == []
    assert "consult" in seen["mails"] and "Casus" not in seen["mails"]


def test_after_consent_the_name_resolves_and_goes_again_with_it(world, client, case):
    where = f"/consulten/{Consult.unscoped.get().pk}/"

    def page() -> str:
        with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
            client.force_login(world.people["education-omar"], backend=BACKEND)
            return client.get(where).content.decode()

    assert FIRST not in page()
    consented(world, case, "family")
    assert FIRST not in page()
    consented(world, case, "swv")
    assert f"{FIRST} {PREFIX} {LAST}" in page()
    back = {"giver": str(world.carers["noor"][1].pk), "form": ConsentForm.SPOKEN}
    for each in Consent.unscoped.all():
        act(world, "ib-kade", withdraw_consent, each.pk, given=back)
    assert FIRST not in page()


def test_thirty_days_after_the_answer_nothing_opens(world, client, case):
    consult = Consult.unscoped.get()
    advice = {"advice": "Begin klein.", "outcome": "1"}
    act(world, "education-omar", consults.answer_consult, consult.pk, given=advice)
    settled = {"motivation": f"{FIRST} speelt weer.", "are_carers_told": True}
    act(world, "ib-kade", consults.settle_consult, case.pk, given=settled)
    for days, status in ((29, 200), (30, 404)):
        seen = everywhere(world, client, case, "education-omar", now=NOW + timedelta(days=days))
        assert f"/consulten/{consult.pk}/ {status}" in seen
        found = leaks(seen, case.number, "speelt weer")
        assert [(where, word) for where, word in found if word not in where] == []
    row = Consult.unscoped.get()
    assert (row.motivation, row.dissent) == ("", "")
    with acting_as(world.actor("education-omar", now=NOW + timedelta(days=30))):
        assert not Consult.objects.exists() and not ConsultAsked.objects.exists()


def test_rows_that_open_hold_no_canary_either(world, case):
    """Past the pages: all columns of all rows that the database shows to the one asked."""
    with acting_as(world.actor("education-omar")):
        rows = [*Consult.objects.values(), *ConsultAsked.objects.values()]
        assert rows and not Case.objects.exists() and not Student.objects.exists()
    assert leaks({"rows": repr(rows)}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Zaphira durft niet",
        "zaphira’s moeder",
        "Het kind Quibbelman",
        "van der Quibbelman",
        "Wolverine belde",
        "geboren 9 maart 2016",
        "(09-03-2016)",
        "mail naar kwx@canary.example",
        "bel 06 1234 9876",
    ],
)
def test_a_question_by_which_the_pupil_is_known_is_refused(world, case, text):
    facts = CaseFacts(Case.unscoped.select_related("student").get(pk=case.pk), NOW.date())
    assert identifying(text, facts)


def test_a_question_that_names_nobody_is_not(world, case):
    facts = CaseFacts(Case.unscoped.select_related("student").get(pk=case.pk), NOW.date())
    for text in (QUESTION, "Van de 9 kinderen in 2016 durfde er één.", "De dermate drukke groep"):
        assert identifying(text, facts) == []


def test_a_colleague_of_the_school_names_nobody_where_an_outsider_reads_along(world, case):
    consult = Consult.unscoped.get()
    with pytest.raises(Blocked) as refusal:
        given = {"advice": f"Ik zag {FIRST} gisteren."}
        act(world, "teacher-kade", consults.answer_consult, consult.pk, given=given)
    assert [reason.code for reason in refusal.value.reasons] == ["advice_names_nobody"]
    # The one asked knows no name: a guess is not confirmed by a refusal.
    given = {"advice": f"Is het {FIRST}?"}
    act(world, "education-omar", consults.answer_consult, consult.pk, given=given)


def test_a_draft_comes_back_only_while_its_subject_lies_open(world, case):
    actor = world.actor("education-omar")
    key = f"stap/{case.pk}/T-05/motivation"
    with acting_as(actor):
        keep_draft(key, SIGNAL, actor=actor, now=NOW)
        assert Draft.objects.exists() and not still_open(key)
        assert still_open(f"consult/{Consult.unscoped.get().pk}/advice")
