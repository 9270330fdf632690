"""Models of the route, one noun a file."""

from cases.models.absence import AbsenceDay, AbsenceGround, AttendanceAgreement
from cases.models.agreement import Agreement
from cases.models.case import Case, CaseTransition, TransitionNote
from cases.models.consent import Consent, ConsentDecision, ConsentReminder, ConsentScan
from cases.models.consult import Consult, ConsultAsked
from cases.models.conversation import Conversation, Note
from cases.models.document import Document
from cases.models.draft import Draft
from cases.models.evaluation import Evaluation, GoalEvaluation
from cases.models.lead import CaseLead
from cases.models.meeting import Contribution, Invitee, Meeting, MeetingLine, Session
from cases.models.participant import Participant
from cases.models.plan import Goal, MonitoringPlan, Plan
from cases.models.signal import Signal

__all__ = [
    "AbsenceDay",
    "AbsenceGround",
    "Agreement",
    "AttendanceAgreement",
    "Case",
    "CaseLead",
    "CaseTransition",
    "Consent",
    "ConsentDecision",
    "ConsentReminder",
    "ConsentScan",
    "Consult",
    "ConsultAsked",
    "Contribution",
    "Conversation",
    "Document",
    "Draft",
    "Evaluation",
    "Goal",
    "GoalEvaluation",
    "Invitee",
    "Meeting",
    "MeetingLine",
    "MonitoringPlan",
    "Note",
    "Participant",
    "Plan",
    "Session",
    "Signal",
    "TransitionNote",
]
