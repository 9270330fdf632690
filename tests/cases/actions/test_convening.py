"""Laying, convening and changing the table of a VOT and an OT (T-11, T-12, T-15, R-7.1)."""

from datetime import timedelta

import pytest

from cases.actions import convening, tables
from cases.actions.vot_requests import ask_vot_at_once
from cases.enums import CaseState, InviteeKind, LeadState, MeetingKind, MeetingState
from cases.models import CaseLead, Document, Invitee, Meeting, Participant
from cases.notices import Notice
from teams.access.actor import acting_as
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.models import OutboxEntry
from tests.cases.ladder import signaling_case
from tests.cases.late_ladder import (
    act,
    consented,
    current,
    family,
    lay,
    ot_case,
    ot_preparing_case,
    school_table,
    staff,
    vot_case,
    vot_requested_case,
)
from tests.world import NOW

LATER = NOW + timedelta(days=3)


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_the_head_convenes_in_one_act(world):
    case = vot_case(world)
    assert case.state == CaseState.VOT
    meeting = current(case, MeetingKind.VOT)
    assert (meeting.state, meeting.convened_role) == (MeetingState.CONVENED, "HEAD")
    assert Participant.unscoped.filter(case=case).count() == 2
    assert OutboxEntry.objects.filter(kind=Notice.INVITATION).count() == 2
    assert all(row.invited_at for row in Invitee.unscoped.filter(meeting=meeting))


def test_s05_the_coordinator_lays_and_may_not_convene(world):
    case = vot_requested_case(world)
    lay(world, case, MeetingKind.VOT, school_table(world))
    with pytest.raises(NotAllowed):
        act(world, "ib-kade", convening.convene_vot, case.pk)
    with pytest.raises(NotVisible):
        act(world, "head-werf", convening.convene_vot, case.pk)


def test_a_table_that_is_not_laid_is_refused_with_where(world):
    case = vot_requested_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_vot, case.pk)
    assert codes(refusal)[0] == "table_is_laid"
    assert refusal.value.reasons[0].where == f"/casussen/{case.pk}/tafel/VOT/"


def test_a_draft_may_be_incomplete_and_is_laid_again(world):
    case = vot_requested_case(world)
    first = lay(world, case, MeetingKind.VOT, [])
    rows = [*school_table(world), staff(world, "head-kade", "HEAD", "")]
    again = lay(world, case, MeetingKind.VOT, rows)
    assert first.pk == again.pk
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_vot, case.pk)
    assert codes(refusal) == ["each_professional_has_a_reason"]
    lay(world, case, MeetingKind.VOT, school_table(world))
    assert Invitee.unscoped.filter(meeting=again).count() == 2


def test_s06_a_large_table_asks_why_and_the_head_says_so(world):
    case = vot_requested_case(world)
    rows = school_table(world)
    for number in range(7):
        person = type(world.people["ib-kade"]).objects.create_user(
            f"extra{number}@kade.example", first_name="Extra", last_name=str(number)
        )
        rows.append({**rows[0], "person": person})
    lay(world, case, MeetingKind.VOT, rows, size_reason="door de IB")
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_vot, case.pk)
    assert codes(refusal) == ["table_is_small_or_explained"]
    given = {"size_reason": "Twee klassen en hun leerkrachten zijn betrokken."}
    act(world, "head-kade", convening.convene_vot, case.pk, given=given)
    assert current(case, MeetingKind.VOT).size_reason == given["size_reason"]


def test_s06_the_attendance_officer_needs_a_ground(world):
    case = vot_requested_case(world)
    consented(world, case, "town")
    rows = [*school_table(world), staff(world, "attendance-piet", "ATTENDANCE_OFFICER")]
    lay(world, case, MeetingKind.VOT, rows)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_vot, case.pk)
    assert codes(refusal) == ["attendance_officer_has_a_ground"]


def test_an_outsider_comes_only_with_consent(world):
    case = vot_requested_case(world)
    rows = [*school_table(world), staff(world, "family-sanne", "FAMILY_SPECIALIST")]
    lay(world, case, MeetingKind.VOT, rows)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_vot, case.pk)
    assert codes(refusal) == ["outsiders_are_covered"]
    consented(world, case, "family")
    act(world, "head-kade", convening.convene_vot, case.pk)
    with acting_as(world.actor("family-sanne")):
        assert Meeting.objects.count() == 1


def test_s07_both_parents_and_a_pupil_of_12_are_invited(world):
    case = ot_preparing_case(world)
    lay(world, case, MeetingKind.OT, school_table(world), now=LATER)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_ot, case.pk, now=LATER)
    assert codes(refusal) == ["parents_are_invited"]
    one = school_table(world) + family(world)[:1]
    lay(world, case, MeetingKind.OT, one, now=LATER, student_choice="")
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", convening.convene_ot, case.pk, now=LATER)
    assert codes(refusal) == ["parents_are_invited", "student_is_invited_or_chose"]


def test_the_head_holds_the_regie_until_somebody_accepts(world):
    case = ot_case(world)
    held = CaseLead.unscoped.get(case=case, state=LeadState.ACCEPTED)
    assert held.is_default and held.person == world.people["head-kade"]
    offered = CaseLead.unscoped.get(case=case, state=LeadState.OFFERED)
    assert offered.person == world.people["ib-kade"]
    assert Document.unscoped.filter(case=case).count() == 2


def test_a_changed_table_tells_who_came_and_who_went(world):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    rows = [school_table(world)[1], staff(world, "head-kade", "HEAD", "eindverantwoordelijk")]
    with pytest.raises(NotAllowed):
        act(world, "ib-kade", tables.change_table, meeting.pk, given={"invitees": rows})
    act(world, "head-kade", tables.change_table, meeting.pk, given={"invitees": rows})
    assert OutboxEntry.objects.filter(kind=Notice.INVITATION).count() == 3
    gone = OutboxEntry.objects.get(kind=Notice.INVITATION_WITHDRAWN)
    assert gone.recipient_id == world.people["teacher-kade"].pk
    assert Participant.unscoped.get(person=world.people["teacher-kade"]).until == NOW.date()


def test_a_changed_ot_still_invites_the_parents(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    with pytest.raises(Blocked) as refusal:
        given = {"invitees": school_table(world) + family(world)[1:]}
        act(world, "head-kade", tables.change_table, meeting.pk, given=given, now=LATER)
    assert codes(refusal) == ["parents_are_invited"]
    kinds = Invitee.unscoped.filter(meeting=meeting).values_list("kind", flat=True)
    assert list(kinds).count(InviteeKind.CARER) == 2


def test_a_list_is_convened_in_one_act_and_tells_what_was_refused(world):
    ready = vot_requested_case(world)
    bare = signaling_case(world, student="daan")
    act(world, "ib-kade", ask_vot_at_once, bare.pk, given={"reason": "Het houdt aan."})
    meeting = lay(world, ready, MeetingKind.VOT, school_table(world))
    lay(world, bare, MeetingKind.VOT, [])
    done = act(world, "head-kade", convening.convene_list, meeting.session)
    assert [case.pk for case in done.convened] == [ready.pk]
    assert [row.meeting.case_id for row in done.refused] == [bare.pk]
    assert [reason.code for reason in done.refused[0].reasons] == ["table_is_laid"]


def test_a_voluntary_vot_may_be_given_back(world):
    case = vot_requested_case(world)
    with pytest.raises(Blocked) as refusal:
        given = {"reason": "Is al opgelost.", "requester_agrees": True}
        act(world, "head-kade", convening.decline_vot, case.pk, given=given)
    assert codes(refusal) == ["vot_is_voluntary"]
