"""Models of the ground floor, one noun a file."""

from teams.models.assignment import Assignment
from teams.models.clock import ClockOffset
from teams.models.door import Guess, GuessKind, IdentityProvider, UsedCode
from teams.models.dossier import Dossier, Seat
from teams.models.organization import Organization
from teams.models.outbox import DueRow, OutboxEntry
from teams.models.team import SupportTeam, SupportTeamDate, SupportTeamMember
from teams.models.trace import AccessEntry, AuditEntry
from teams.models.user import User

__all__ = [
    "AccessEntry",
    "Assignment",
    "AuditEntry",
    "ClockOffset",
    "Dossier",
    "DueRow",
    "Guess",
    "GuessKind",
    "IdentityProvider",
    "Organization",
    "OutboxEntry",
    "Seat",
    "SupportTeam",
    "SupportTeamDate",
    "SupportTeamMember",
    "UsedCode",
    "User",
]
