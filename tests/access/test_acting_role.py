"""One role at a time: visible in the bar, switched with one click; a deputy acts on behalf of someone."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.actions import convening
from cases.actions.signals import note_student_signal
from cases.enums import MeetingKind
from cases.models import Case
from cases.queries.facts import CaseFacts
from cases.workflow.engine import reasons_against
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as, actor_for
from teams.models import Assignment, AuditEntry
from tests.cases.late_ladder import act, lay, ot_case, school_table, vot_requested_case
from tests.world import NOW, YEAR_START

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def both(world):
    """The teacher of the group is intern begeleider of another school as well."""
    person = world.people["teacher-kade"]
    school = world.organizations["werf"]
    Assignment.objects.create(
        person=person,
        role="SUPPORT_COORDINATOR",
        organization=school,
        since=YEAR_START + timedelta(1),
    )
    words = {"observation": "Noor is stil."}
    act(world, "teacher-kade", note_student_signal, world.students["noor"], given=words)
    act(world, "ib-werf", note_student_signal, world.students["yara"], given=words)
    return person


@pytest.fixture
def deputy(world):
    """The head of De Werf stands in for the head of De Kade, for two weeks."""
    row = Assignment.objects.get(person=world.people["head-kade"])
    row.deputy = world.people["head-werf"]
    row.deputy_since, row.deputy_until = NOW.date(), NOW.date() + timedelta(14)
    row.save(update_fields=["deputy", "deputy_since", "deputy_until"])
    Assignment.objects.filter(person=world.people["head-werf"]).update(until=NOW.date())
    return row


def _pupils(person, role: str) -> set[str]:
    with acting_as(actor_for(person, day=NOW.date(), role=role)):
        rows = Case.objects.select_related("student")
        return {case.student.first_name for case in rows}


def test_each_role_reads_under_that_role_only(both):
    assert _pupils(both, "TEACHER") == {"Noor"}
    assert _pupils(both, "SUPPORT_COORDINATOR") == {"Yara"}


def test_a_role_that_is_not_held_is_not_taken(both):
    assert actor_for(both, day=NOW.date(), role="HEAD").role == "TEACHER"


def test_the_bar_shows_the_role_and_switches_with_one_click(both, client):
    with time_machine.travel(NOW, tick=False):
        client.force_login(both, backend=BACKEND)
        page = client.get("/").content.decode()
        assert "<small>leerkracht, groep 5A</small>" in page
        assert "Werk als intern begeleider" in page
        answer = client.post(reverse("role-switch"), {"role": "SUPPORT_COORDINATOR"})
        assert answer.status_code == 302
        page = client.get("/").content.decode()
        assert "<small>intern begeleider, De Werf</small>" in page
        assert "Werk als leerkracht" in page
        cases = client.get(reverse("cases")).content.decode()
        assert "Yara" in cases and "Noor" not in cases
        assert client.post(reverse("role-switch"), {"role": "HEAD"}).status_code == 403
    assert AuditEntry.objects.get(verb="ROLE_SWITCHED").reason == "SUPPORT_COORDINATOR"


def test_who_has_one_role_has_nothing_to_switch(world, client):
    with time_machine.travel(NOW, tick=False):
        client.force_login(world.people["ib-kade"], backend=BACKEND)
        assert "Werk als" not in client.get("/").content.decode()


def test_ar37_a_deputy_acts_visibly_on_behalf_of_someone(world, deputy, client):
    actor = actor_for(deputy.deputy, day=NOW.date())
    assert actor.signature == "Head Werf namens Head Kade"
    with time_machine.travel(NOW, tick=False):
        client.force_login(deputy.deputy, backend=BACKEND)
        assert "directeur, De Kade, namens Head Kade" in client.get("/").content.decode()


def test_ar37_a_decision_of_the_head_takes_a_mandate(world, deputy):
    case = vot_requested_case(world)
    lay(world, case, MeetingKind.VOT, school_table(world))
    actor = actor_for(deputy.deputy, day=NOW.date())
    step = Step(case, actor, NOW, CaseFacts(case, NOW.date()))
    for code in ("T-11", "T-12"):
        codes = {reason.code for reason in reasons_against(ROUTE[code], step)}
        assert "mandate_is_recorded" in codes, code
    Assignment.objects.filter(pk=deputy.pk).update(has_mandate=True)
    act(world, "head-werf", convening.convene_vot, case.pk)
    line = AuditEntry.objects.get(verb="STEP", reason="T-11")
    assert line.actor_name == "Head Werf namens Head Kade"


def test_ar37_after_thirty_days_nobody_stands_in(world, deputy):
    ot_case(world)
    assert _pupils(deputy.deputy, "HEAD") == {"Noor"}
    Assignment.objects.filter(pk=deputy.pk).update(deputy_until=NOW.date() + timedelta(31))
    assert actor_for(deputy.deputy, day=NOW.date()).role is None
