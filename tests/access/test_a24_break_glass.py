"""A-24: break-glass, as a table of twelve outcomes; and what surrounds it (access.md 2.7)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.enums import CaseState
from cases.models import Case
from cases.seating import reseat
from schools.models import CarerContact
from schools.seating import reseat_students
from teams.access.actor import acting_as, actor_for
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.access.rules import secret_audience
from teams.access.seat_rules import GLASS_RULES
from teams.access.seating import new_dossier
from teams.enums import Compartment, DossierKind, GlassCategory, Role
from teams.glass.actions import approve_glass, ask_glass, review_glass, working_days_after
from teams.models import BreakGlass, OutboxEntry, Seat
from teams.queries.glass import is_glass_open
from tests.cases.ladder import signaling_case
from tests.cases.late_ladder import act
from tests.world import NOW, add_person, add_student

REASON = "Justitie vraagt vandaag om het dossier van deze leerling."
ENDED = {"category": GlassCategory.ENDED_CASE, "reason": REASON}
RISK = {"category": GlassCategory.CHILD_AT_RISK, "reason": REASON}
FAULT = {"category": GlassCategory.FAULT, "reason": REASON}


@pytest.fixture
def region(world):
    """The privacy officer of the SWV, and the cases of two pupils: one archived, one open."""
    add_person(world, "fg-robin", Role.DATA_PROTECTION_OFFICER, "swv")
    return world


def _case(world, student: str = "noor", state: str = CaseState.ARCHIVED) -> Case:
    case = signaling_case(world, student=student)
    if state == CaseState.SIGNALING:
        return case
    # No step archives yet (T-33 comes with retention), so the case begins where it ends.
    names = ("dossier", "student", "school", "created_at", "created_by", "opened_on", "state_since")
    made = {name: getattr(case, name) for name in names}
    made |= {"state": state, "closed_on": NOW.date(), "number": f"{case.number}-A"}
    new_home = new_dossier(DossierKind.CASE, case.school.organization_id)
    ended = Case.unscoped.create(**made | {"dossier": new_home})
    reseat(ended, day=NOW.date())
    return ended


def _ask(world, key: str, dossier, given=ENDED, *, minutes: int = 0) -> BreakGlass:
    return act(world, key, ask_glass, dossier, given=given, now=NOW + timedelta(minutes=minutes))


def _by_glass(world, key: str, dossier, *, minutes: int) -> bool:
    """Whether a seat by break-glass opens this dossier to this person at that minute."""
    now = NOW + timedelta(minutes=minutes)
    actor = actor_for(world.people[key], day=now.date(), now=now)
    with acting_as(actor):
        seats = Seat.objects.filter(dossier=dossier, rule="BG", party__in=actor.parties)
        return seats.filter(expires_at__gt=now).exists()


def test_a24_01_the_head_opens_an_archived_case_of_the_own_school(region):
    glass = _ask(region, "head-kade", _case(region).dossier)
    assert glass.ends_at - glass.opened_at == timedelta(minutes=60)
    assert _by_glass(region, "head-kade", glass.dossier, minutes=59)


def test_a24_02_and_a_transferred_one_with_the_pupils_name(region):
    case = _case(region, state=CaseState.TRANSFERRED)
    _ask(region, "head-kade", case.dossier)
    assert _by_glass(region, "head-kade", case.dossier, minutes=1)
    assert _by_glass(region, "head-kade", case.student.dossier, minutes=1)


def test_a24_03_a_case_that_still_runs_is_read_without_it(region):
    with pytest.raises(Blocked, match="case_is_ended"):
        _ask(region, "head-kade", _case(region, state=CaseState.SIGNALING).dossier)


def test_a24_04_never_across_organizations(region):
    with pytest.raises(NotVisible):
        _ask(region, "head-werf", _case(region).dossier)


@pytest.mark.parametrize("key", ["ib-kade", "teacher-kade", "family-sanne", "fg-robin"])
def test_a24_05_no_other_role(region, key):
    with pytest.raises(NotAllowed):
        _ask(region, key, _case(region).dossier)


def test_a24_06_no_reason_of_less_than_thirty_characters(region):
    short = ENDED | {"reason": "x" * 29 + "   "}
    with pytest.raises(Blocked, match="reason_is_given"):
        _ask(region, "head-kade", _case(region).dossier, short)


def test_a24_07_no_second_case_beside_the_first(region):
    _ask(region, "head-kade", _case(region).dossier)
    with pytest.raises(Blocked, match="one_at_a_time"):
        _ask(region, "head-kade", _case(region, "daan").dossier, minutes=30)


def test_a24_08_minute_61_shows_nothing(region):
    case = _case(region)
    _ask(region, "head-kade", case.dossier)
    assert not _by_glass(region, "head-kade", case.dossier, minutes=61)
    assert not is_glass_open(
        region.people["head-kade"].pk, case.dossier_id, now=NOW + timedelta(minutes=61)
    )


def test_a24_09_another_hour_needs_a_second_person(region):
    case = _case(region)
    _ask(region, "head-kade", case.dossier)
    again = _ask(region, "head-kade", case.dossier, minutes=70)
    assert again.opened_at is None and not _by_glass(region, "head-kade", case.dossier, minutes=71)
    later = NOW + timedelta(minutes=75)
    act(region, "fg-robin", approve_glass, again, now=later)
    assert _by_glass(region, "head-kade", case.dossier, minutes=80)


def test_a24_10_an_overdue_review_blocks_the_next(region):
    first = _ask(region, "head-kade", _case(region).dossier)
    assert first.review_by == working_days_after(NOW.date(), 5)
    late = (first.review_by - NOW.date()).days * 24 * 60 + 24 * 60
    other = _case(region, "daan").dossier
    with pytest.raises(Blocked, match="review_is_done"):
        _ask(region, "head-kade", other, minutes=late)
    verdict = {"is_justified": True, "remark": "Terecht."}
    act(region, "fg-robin", review_glass, first, given=verdict, now=NOW + timedelta(minutes=late))
    assert _ask(region, "head-kade", other, minutes=late).opened_at


def test_a24_11_money_never_opens_and_nobody_reviews_the_own(region):
    glass = _ask(region, "head-kade", _case(region).dossier)
    opened = {part for seat in Seat.objects.filter(rule="BG") for part in seat.compartments}
    assert Compartment.FINANCE not in opened
    assert not any(Compartment.FINANCE in rule.compartments for rule in GLASS_RULES)
    with pytest.raises(Blocked, match="second_person_decides"):
        act(region, "head-kade", review_glass, glass, given={"is_justified": True})


def test_a24_12_the_administrator_waits_for_the_privacy_officer(region):
    case = _case(region, state=CaseState.SIGNALING)
    glass = _ask(region, "admin-bo", case.dossier, FAULT)
    assert glass.opened_at is None and not _by_glass(region, "admin-bo", case.dossier, minutes=1)
    with pytest.raises(NotVisible):
        act(region, "head-kade", approve_glass, glass)
    act(region, "fg-robin", approve_glass, glass)
    assert _by_glass(region, "admin-bo", case.dossier, minutes=1)


def test_a_secret_address_opens_for_a_child_at_risk_and_for_that_alone(region):
    carer, noor = region.carers["noor"][0], region.students["noor"]
    CarerContact.unscoped.filter(carer=carer).update(
        is_secret=True,
        secret_for=[Role.SUPPORT_COORDINATOR],
        audience=secret_audience(carer.pk),
        address="Schuilweg 1",
    )
    reseat_students([noor.pk])
    head = actor_for(region.people["head-kade"], day=NOW.date(), now=NOW)
    with acting_as(head):
        assert not CarerContact.objects.filter(carer=carer).exists()
    _ask(region, "head-kade", noor.dossier, RISK)
    with acting_as(head):
        assert CarerContact.objects.get(carer=carer).address == "Schuilweg 1"
    late = actor_for(region.people["head-kade"], day=NOW.date(), now=NOW + timedelta(minutes=61))
    with acting_as(late):
        assert not CarerContact.objects.filter(carer=carer).exists()


def test_the_privacy_officer_and_the_school_hear_of_it_within_a_minute(region):
    add_person(region, "head-two", Role.HEAD, "kade")
    glass = _ask(region, "head-kade", _case(region).dossier)
    rows = OutboxEntry.objects.filter(kind="glass_opened", subject_id=glass.pk)
    assert {row.recipient_id for row in rows} == {
        region.people["fg-robin"].pk,
        region.people["head-two"].pk,
    }
    assert all((row.run_at - NOW).total_seconds() <= 60 for row in rows)


def test_a_review_ends_what_is_still_open(region):
    case = _case(region)
    glass = _ask(region, "head-kade", case.dossier)
    verdict = {"is_justified": False, "remark": "Dit kon wachten."}
    act(region, "fg-robin", review_glass, glass, given=verdict, now=NOW + timedelta(minutes=5))
    assert not Seat.objects.filter(rule="BG").exists()


def test_reseating_keeps_the_hour(region):
    case = _case(region)
    _ask(region, "head-kade", case.dossier)
    assert reseat(case, day=NOW.date()) == 0
    assert reseat_students([case.student_id]) == 0


def test_the_pages_ask_show_a_banner_and_review(region, client):
    add_student(region, "mila", "Mila", "Bos", born=NOW.date() - timedelta(3000))
    case = _case(region, "mila")

    def sign_in(key: str) -> None:
        client.force_login(region.people[key], backend="django.contrib.auth.backends.ModelBackend")

    with time_machine.travel(NOW, tick=False):
        sign_in("head-kade")
        url = reverse("glass-ask", args=[case.dossier_id])
        assert case.number in client.get(url).content.decode()
        assert client.post(url, ENDED | {"reason": "te kort"}).status_code == 409
        assert client.post(url, ENDED).status_code == 302
        glass = BreakGlass.objects.get()
        page = client.get(reverse("case", args=[case.pk])).content.decode()
        assert "Noodtoegang staat open tot 10.00 uur" in page
        assert (
            "Gebruikt noodtoegang"
            in client.get(reverse("viewers", args=[case.pk])).content.decode()
        )
        sign_in("fg-robin")
        assert "noodtoegang van Head Kade" in client.get("/").content.decode()
        shown = client.get(reverse("glass", args=[glass.pk])).content.decode()
        assert REASON in shown and "Mila" not in shown
        answer = {"is_justified": "ja", "remark": ""}
        assert client.post(reverse("glass-review", args=[glass.pk]), answer).status_code == 302
        assert "noodtoegang van" not in client.get("/").content.decode()


def test_the_administrator_reads_one_case_for_an_hour_and_nothing_else(region, client):
    case = _case(region, state=CaseState.SIGNALING)
    other = _case(region, "daan", state=CaseState.SIGNALING)

    def status(url: str) -> int:
        person = region.people["admin-bo"]
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(url).status_code

    with time_machine.travel(NOW, tick=False):
        assert status(reverse("case", args=[case.pk])) == 403
        found = client.get(reverse("glass-find") + f"?nummer={case.number}")
        assert found["Location"] == reverse("glass-ask", args=[case.dossier_id])
        glass = _ask(region, "admin-bo", case.dossier, FAULT)
        act(region, "fg-robin", approve_glass, glass)
        assert status(reverse("case", args=[case.pk])) == 200
        assert status(reverse("case", args=[other.pk])) == 404
        assert status(reverse("cases")) == 403
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert status(reverse("case", args=[case.pk])) == 403
