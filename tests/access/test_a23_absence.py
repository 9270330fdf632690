"""A-23: the attendance officer, with and without unauthorized absence on record (O34, AR-23, D4)."""

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from cases.actions import absence, convening
from cases.enums import AbsenceLength, MeetingKind
from cases.letters import letter_for
from cases.models import AbsenceDay, AbsenceGround
from cases.notices import Notice
from teams.access.actor import acting_as
from teams.access.errors import Blocked, NotAllowed
from teams.access.scope import SensitiveRow
from teams.models import OutboxEntry
from teams.queries.readers import may_read
from tests.cases.late_ladder import DAY, act, family, lay, ot_preparing_case, school_table, staff
from tests.world import NOW

LATER = NOW + 3 * DAY
LISTED = {"AbsenceGround", "AbsenceDay", "AttendanceAgreement"}
DAYS = {"days": [(NOW.date(), AbsenceLength.DAY), (NOW.date() - DAY, AbsenceLength.LATE)]}


@pytest.fixture
def case(world):
    return ot_preparing_case(world)


def _officer(world):
    return staff(world, "attendance-piet", "ATTENDANCE_OFFICER", "er is verzuim")


def _open(world, case):
    return act(world, "ib-kade", absence.open_absence, case.pk, given=DAYS, now=LATER)


def _at_the_ot(world, case):
    """Absence on record, and the officer invited to the OT with the family."""
    ground = _open(world, case)
    words = {"doer": "Noor", "what": "Komt elke dag om half negen.", "evaluate_on": LATER.date()}
    act(world, "ib-kade", absence.agree_attendance, case.pk, given=words, now=LATER)
    rows = [*school_table(world), _officer(world), *family(world)]
    lay(world, case, MeetingKind.OT, rows, now=LATER)
    act(world, "head-kade", convening.convene_ot, case.pk, now=LATER)
    return ground


def _sees(world) -> set[str]:
    models = [model for model in apps.get_models() if issubclass(model, SensitiveRow)]
    with acting_as(world.actor("attendance-piet", now=LATER)):
        return {model.__name__ for model in models if model.objects.exists()}


def _visit(client, world, name, *args):
    person = world.people["attendance-piet"]
    with time_machine.travel(LATER, tick=False):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse(name, args=args))


def test_a23_without_a_ground_nobody_invites_the_officer_and_nothing_opens(world, case):
    rows = [*school_table(world), _officer(world), *family(world)]
    lay(world, case, MeetingKind.OT, rows, now=LATER)
    with pytest.raises(Blocked, match="attendance_officer_has_a_ground"):
        act(world, "head-kade", convening.convene_ot, case.pk, now=LATER)
    assert _sees(world) == set()


def test_a23_a_ground_alone_opens_nothing_without_a_place_at_the_table(world, case, client):
    ground = _open(world, case)
    assert _sees(world) == set()
    assert _visit(client, world, "absence-officer", ground.pk).status_code == 404


def test_a23_with_a_ground_and_a_place_only_the_listed_classes_open(world, case, client):
    ground = _at_the_ot(world, case)
    assert _sees(world) == LISTED
    text = _visit(client, world, "absence-officer", ground.pk).content.decode()
    for shown in ("Noor Veen", "Uitnodiging OT", "Komt elke dag om half negen.", "te laat"):
        assert shown in text
    assert reverse("absence-officer", args=[ground.pk]) in (
        _visit(client, world, "absences").content.decode()
    )


def test_a23_nothing_else_of_the_case_is_there(world, case, client):
    _at_the_ot(world, case)
    for name in ("case", "viewers", "plan", "documents", "case-meetings", "absence", "consent"):
        assert _visit(client, world, name, case.pk).status_code in (403, 404), name
    assert _visit(client, world, "student", case.student_id).status_code in (403, 404)


def test_a23_closing_ends_it_at_the_next_request_and_stops_the_mail(world, case, client):
    ground = _at_the_ot(world, case)
    person = world.people["attendance-piet"]
    entry = OutboxEntry.objects.get(kind=Notice.INVITATION, recipient_id=person.pk)
    assert letter_for(entry, LATER).path == reverse("absences")
    assert may_read(person, case.dossier_id, day=LATER.date())
    act(world, "head-kade", absence.close_absence, case.pk, now=LATER)
    assert _visit(client, world, "absence-officer", ground.pk).status_code == 404
    assert "Er is nu geen leerling" in _visit(client, world, "absences").content.decode()
    assert _sees(world) == set()
    assert not may_read(person, case.dossier_id, day=LATER.date())


@pytest.mark.parametrize("words", ["is vaak ziek", "gaat naar de dokter", "slikt medicijnen"])
def test_a23_no_word_about_illness_comes_in(world, case, words):
    _open(world, case)
    given = {"doer": "moeder", "what": f"Noor {words}", "evaluate_on": LATER.date()}
    with pytest.raises(Blocked, match="absence_is_not_illness"):
        act(world, "ib-kade", absence.agree_attendance, case.pk, given=given, now=LATER)
    fields = {field.name for field in AbsenceDay._meta.fields}
    assert fields == {
        "id", "dossier", "compartment", "audience", "created_at", "created_by", "absence", "on",
        "length",
    }  # fmt: skip


def test_only_the_schools_leads_keep_it_and_once_at_a_time(world, case):
    with pytest.raises(NotAllowed):
        act(world, "teacher-kade", absence.open_absence, case.pk, given=DAYS, now=LATER)
    _open(world, case)
    with pytest.raises(Blocked, match="absence_is_new"):
        _open(world, case)
    ahead = {"days": [(LATER.date() + DAY, AbsenceLength.DAY)]}
    with pytest.raises(Blocked, match="day_has_been"):
        act(world, "ib-kade", absence.add_absence_days, case.pk, given=ahead, now=LATER)
    act(world, "ib-kade", absence.close_absence, case.pk, now=LATER)
    with pytest.raises(Blocked, match="absence_is_open"):
        act(world, "ib-kade", absence.close_absence, case.pk, now=LATER)
    _open(world, case)
    assert AbsenceGround.unscoped.count() == 2


def test_the_tab_of_the_school_opens_adds_and_closes(world, case, client):
    person = world.people["ib-kade"]
    url = reverse("absence", args=[case.pk])
    with time_machine.travel(LATER, tick=False):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert "Er is geen ongeoorloofd verzuim" in client.get(url).content.decode()
        day = {
            "on_1": NOW.date().isoformat(),
            "length_1": "DAG",
            "length_2": "DAG",
            "length_3": "DAG",
        }
        assert client.post(url, {"intent": "open", **day}).status_code == 302
        assert "hele dag" in client.get(url).content.decode()
        assert client.post(url, {"intent": "agree", "doer": "", "what": "x"}).status_code == 422
        assert client.post(url, {"intent": "open", **day}).status_code == 409
        assert client.post(url, {"intent": "close"}).status_code == 302
        assert "Gesloten" in client.get(url).content.decode()
