"""Holding a meeting: attendance, minutes, agreements, the final report, the family's voice."""

from datetime import timedelta

import pytest

from cases.actions import convening, minutes, outcomes
from cases.enums import (
    Attendance,
    CaseState,
    ClosingReason,
    Conclusion,
    DoerKind,
    InviteeKind,
    LeadState,
    MeetingKind,
    MeetingState,
)
from cases.models import Agreement, CaseLead, Contribution, Document, Meeting, MeetingLine
from cases.queries.facts import CaseFacts
from cases.queries.minutes import lines_of
from teams.access.errors import Blocked, Conflict, NotAllowed
from tests.cases.ladder import agreement_of
from tests.cases.late_ladder import act, current, family, hold, lay, ot_case, school_table, vot_case
from tests.world import NOW

HELD = NOW + timedelta(days=3)
OT_HELD = NOW + timedelta(days=6)


def codes(refusal) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_what_was_noted_before_opens_in_the_report_with_its_source(world):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    lines = lines_of(meeting, CaseFacts(case, NOW.date()))
    sources = {line.source_kind for line in lines if line.source_kind}
    assert {"signal", "consult"} <= sources
    given = {"version": 0, "lines": {line.key: line.text for line in lines}}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given=given)
    saved = MeetingLine.unscoped.filter(meeting=meeting, source_kind="signal")
    assert saved.get().source_id is not None
    again = lines_of(meeting, CaseFacts(case, NOW.date()))
    assert [line.text for line in again] == [line.text for line in lines]


def test_s27_the_second_writer_gets_both_texts_and_nothing_is_lost(world):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    first = {"version": 0, "lines": {"NODIG": "Rust."}}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given=first)
    second = {"version": 0, "lines": {"NODIG": "Structuur.", "GOED": ""}}
    with pytest.raises(Conflict) as conflict:
        act(world, "head-kade", minutes.save_minutes, meeting.pk, given=second)
    assert conflict.value.theirs == {"NODIG": "Rust.", "version": 1}
    assert conflict.value.mine == {"NODIG": "Structuur."}
    assert conflict.value.by == str(world.people["ib-kade"])
    chosen = {"version": 1, "lines": {"NODIG": "Rust.\n\nStructuur."}}
    act(world, "head-kade", minutes.save_minutes, meeting.pk, given=chosen)
    assert MeetingLine.unscoped.get(meeting=meeting).text == "Rust.\n\nStructuur."


def test_only_the_head_makes_a_report_final_and_it_stays(world):
    case = vot_case(world)
    meeting = current(case, MeetingKind.VOT)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", minutes.finalize_report, meeting.pk)
    assert codes(refusal) == ["item_is_held", "report_is_written"]
    hold(world, meeting, now=HELD)
    with pytest.raises(NotAllowed):
        act(world, "ib-kade", minutes.finalize_report, meeting.pk, now=HELD)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=HELD)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={}, now=HELD)
    assert codes(refusal) == ["report_is_open"]


def test_a_meeting_is_not_held_ahead_of_time(world):
    meeting = current(vot_case(world), MeetingKind.VOT)
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", minutes.record_held, meeting.pk, given={})
    assert codes(refusal) == ["day_has_come"]


def test_agreements_of_a_meeting_have_four_elements_and_a_doer(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    carer = world.carers["noor"][0]
    bare = agreement_of(world, yields="")
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": [bare]})
    assert "wat moet het opleveren" in refusal.value.reasons[0].text
    rows = [
        agreement_of(world),
        agreement_of(
            world,
            doer_kind=DoerKind.CARER,
            doer_person=None,
            doer_carer=carer,
            is_agreed=True,
        ),
    ]
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": rows})
    made = {row.doer_kind: row for row in Agreement.unscoped.filter(meeting=meeting)}
    assert made[DoerKind.CARER].accepted_on and not made[DoerKind.STAFF].needs_acceptance
    removed = {"agreements": [{"id": made[DoerKind.STAFF].pk, "is_removed": True}]}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given=removed)
    assert Agreement.unscoped.filter(meeting=meeting).count() == 1


def test_what_was_agreed_and_then_changed_is_agreed_again(world):
    meeting = current(ot_case(world), MeetingKind.OT)
    carer = world.carers["noor"][0]
    row = agreement_of(
        world, doer_kind=DoerKind.CARER, doer_person=None, doer_carer=carer, is_agreed=True
    )
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": [row]})
    made = Agreement.unscoped.get()
    same = {**row, "id": made.pk, "is_agreed": False}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": [same]})
    assert not Agreement.unscoped.get().needs_acceptance
    other = {**same, "what": "brengt ook op vrijdag"}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given={"agreements": [other]})
    assert Agreement.unscoped.get().needs_acceptance


def test_an_ot_without_parents_is_provisional_and_asks_a_second_invitation(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    absent = (InviteeKind.CARER,)
    hold(world, meeting, now=OT_HELD, absent=absent, conclusion=Conclusion.BASIC)
    assert Meeting.unscoped.get(pk=meeting.pk).is_provisional
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=OT_HELD)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", outcomes.start_plan, case.pk, now=OT_HELD)
    assert "parents_were_there_or_invited_twice" in codes(refusal)


def test_after_two_invitations_the_plan_may_start_provisionally(world):
    case = ot_case(world)
    absent = (InviteeKind.CARER,)
    hold(world, current(case, MeetingKind.OT), now=OT_HELD, absent=absent)
    given = {"reason": "Ouders konden niet."}
    act(world, "head-kade", outcomes.plan_new_ot, case.pk, given=given, now=OT_HELD)
    rows = school_table(world) + family(world)
    lay(world, case, MeetingKind.OT, rows, now=OT_HELD)
    act(world, "head-kade", convening.convene_ot, case.pk, now=OT_HELD)
    second, later = current(case, MeetingKind.OT), OT_HELD + timedelta(days=3)
    hold(world, second, now=later, absent=absent, conclusion=Conclusion.BASIC)
    act(world, "head-kade", minutes.finalize_report, second.pk, now=later)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", outcomes.start_plan, case.pk, now=later)
    assert "parents_were_there_or_invited_twice" not in codes(refusal)
    assert Meeting.unscoped.get(pk=second.pk).is_provisional


def test_the_family_speaks_before_and_after(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    before = {"carer": world.carers["noor"][0], "text": "Wij zoeken vooral rust."}
    act(world, "teacher-kade", minutes.enter_contribution, meeting.pk, given=before, now=OT_HELD)
    lines = lines_of(meeting, CaseFacts(case, NOW.date()))
    assert any("Wij zoeken vooral rust." in line.text for line in lines)
    hold(world, meeting, now=OT_HELD, conclusion=Conclusion.BASIC)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=OT_HELD)
    after = {"is_from_student": True, "is_comment": True, "text": "Dit klopt."}
    act(world, "ib-kade", minutes.enter_contribution, meeting.pk, given=after, now=OT_HELD)
    assert Contribution.unscoped.filter(meeting=meeting).count() == 2
    with pytest.raises(Blocked) as refusal:
        act(world, "ib-kade", minutes.enter_contribution, meeting.pk, given={"text": "?"})
    assert codes(refusal) == ["voice_is_known"]


def test_a_final_ot_report_asks_for_its_pdf(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    hold(world, meeting, now=OT_HELD)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", minutes.finalize_report, meeting.pk, now=OT_HELD)
    assert codes(refusal) == ["ot_concludes"]
    given = {"conclusion": Conclusion.NOTHING_NEEDED}
    act(world, "ib-kade", minutes.save_minutes, meeting.pk, given=given, now=OT_HELD)
    act(world, "head-kade", minutes.finalize_report, meeting.pk, now=OT_HELD)
    assert Document.unscoped.filter(meeting=meeting, kind="OT_VERSLAG").exists()


def test_no_ot_is_needed_by_exception(world):
    case = vot_case(world)
    with pytest.raises(Blocked) as refusal:
        act(world, "head-kade", outcomes.skip_ot, case.pk, given={})
    assert codes(refusal) == ["reason_is_given", "carers_are_spoken"]
    given = {"reason": "Verhuisd.", "talk": "Gebeld met moeder."}
    done = act(world, "head-kade", outcomes.skip_ot, case.pk, given=given)
    assert (done.state, done.closing_reason) == (CaseState.CLOSED, ClosingReason.SATISFIED)
    assert current(case, MeetingKind.VOT).state == MeetingState.CANCELED


def test_another_ot_is_planned_after_one_that_missed_someone(world):
    case = ot_case(world)
    meeting = current(case, MeetingKind.OT)
    hold(world, meeting, now=OT_HELD)
    given = {"reason": "Vader kon niet."}
    act(world, "head-kade", outcomes.plan_new_ot, case.pk, given=given, now=OT_HELD)
    assert current(case, MeetingKind.OT).state == MeetingState.FINAL
    again = lay(world, case, MeetingKind.OT, school_table(world), now=OT_HELD)
    assert again.pk != meeting.pk


def test_nothing_more_is_needed_and_the_regie_ends(world):
    case = ot_case(world)
    hold(world, current(case, MeetingKind.OT), now=OT_HELD)
    given = {"reason": "Het gaat goed.", "do_carers_agree": True}
    done = act(world, "head-kade", outcomes.finish_after_ot, case.pk, given=given, now=OT_HELD)
    assert done.state == CaseState.CLOSED
    states = CaseLead.unscoped.filter(case=case).values_list("state", flat=True)
    assert set(states) == {LeadState.ENDED}


def test_attendance_of_a_guest_is_kept(world):
    meeting = current(vot_case(world), MeetingKind.VOT)
    given = {"guests": ["Oma Bep", ""]}
    act(world, "ib-kade", minutes.record_held, meeting.pk, given=given, now=HELD)
    guest = meeting.invitees.model.unscoped.get(kind=InviteeKind.GUEST)
    assert (guest.name, guest.attendance) == ("Oma Bep", Attendance.PRESENT)
