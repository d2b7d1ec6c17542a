"""The time that networks take: meetings attended, and what was noted besides. Two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum

from networks.models import Meeting, Network, TimeSpent
from workspaces.models import Workspace


def year_to(day: date) -> date:
    """The first of the twelve months that end on `day`. A year ago, 29 February was the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day) + timedelta(days=1)


def minutes_of(workspace: Workspace, since: date, until: date, *, network: Network | None = None) -> dict[int, int]:
    """Minutes by network from one day to another, both included; a network that took none is left out."""
    minutes: dict[int, int] = defaultdict(int)
    for meeting in _attended(workspace, since, until, network):
        minutes[meeting.network_id] += meeting.spent_minutes
    noted = TimeSpent.objects.for_workspace(workspace).filter(on__gte=since, on__lte=until)
    if network:
        noted = noted.filter(network=network)
    for pk, spent in noted.order_by().values_list("network").annotate(Sum("minutes")):
        minutes[pk] += spent
    return dict(minutes)


def lines_of(workspace: Workspace) -> list[tuple[int, date, int]]:
    """All that was ever spent: (network, day where the company is, minutes), in no order."""
    zone = ZoneInfo(workspace.timezone)
    met = [
        (meeting.network_id, meeting.starts_at.astimezone(zone).date(), meeting.spent_minutes)
        for meeting in _attended(workspace, date.min, date.max, None)
    ]
    noted = TimeSpent.objects.for_workspace(workspace).order_by()
    return met + list(noted.values_list("network", "on", "minutes"))


def _attended(workspace: Workspace, since: date, until: date, network: Network | None) -> Iterator[Meeting]:
    """A meeting belongs to the day on which it begins."""
    zone = ZoneInfo(workspace.timezone)
    meetings = Meeting.objects.for_workspace(workspace).attended().order_by()
    if network:
        meetings = meetings.filter(network=network)
    if since > date.min:
        meetings = meetings.filter(starts_at__gte=datetime.combine(since, time.min, zone))
    if until < date.max:
        meetings = meetings.filter(starts_at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    columns = ("network", "starts_at", "ends_at", "all_day", "presence", "cancelled", "travel_minutes")
    return meetings.only(*columns).iterator()
