"""Models of the ground floor, one noun a file."""

from teams.models.alarm import Alarm
from teams.models.assignment import Assignment
from teams.models.clock import ClockOffset
from teams.models.door import Guess, GuessKind, IdentityProvider, UsedCode
from teams.models.dossier import Dossier, Seat
from teams.models.glass import BreakGlass
from teams.models.grant import Proposal
from teams.models.organization import Organization
from teams.models.outbox import DueRow, OutboxEntry
from teams.models.recusal import Recusal
from teams.models.session import Device, KeptPost, Look, ReportCount, Session
from teams.models.team import SupportTeam, SupportTeamDate, SupportTeamMember
from teams.models.trace import AccessEntry, AuditEntry, TraceHead, TraceLink
from teams.models.user import User

__all__ = [
    "AccessEntry",
    "Alarm",
    "Assignment",
    "AuditEntry",
    "BreakGlass",
    "ClockOffset",
    "Device",
    "Dossier",
    "DueRow",
    "Guess",
    "GuessKind",
    "IdentityProvider",
    "KeptPost",
    "Look",
    "Organization",
    "OutboxEntry",
    "Proposal",
    "ReportCount",
    "Recusal",
    "Seat",
    "Session",
    "SupportTeam",
    "SupportTeamDate",
    "SupportTeamMember",
    "TraceHead",
    "TraceLink",
    "UsedCode",
    "User",
]
