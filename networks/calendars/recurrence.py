"""On which days something repeats (RRULE of RFC 5545), for the rules that people's calendars write.

Day by day over a stretch that the caller bounds, so that no rule costs more than the days it is looked at: the usual
library searches an occurrence that never comes (30 February) until the year 9999.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from typing import Final

DAILY, WEEKLY, MONTHLY, YEARLY = "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
FREQUENCIES: Final = (DAILY, WEEKLY, MONTHLY, YEARLY)
Days = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`weekdays` are (which of the month or year, 0 for each; Monday is 0); -1 counts from the end."""

    every: str
    interval: int = 1
    times: int | None = None
    weekdays: Sequence[tuple[int, int]] = ()
    month_days: Sequence[int] = ()
    months: Sequence[int] = ()
    positions: Sequence[int] = ()
    week_start: int = 0


def days_of(rule: Rule, first: date, last: date, *, since: date | None = None) -> Iterator[date]:
    """The days, in order, from `first` (the day of the first event) to `last`; those before `since` are left out.

    What comes before `since` is not even looked at, unless the rule counts its times.
    """
    since = since or first
    start = 0 if rule.times is not None else max(0, _periods_between(rule, first, since))
    found = (day for day in _from_period(rule, first, last, start) if first <= day <= last)
    return (day for day in islice(found, rule.times) if day >= since)


def _from_period(rule: Rule, first: date, last: date, start: int) -> Iterator[date]:
    for number in count(start):
        begin, end = _period(rule, first, number)
        if begin > last:
            return
        days = [
            day for day in _between(begin, min(end, last) if not rule.positions else end) if _fits(rule, first, day)
        ]
        if rule.positions:
            places = {position - 1 if position > 0 else len(days) + position for position in rule.positions}
            days = [day for place, day in enumerate(days) if place in places]
        yield from days


def _period(rule: Rule, first: date, number: int) -> Days:
    """First and last day of the so-many-th day, week, month or year that the rule looks at."""
    step = number * rule.interval
    if rule.every == DAILY:
        return (first + timedelta(days=step),) * 2
    if rule.every == WEEKLY:
        monday = first - timedelta(days=(first.weekday() - rule.week_start) % 7) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if rule.every == MONTHLY:
        year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
        return _month(year, month + 1)
    return date(first.year + step, 1, 1), date(first.year + step, 12, 31)


def _periods_between(rule: Rule, first: date, since: date) -> int:
    """How many of them surely lie before `since`."""
    days = (since - first).days
    lengths = {DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366}
    return days // (lengths[rule.every] * rule.interval) - 1


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _between(begin: date, end: date) -> Iterator[date]:
    return (begin + timedelta(days=place) for place in range((end - begin).days + 1))


def _fits(rule: Rule, first: date, day: date) -> bool:
    months, month_days, weekdays = rule.months, rule.month_days, rule.weekdays
    if not month_days and not weekdays and rule.every != DAILY:
        weekdays = [(0, first.weekday())] if rule.every == WEEKLY else ()
        month_days = [first.day] if rule.every in (MONTHLY, YEARLY) else ()
        months = months or ([first.month] if rule.every == YEARLY else ())
    if months and day.month not in months:
        return False
    begin, end = _month(day.year, day.month)
    if month_days and not {day.day, day.day - end.day - 1} & set(month_days):
        return False
    if rule.every == YEARLY and not rule.months:
        begin, end = date(day.year, 1, 1), date(day.year, 12, 31)
    return not weekdays or any(_is_nth(day, nth, begin, end) for nth, weekday in weekdays if weekday == day.weekday())


def _is_nth(day: date, nth: int, begin: date, end: date) -> bool:
    return nth in (0, (day - begin).days // 7 + 1, -((end - day).days // 7) - 1)
