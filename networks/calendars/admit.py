"""Events become meetings of a network: all of them or none, and the same file twice changes nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from networks.calendars.reading import Event, Reading, Reason
from networks.models import Meeting, Network
from workspaces.logbook import record
from workspaces.models import Member

TAKEN: Final = ("title", "place", "starts_at", "ends_at", "all_day")
NAMED_MAX: Final = 5  # of those that are left out for one reason, told by name


@dataclass(kw_only=True)
class Report:
    """What became of a file; `left` tells for each reason how many, and the names of some."""

    created: int = 0
    updated: int = 0
    cancelled: int = 0
    unchanged: int = 0
    left: list[tuple[str, int, list[str]]]
    endless: list[str]
    zones: list[str]


def admit(reading: Reading, *, network: Network, by: Member, now: datetime) -> Report:
    """What we noted ourselves of a known meeting stays: presence, travel, minutes, and that it is cancelled."""
    with transaction.atomic():
        Network.objects.select_for_update(no_key=True).get(pk=network.pk)
        known = {meeting.uid: meeting for meeting in Meeting.objects.filter(network=network).exclude(uid="")}
        left = list(reading.left)
        wanted = {event.key: event for event in reading.events}
        made, changed, gone, same = [], [], _dropped(wanted, known.values(), now), 0
        for event in wanted.values():
            meeting = known.get(event.key)
            if meeting is None and event.cancelled:
                left.append((Reason.CANCELLED, event.title))
            elif meeting is None:
                made.append(Meeting(workspace=network.workspace, network=network, uid=event.key, **_said(event)))
            elif event.cancelled and not meeting.cancelled:
                gone.append(meeting)
            elif event.cancelled or _said(event) == {name: getattr(meeting, name) for name in TAKEN}:
                same += 1
            else:
                changed.append(_changed(meeting, event))
        _write(made, changed, gone)
        counts = {"created": len(made), "updated": len(changed), "cancelled": len(gone)}
        if any(counts.values()):
            Network.mark_stale([network.pk])
            record(by, "networks.meeting.imported", network, counts=counts)
    return _report(reading, left, unchanged=same, **counts)


def _write(made: list[Meeting], changed: list[Meeting], gone: list[Meeting]) -> None:
    for meeting in gone:
        meeting.cancelled = True
        meeting.version += 1
    Meeting.objects.bulk_create(made, batch_size=500)
    Meeting.objects.bulk_update([*changed, *gone], [*TAKEN, "cancelled", "version"], batch_size=200)


def _said(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in TAKEN}


def _changed(meeting: Meeting, event: Event) -> Meeting:
    for name, value in _said(event).items():
        setattr(meeting, name, value)
    meeting.version += 1
    return meeting


def _dropped(wanted: dict[str, Event], known: Iterable[Meeting], now: datetime) -> list[Meeting]:
    """Times of a series that the file still knows, to come and no longer in it: its rule was changed."""
    series = {event.series for event in wanted.values() if event.series}
    return [
        meeting
        for meeting in known
        if meeting.uid not in wanted and meeting.uid.rpartition("/")[0] in series
        if meeting.starts_at > now and not meeting.cancelled
    ]


def _report(reading: Reading, left: list[tuple[Reason, str]], **counts: int) -> Report:
    reasons = Counter(reason for reason, _title in left)
    told = [
        (str(reason.label), number, [title for why, title in left if why == reason and title][:NAMED_MAX])
        for reason, number in reasons.items()
    ]
    return Report(left=told, endless=sorted(set(reading.endless)), zones=sorted(reading.zones), **counts)
