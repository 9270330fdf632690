"""The calendar file of an invitation: when, and where to read more; no names (I22)."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from cases.models import Meeting

PRODUCT = "-//Ondersteuningsroute//NL"


def calendar_file(
    meeting: Meeting, *, to: str, sender: str, url: str, sent_at: datetime, is_canceled: bool
) -> bytes:
    """Write the calendar file of one invitation.

    Shape:  METHOD REQUEST or CANCEL; the same UID for every file of one item, and a SEQUENCE that
            grows, so that an agenda moves or removes the entry it has. The reader alone is named.
    Source: RFC 5545, RFC 5546.
    """
    starts = timezone.make_aware(datetime.combine(meeting.session.on, meeting.starts_at))
    event = Event()
    event.add("uid", f"{meeting.pk}@ondersteuningsroute")
    event.add("sequence", max(0, int((sent_at - meeting.created_at).total_seconds())))
    event.add("dtstamp", sent_at.astimezone(UTC))
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", (starts + timedelta(minutes=meeting.minutes)).astimezone(UTC))
    event.add("summary", f"Overleg casus {meeting.case.number}")
    event.add("status", "CANCELLED" if is_canceled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if url:
        event.add("url", url)
    event["organizer"] = vCalAddress(f"mailto:{parseaddr(sender)[1]}")
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["role"] = vText("REQ-PARTICIPANT")
    event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_canceled else "REQUEST")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
