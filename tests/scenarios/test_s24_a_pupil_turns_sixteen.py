"""S-24: on the 16th birthday consents ask to be confirmed anew, and the pupil becomes the giver."""

from datetime import date, timedelta

import pytest
import time_machine

from cases.actions.consents import answer_consent
from cases.enums import ConsentDecisionKind, ConsentForm
from cases.models import Consent, Participant
from cases.reminders import reschedule
from cases.seating import reseat
from schools.models import Student
from teams.models import DueRow
from tests.cases.late_ladder import act, consented, running_case
from tests.world import NOW

START = NOW + timedelta(days=8)
BIRTHDAY = date(2027, 1, 15)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def case(world):
    """A plan runs; the gezinsspecialist takes part with consent of the parents of a pupil of 15."""
    case = running_case(world)
    Student.unscoped.filter(pk=case.student_id).update(birth_date=BIRTHDAY.replace(year=2011))
    case.refresh_from_db()
    consented(world, case, "family", now=START)
    said(world, ConsentDecisionKind.HEARD, START)
    Participant.unscoped.create(
        case=case,
        person=world.people["family-sanne"],
        role="FAMILY_SPECIALIST",
        since=START.date(),
        dossier_id=case.dossier_id,
        created_at=START,
    )
    case = type(case).unscoped.select_related("student", "school").get(pk=case.pk)
    reseat(case, day=START.date())
    reschedule(case, now=START)
    return case


def said(world, decision, now) -> None:
    """The pupil says something, written down by the intern begeleider."""
    given = {"giver": "student", "decision": decision, "form": ConsentForm.SPOKEN}
    given["witness"] = world.people["teacher-kade"]
    act(world, "ib-kade", answer_consent, Consent.unscoped.get().pk, given=given, now=now)


def look(world, client, case, key: str, *, day: date) -> tuple[int, str]:
    with time_machine.travel(
        START.replace(year=day.year, month=day.month, day=day.day), tick=False
    ):
        client.force_login(world.people[key], backend=BACKEND)
        answer = client.get(f"/casussen/{case.pk}/{'toestemming/' if key == 'ib-kade' else ''}")
    return answer.status_code, answer.content.decode()


def test_reading_goes_on_for_thirty_days_and_the_pupil_alone_can_renew_it(world, client, case):
    ahead = DueRow.objects.filter(dossier=case.dossier_id, kind="birthday")
    assert BIRTHDAY in ahead.values_list("about_day", flat=True)
    eve, last = BIRTHDAY - timedelta(days=1), BIRTHDAY + timedelta(days=29)
    for day, status in ((eve, 200), (BIRTHDAY, 200), (last, 200), (last + timedelta(days=1), 404)):
        assert look(world, client, case, "family-sanne", day=day)[0] == status, day
    page = look(world, client, case, "ib-kade", day=BIRTHDAY)[1]
    assert "opnieuw bevestigen" in page and "Er wordt gewacht op Noor zelf" in page
    now = START.replace(year=2027, month=2, day=20)
    said(world, ConsentDecisionKind.GIVEN, now)
    assert look(world, client, case, "family-sanne", day=now.date())[0] == 200
    assert "gegeven" in look(world, client, case, "ib-kade", day=now.date())[1]
