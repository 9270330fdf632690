"""Checking the trace, and telling a person when it is not what was written."""

from datetime import datetime

from teams.actions.alarms import raise_alarm
from teams.audit.chain import Fault
from teams.audit.verifying import verify
from teams.enums import AlarmKind

# One alarm each for the first places; the command shows all.
MOST_ALARMS = 20


def check_trace(*, now: datetime) -> tuple[Fault, ...]:
    """Check the whole trace and raise an alarm for each place. Shape: the faults."""
    faults = verify().faults
    for fault in faults[:MOST_ALARMS]:
        raise_alarm(AlarmKind.TRACE, str(fault), now=now)
    return faults
