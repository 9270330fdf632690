"""Every sensitive model by every role: who sees any of its rows of one full case."""

import pytest
from django.apps import apps

from cases.models import Meeting, MeetingLine
from schools.models import Student
from teams.access.actor import acting_as
from teams.access.scope import SensitiveRow
from teams.enums import Role
from tests.access.full_case import build_full_case
from tests.world import add_person

# Of the school De Kade: T teacher of the group, I intern begeleider, H directeur.
# S: gezinsspecialist at the OT, with consent. O: onderwijsspecialist asked without a name.
PEOPLE = {
    "T": "teacher-kade",
    "I": "ib-kade",
    "H": "head-kade",
    "S": "family-sanne",
    "O": "education-omar",
}
EXPECTED = {
    # The heading and the shared plan: everyone at the table.
    "Case": "TIHS",
    "CaseTransition": "TIHS",
    "CaseLead": "TIHS",
    "Participant": "TIHS",
    "Plan": "TIHS",
    "Goal": "TIHS",
    "MonitoringPlan": "TIHS",
    "Evaluation": "TIHS",
    "GoalEvaluation": "TIHS",
    "Agreement": "TIHS",
    "FacilityCheck": "TIHS",
    "Document": "TIHS",
    "TransitionNote": "TIHS",
    # Of the OT, to which she was invited; not of the VOT.
    "Meeting": "TIHS",
    "Invitee": "TIHS",
    "MeetingLine": "TIHS",
    "Contribution": "TIHS",
    # AR-15: signals yes, the school's talks and notes no; consents as asked (domain.md 15).
    "Signal": "TIHS",
    "Conversation": "TIH",
    "Note": "TIH",
    "Consent": "IHS",
    "ConsentDecision": "IHS",
    "ConsentReminder": "IHS",
    # The signed paper itself: the school's leads only.
    "ConsentScan": "IH",
    # AR-14: the question, to whom it was asked.
    "Consult": "TIHO",
    "ConsultAsked": "TIHO",
    # The pupil belongs to the school; the table knows whom it is about.
    "Student": "TIHS",
    "Enrollment": "TIHS",
    "Carer": "TIH",
    "CarerContact": "TIH",
    "Custody": "TIH",
    "ImportRun": "IH",
    "FamilyTie": "IH",
    # AR-23: of the school's leads, until an attendance officer sits at the table.
    "AbsenceGround": "IH",
    "AbsenceDay": "IH",
    "AttendanceAgreement": "IH",
}


@pytest.fixture
def full(world):
    return build_full_case(world)


def _models():
    return [model for model in apps.get_models() if issubclass(model, SensitiveRow)]


def _count(full, key, model) -> int:
    with acting_as(full.world.actor(key, now=full.now)):
        return model.objects.count()


def test_every_model_by_every_role(full):
    assert {model.__name__ for model in _models()} == set(EXPECTED)
    seen = {
        model.__name__: "".join(
            letter for letter, key in PEOPLE.items() if _count(full, key, model)
        )
        for model in _models()
    }
    assert seen == EXPECTED


def test_nobody_else_sees_a_row_of_this_school(full):
    for role in Role:
        add_person(full.world, f"other-{role.lower()}", role, "town")
    outside = set(full.world.people) - set(PEOPLE.values())
    own = full.world.students["yara"].dossier_id
    leaks = []
    for key in outside:
        for model in _models():
            with acting_as(full.world.actor(key, now=full.now)):
                if model.objects.exclude(dossier=own).exists():
                    leaks.append((key, model.__name__))
    assert leaks == []


def test_the_one_invited_to_the_ot_does_not_see_the_vot(full):
    with acting_as(full.world.actor("family-sanne", now=full.now)):
        assert {row.kind for row in Meeting.objects.all()} == {"OT"}
        kinds = MeetingLine.objects.values_list("meeting__kind", flat=True)
        assert set(kinds) <= {"OT"}
        assert Student.objects.get().dossier_id == full.case.student.dossier_id
