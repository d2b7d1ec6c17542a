"""A year of meetings of the demo's networks, two of each ahead, and who was or will be there."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from contacts.models import Affiliation, Attendance
from journey.demo import story
from networks.models import Meeting, Network, Presence

YEAR_DAYS: Final = 360
AHEAD: Final = 2
FRIDAY: Final = 4
LEFT_OUT: Final = 4  # of six meetings, this one was missed, with an excuse
UNNOTED: Final = "Groupement Acier 44"  # nobody has said yet whether we were at its last one
TABLE: Final = 8  # who is known to come


def write_meetings(networks: dict[str, Network], *, today: date) -> None:
    """Those of each network at its own rhythm, on its own day of the week when it has one."""
    for row in story.rows("meetings"):
        if network := networks.get(row["network"]):
            told = [_meeting(network, row, number, today) for number in _numbers(network)]
            *_, last, ahead, _after = Meeting.objects.bulk_create(told)
            _write_table(network, last, ahead)


def _write_table(network: Network, last: Meeting, ahead: Meeting) -> None:
    """Who was at the last meeting, and who is expected at the next one."""
    contacts = Affiliation.objects.filter(network=network).order_by("pk").values_list("contact", flat=True)[:TABLE]
    Attendance.objects.bulk_create(
        Attendance(workspace=network.workspace, meeting=meeting, contact_id=contact, presence=presence)
        for meeting, presence in ((last, last.presence), (ahead, ""))
        for contact in contacts
    )


def _numbers(network: Network) -> range:
    """From the oldest meeting of the year to the last that is called; 0 is the last one held."""
    every = network.cadence_days or YEAR_DAYS
    return range(-(YEAR_DAYS // every) + 1, AHEAD + 1)


def _meeting(network: Network, row: story.Row, number: int, today: date) -> Meeting:
    zone = ZoneInfo(network.workspace.timezone)
    starts_at = datetime.combine(_day(network, row, number, today), time.fromisoformat(row["at"]), zone)
    meeting = Meeting(
        workspace=network.workspace,
        network=network,
        title=row["title"],
        place=row["place"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=int(row["lasts"])),
        uid=f"{uuid.uuid4()}@netcrm",
    )
    if number <= 0 and not (number == 0 and row["network"] == UNNOTED):
        meeting.presence = Presence.EXCUSED if -number % 6 == LEFT_OUT else Presence.PRESENT
        meeting.travel_minutes = int(row["travel"])
        meeting.minutes = row["said"] if number == 0 else ""
    return meeting


def _day(network: Network, row: story.Row, number: int, today: date) -> date:
    """On the usual weekday, or else on a working day; the last one held is `ago` days old at least."""
    every = network.cadence_days or YEAR_DAYS
    day = today + timedelta(days=every * number - int(row["ago"]))
    if network.weekday is None:
        return day - timedelta(days=max(day.weekday() - FRIDAY, 0))
    return day - timedelta(days=(day.weekday() - network.weekday) % 7)
