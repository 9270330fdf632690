"""One line, twenty seconds: notes on a case, a pupil, without a name, and in a round (R-6.4)."""

from datetime import date

import pytest

from cases.actions import notes
from cases.enums import NoteKind
from cases.models import Case, Note
from teams.access.actor import acting_as
from teams.access.errors import NotVisible
from teams.models import AuditEntry
from tests.cases.actions.test_consults import act
from tests.cases.ladder import consulting_case, signaling_case
from tests.world import add_student

LINE = {"text": "Lachte vandaag bij het hek.", "with_whom": "moeder"}


def test_a_line_at_a_case_is_read_by_the_school(world):
    case = signaling_case(world)
    act(world, "teacher-kade", notes.write_case_note, case.pk, given=LINE)
    with acting_as(world.actor("ib-kade")):
        assert Note.objects.get().case == case


def test_a_line_about_a_pupil_joins_the_open_case(world):
    case = signaling_case(world)
    noor = world.students["noor"]
    note = act(world, "teacher-kade", notes.write_student_note, noor, given=LINE)
    assert (note.case, note.dossier_id) == (case, case.dossier_id)


def test_a_line_about_a_pupil_without_a_case_opens_none(world):
    daan = world.students["daan"]
    note = act(world, "teacher-kade", notes.write_student_note, daan, given=LINE)
    assert note.case is None and note.dossier_id == daan.dossier_id
    assert not Case.unscoped.exists()
    with acting_as(world.actor("teacher-kade")):
        assert Note.objects.get() == note


def test_a_line_without_a_name_reaches_the_leads_only(world):
    kade = world.schools["kade"]
    act(world, "family-sanne", notes.write_school_note, kade, given=LINE)
    with acting_as(world.actor("ib-kade")):
        assert Note.objects.count() == 1
    with acting_as(world.actor("teacher-kade")):
        assert not Note.objects.exists()
    with pytest.raises(NotVisible):
        act(world, "ib-werf", notes.write_school_note, kade, given=LINE)


@pytest.mark.parametrize("key", ["teacher-werf", "family-sanne", "nurse-fien"])
def test_strangers_write_nothing_about_a_pupil(world, key):
    with pytest.raises(NotVisible):
        act(world, key, notes.write_student_note, world.students["noor"], given=LINE)


def test_who_was_only_asked_writes_no_note_at_the_case(world):
    case = consulting_case(world)
    with pytest.raises(Exception) as refusal:
        act(world, "education-omar", notes.write_case_note, case.pk, given=LINE)
    assert refusal.typename == "NotAllowed"


def test_a_group_round_saves_all_lines_at_once(world):
    add_student(world, "sem", "Sem", "Bakker", born=date(2016, 1, 1))
    lines = [
        (world.students["noor"], "Rustiger."),
        (world.students["daan"], "  "),
        (world.students["sem"], "Leest met plezier."),
    ]
    made = act(world, "teacher-kade", notes.save_group_round, world.groups["kade"], lines=lines)
    assert [note.text for note in made] == ["Rustiger.", "Leest met plezier."]
    assert {note.kind for note in made} == {NoteKind.GROUP_ROUND}
    assert AuditEntry.objects.filter(verb="NOTE_WRITTEN").count() == 2


def test_a_pupil_of_another_group_stops_the_whole_round(world):
    lines = [(world.students["noor"], "Goed."), (world.students["yara"], "Goed.")]
    with pytest.raises(NotVisible):
        act(world, "teacher-kade", notes.save_group_round, world.groups["kade"], lines=lines)
    assert not Note.unscoped.exists()
