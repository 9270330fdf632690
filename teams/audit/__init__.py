"""The trace: one audit line per action, in the same transaction."""

from teams.audit.record import record
from teams.audit.verbs import Verb

__all__ = ["Verb", "record"]
