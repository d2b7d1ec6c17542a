"""A calendar file (.ics) as the events that matter for a network. It comes from outside: nothing in it is believed.

Only the lines of events that we use are given to the library: what a file says of time zones would otherwise be kept
by the process for everybody, and be searched for as long as it likes.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from icalendar import Event as Block
from icalendar import vDDDLists, vDDDTypes, vRecur

from networks.calendars.recurrence import FREQUENCIES, Rule, days_of
from ui.wording import number
from workspaces.forms import NameField

MEGABYTES: Final = 2
EVENTS_MAX: Final = 1000
LINES_MAX: Final = 20_000  # of those that we read
AHEAD: Final = timedelta(days=365)  # for what repeats
BEHIND: Final = timedelta(days=365)
LONGEST: Final = timedelta(days=31)
YEARS: Final = range(1970, 2101)
USED: Final = frozenset(
    {"UID", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS"}
    | {"RECURRENCE-ID"}
)
NAME: Final = re.compile(r"[A-Za-z0-9-]+(?=[:;])")
KNOWN_PARTS: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
)
DAY: Final = re.compile(r"([+-]?\d{0,2})(MO|TU|WE|TH|FR|SA|SU)")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Refused(Exception):
    """The file as a whole cannot be read; nothing of it is taken."""


class Reason(TextChoices):
    """Why an event of a file that is well otherwise is left out."""

    ILLEGIBLE = "illegible", _("its dates cannot be read")
    BACKWARDS = "backwards", _("it ends before it starts")
    LONG = "long", _("it lasts more than a month")
    OLD = "old", _("it took place more than a year ago")
    PAST = "past", _("it repeats, and this time is past")
    OVER = "over", _("it repeats, and no time of it is to come within twelve months")
    ODD_RULE = "odd_rule", _("it repeats in a way that is not understood here")
    CANCELLED = "cancelled", _("it is cancelled, and was not here before")


@dataclass(frozen=True, kw_only=True)
class Event:
    """`key` is what a second reading of the same event bears too; `series` that of the whole, for what repeats."""

    key: str
    series: str = ""
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime | None
    all_day: bool
    cancelled: bool


@dataclass(kw_only=True)
class Reading:
    """`endless` are the titles of what goes on after twelve months, `zones` the time zones that nobody knows."""

    events: list[Event] = field(default_factory=list)
    left: list[tuple[Reason, str]] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    zones: set[str] = field(default_factory=set)


def read(data: bytes, *, zone: ZoneInfo, now: datetime) -> Reading:
    """`zone` is the one of the company: floating times and whole days are meant there."""
    blocks = list(_blocks(_text(data)))
    return _Reader(zone, now).read(blocks)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"BEGIN:VCALENDAR" not in data[:50].upper():
            raise Refused(gettext("This file is not a calendar (.ics).")) from None
        raise Refused(gettext("This file is not written in UTF-8, as calendars are.")) from None
    text = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise Refused(gettext("This file is not a calendar (.ics)."))
    if not text[-13:].upper().endswith("END:VCALENDAR"):
        raise Refused(gettext("This file stops before its end: send it again, whole."))
    return text


def _blocks(text: str) -> Iterator[str]:
    """Each event, with the lines of its own that we use. Alarms in it, and all that is no event, are passed over."""
    inside: list[str] = []
    depth = events = lines = 0
    for line in text.split("\n"):
        mark = line[:40].strip().upper()
        if mark.startswith("BEGIN:"):
            depth = depth + 1 if depth else int(mark == "BEGIN:VEVENT")
        elif mark.startswith("END:") and depth and mark != "END:VCALENDAR":
            depth -= 1
            if not depth:
                events += 1
                yield "\r\n".join(["BEGIN:VEVENT", *inside, "END:VEVENT"])
                inside = []
        elif depth == 1 and (name := NAME.match(line)) and name[0].upper() in USED:
            lines += 1
            inside.append(line)
        if events > EVENTS_MAX or lines > LINES_MAX:
            raise Refused(too_many())
    if depth:
        raise Refused(gettext("An event of this file does not end: send it again, whole."))


def too_many() -> str:
    words = gettext("This calendar holds more than %(most)s events: export a shorter period.")
    return words % {"most": number(EVENTS_MAX)}


class _Reader:
    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        self.zone, self.now = zone, now
        self.today = now.astimezone(zone).date()
        self.found = Reading()
        self.masters: dict[str, Any] = {}
        self.moved: dict[str, set[date]] = {}

    def read(self, blocks: list[str]) -> Reading:
        """Times of a series that were moved come after the series itself, wherever they stand."""
        known = [parsed for block in blocks if (parsed := self._parsed(block))]
        alone = [(block, first) for block, first in known if "RECURRENCE-ID" not in block]
        for block, first in alone:
            self.masters.setdefault(_uid(block), first.starts_at)
        changed = [(block, first) for block, first in known if "RECURRENCE-ID" in block]
        times = [self._time_of_series(block, first) for block, first in changed]
        for block, first in alone:
            if "RRULE" in block or "RDATE" in block:
                self._repeat(block, first)
            elif first.starts_at < self.now - BEHIND:
                self._leave(Reason.OLD, first.title)
            else:
                self._keep(first)
        for one in times:
            self._keep(one) if one.starts_at.astimezone(self.zone).date() >= self.today else self._leave(
                Reason.PAST, one.title
            )
        return self.found

    def _keep(self, event: Event) -> None:
        self.found.events.append(event)
        if len(self.found.events) > EVENTS_MAX:
            raise Refused(too_many())

    def _leave(self, reason: Reason, title: str) -> None:
        self.found.left.append((reason, title))

    def _parsed(self, text: str) -> tuple[Any, Event] | None:
        """The event as it is written, and as it is the first time; None when it is left out."""
        try:
            block = Block.from_ical(text)
            title = _line(block, "SUMMARY", 200) or pgettext("of a network", "Meeting")
        except (ValueError, IndexError, KeyError):
            self._leave(Reason.ILLEGIBLE, "")
            return None
        try:
            starts, ends = self._span(block)
        except (ValueError, TypeError, OverflowError):
            self._leave(Reason.ILLEGIBLE, title)
            return None
        if (ends and ends < starts) or (ends and ends - starts > LONGEST):
            self._leave(Reason.BACKWARDS if ends < starts else Reason.LONG, title)
            return None
        all_day = not isinstance(starts, datetime)
        first = Event(
            key=_uid(block),
            title=title,
            place=_line(block, "LOCATION", 300),
            starts_at=self._at(starts),
            ends_at=self._at(ends) if ends else None,
            all_day=all_day,
            cancelled=str(_first(block, "STATUS") or "").strip().upper() == "CANCELLED",
        )
        return block, first

    def _span(self, block: Any) -> tuple[Any, Any]:
        """Dates for whole days, the last one included, else moments; no end where none is written."""
        starts, ends, lasts = (self._moment(_first(block, name)) for name in ("DTSTART", "DTEND", "DURATION"))
        if not isinstance(starts, date):
            raise ValueError("no beginning")
        whole = not isinstance(starts, datetime)
        if isinstance(lasts, timedelta) and ends is None:
            ends = starts + lasts
        if ends is None:
            return starts, None
        if not isinstance(ends, date) or isinstance(ends, datetime) == whole:
            raise ValueError("an end of another kind")
        if whole:
            last = ends - timedelta(days=1) if ends != starts else ends
            return starts, (last if last != starts else None)
        return starts, ends

    def _moment(self, value: Any) -> Any:
        """A date, a moment with its zone, or a length of time."""
        if value is None:
            return None
        if not isinstance(value, vDDDTypes):
            raise TypeError("no date")
        moment = value.dt[0] if isinstance(value.dt, tuple) else value.dt
        if isinstance(moment, date) and moment.year not in YEARS:
            raise ValueError("out of our time")
        if isinstance(moment, datetime) and moment.tzinfo is None:
            if zone := value.params.get("TZID", ""):
                self.found.zones.add(NameField().to_python(zone)[:60])
            return moment.replace(tzinfo=self.zone)
        if isinstance(moment, time):
            raise TypeError("an hour without a day")
        return moment

    def _at(self, moment: date) -> datetime:
        return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, self.zone)

    def _time_of_series(self, block: Any, event: Event) -> Event:
        """One time of a series that was moved, renamed or cancelled: it keeps the name of the day it replaces."""
        series = event.key
        try:
            original = self._at(self._moment(_first(block, "RECURRENCE-ID")))
        except (ValueError, TypeError):
            original = event.starts_at
        master = self.masters.get(series, event.starts_at)
        day = original.astimezone(master.tzinfo).date()
        self.moved.setdefault(series, set()).add(day)
        return replace(event, key=_key(series, day), series=series)

    def _repeat(self, block: Any, first: Event) -> None:
        try:
            days = self._days(block, first)
        except (ValueError, TypeError, OverflowError, KeyError, IndexError):
            self._leave(Reason.ODD_RULE, first.title)
            return
        lasts = first.ends_at - first.starts_at if first.ends_at else None
        gone = self._listed(block, "EXDATE", first)
        for day in days:
            starts = first.starts_at.replace(year=day.year, month=day.month, day=day.day, fold=0)
            ends = starts + lasts if lasts is not None else None
            if day not in self.moved.get(first.key, ()):
                time_ = replace(first, key=_key(first.key, day), series=first.key, starts_at=starts, ends_at=ends)
                self._keep(replace(time_, cancelled=first.cancelled or day in gone))
        if not days:
            self._leave(Reason.OVER, first.title)

    def _days(self, block: Any, first: Event) -> list[date]:
        """From today on, for twelve months, in the zone of the event."""
        begin, horizon = first.starts_at.date(), self.today + AHEAD
        found = {day for day in self._listed(block, "RDATE", first) if self.today <= day <= horizon}
        written = _first(block, "RRULE")
        if written is None:
            return sorted(found | ({begin} if begin >= self.today else set()))
        rule, until = _rule(written)
        if rule.times is not None and begin < self.today - 10 * AHEAD:
            raise ValueError("counted from too long ago")
        end = _last_day(until, first.starts_at) if until else date.max
        later = next(days_of(rule, begin, horizon + AHEAD, since=horizon + timedelta(days=1)), date.max)
        if later <= end and later < date.max:
            self.found.endless.append(first.title)
        return sorted(found | set(days_of(rule, begin, min(end, horizon), since=self.today)))

    def _listed(self, block: Any, name: str, first: Event) -> set[date]:
        """The days that are added or taken out, in the zone of the event."""
        values = block.get(name, [])
        lists = [one for one in (values if isinstance(values, list) else [values]) if isinstance(one, vDDDLists)]
        moments = [self._at(self._moment(one)) for each in lists for one in each.dts]
        return {moment.astimezone(first.starts_at.tzinfo).date() for moment in moments}


def _first(block: Any, name: str) -> Any:
    value = block.get(name)
    return value[0] if isinstance(value, list) and not isinstance(value, vDDDLists) else value


def _line(block: Any, name: str, longest: int) -> str:
    return str(NameField().to_python(str(_first(block, name) or "")))[:longest].strip()


def _uid(block: Any) -> str:
    """Its own name, shortened if it does not fit; without one, what it says."""
    uid = str(_first(block, "UID") or "").replace("\x00", "").strip()
    if not uid:
        said = "|".join(str(_first(block, name)) for name in ("SUMMARY", "DTSTART"))
        return hashlib.sha256(said.encode()).hexdigest()
    return uid if len(uid) <= 200 else hashlib.sha256(uid.encode()).hexdigest()


def _key(series: str, day: date) -> str:
    return f"{series}/{day:%Y%m%d}"


def _rule(written: Any) -> tuple[Rule, date | None]:
    """What repeats, and until when. ValueError for what `recurrence` does not know."""
    if not isinstance(written, vRecur) or not set(written) <= KNOWN_PARTS:
        raise ValueError("unknown parts")
    parts = {name: list(value) if isinstance(value, list) else [value] for name, value in written.items()}
    numbers = {name: [int(one) for one in parts.get(name, [])] for name in ("BYMONTHDAY", "BYMONTH", "BYSETPOS")}
    rule = Rule(
        every=str(parts["FREQ"][0]),
        interval=int(parts.get("INTERVAL", [1])[0]),
        times=int(parts["COUNT"][0]) if "COUNT" in parts else None,
        weekdays=[_weekday(str(one)) for one in parts.get("BYDAY", [])],
        month_days=numbers["BYMONTHDAY"],
        months=numbers["BYMONTH"],
        positions=numbers["BYSETPOS"],
        week_start=WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0])),
    )
    if rule.every not in FREQUENCIES or not 1 <= rule.interval <= 1000 or not 0 < (rule.times or 1) <= 10_000:
        raise ValueError("a rhythm of another kind")
    until = parts["UNTIL"][0] if "UNTIL" in parts else None
    return rule, until


def _last_day(until: date, starts: datetime) -> date:
    """The last day on which something that starts at that hour still starts in time."""
    if not isinstance(until, datetime):
        return until
    at = until.astimezone(starts.tzinfo) if until.tzinfo else until
    return at.date() if starts.time() <= at.time() else at.date() - timedelta(days=1)


def _weekday(written: str) -> tuple[int, int]:
    found = DAY.fullmatch(written)
    if not found:
        raise ValueError(written)
    return int(found[1] or 0), WEEKDAYS.index(found[2])
