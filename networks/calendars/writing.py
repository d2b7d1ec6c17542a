"""The meetings of a network as a calendar file. What was said there, and who came, is not in it."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from networks.models import Meeting, Network


def calendar_of(network: Network, meetings: Iterable[Meeting]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//NetCRM//FR")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", network.name)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    """Moments are written in UTC, so that no description of a time zone has to come along."""
    event = Event()
    event.add("UID", meeting.uid or f"{meeting.pk}@netcrm")
    event.add("DTSTAMP", meeting.updated.astimezone(UTC))
    event.add("SUMMARY", meeting.title)
    if meeting.all_day:
        event.add("DTSTART", meeting.on)
        event.add("DTEND", meeting.last_on + timedelta(days=1))
    else:
        event.add("DTSTART", meeting.starts_at.astimezone(UTC))
        if meeting.ends_at:
            event.add("DTEND", meeting.ends_at.astimezone(UTC))
    if meeting.place:
        event.add("LOCATION", meeting.place)
    event.add("STATUS", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    return event
