"""Days on which something repeats: the same as the usual library finds, and never a search without end."""

from datetime import date, datetime, timedelta
from time import monotonic

import pytest
from dateutil.rrule import rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.calendars.recurrence import FREQUENCIES, Rule, days_of

FIRST = date(2026, 1, 5)  # a Monday


def days(rule: Rule, months: int = 3, **options) -> list[str]:
    return [day.isoformat()[5:] for day in days_of(rule, FIRST, FIRST + timedelta(days=30 * months), **options)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (Rule(every="WEEKLY", interval=2, times=3), ["01-05", "01-19", "02-02"]),
        (Rule(every="WEEKLY", weekdays=[(0, 1), (0, 3)], times=3), ["01-06", "01-08", "01-13"]),
        (Rule(every="MONTHLY", weekdays=[(2, 1)], times=2), ["01-13", "02-10"]),
        (Rule(every="MONTHLY", weekdays=[(-1, 4)], times=2), ["01-30", "02-27"]),
        (Rule(every="MONTHLY", month_days=[31]), ["01-31", "03-31"]),
        (Rule(every="MONTHLY", month_days=[-1]), ["01-31", "02-28", "03-31"]),
        (Rule(every="MONTHLY", weekdays=[(0, n) for n in range(5)], positions=[-1], times=2), ["01-30", "02-27"]),
        (Rule(every="DAILY", interval=30), ["01-05", "02-04", "03-06", "04-05"]),
        (Rule(every="YEARLY", months=[2, 3], month_days=[1]), ["02-01", "03-01"]),
        (Rule(every="YEARLY", weekdays=[(10, 0)]), ["03-09"]),
        (Rule(every="MONTHLY", weekdays=[(6, 0)]), []),
        (Rule(every="YEARLY", months=[2], month_days=[30]), []),
    ],
)
def test_the_rules_that_calendars_write(rule, found):
    assert days(rule) == found


def test_what_is_past_is_not_looked_at_but_counts():
    assert days(Rule(every="WEEKLY"), since=date(2026, 3, 20)) == ["03-23", "03-30"]
    assert days(Rule(every="WEEKLY", times=12), since=date(2026, 3, 20)) == ["03-23"]


def test_a_day_that_never_comes_is_not_looked_for():
    started = monotonic()
    for rule in (Rule(every="DAILY", months=[2], month_days=[30]), Rule(every="WEEKLY", positions=[300])):
        assert list(days_of(rule, date(1970, 1, 1), date(2027, 12, 31), since=date(2026, 12, 1))) == []
    assert monotonic() - started < 0.5


some = st.lists(st.integers(1, 4), max_size=2, unique=True)
each_day = st.lists(st.integers(0, 6).map(lambda day: (0, day)), max_size=3, unique=True)
nth_day = st.lists(st.tuples(st.sampled_from([-2, -1, 1, 2, 5]), st.integers(0, 6)), max_size=3, unique=True)


@st.composite
def rules(draw) -> Rule:
    """What both understand alike: places in the month or year only there, times or none."""
    every = draw(st.sampled_from(FREQUENCIES))
    wide = every in ("MONTHLY", "YEARLY")
    return Rule(
        every=every,
        interval=draw(st.integers(1, 5)),
        times=draw(st.none() | st.integers(1, 30)),
        weekdays=draw(nth_day | each_day if wide else each_day),
        month_days=draw(st.lists(st.sampled_from([1, 15, 29, 31, -1, -3]), max_size=2, unique=True)) if wide else (),
        months=draw(st.lists(st.integers(1, 12), max_size=3, unique=True)),
        week_start=draw(st.sampled_from([0, 6])),
        positions=draw(st.lists(st.sampled_from([1, 2, -1]), max_size=2, unique=True)) if wide else (),
    )


@settings(max_examples=400, deadline=None)
@given(rule=rules(), first=st.dates(date(2020, 1, 1), date(2026, 12, 31)), later=st.integers(0, 900))
def test_it_finds_what_the_usual_library_finds(rule, first, later):
    last, since = first + timedelta(days=1200), first + timedelta(days=later)
    usual = rrule(
        FREQUENCIES[::-1].index(rule.every),
        dtstart=datetime.combine(first, datetime.min.time()),
        interval=rule.interval,
        count=rule.times,
        until=None if rule.times else datetime.combine(last, datetime.min.time()),
        byweekday=[weekday(day, nth or None) for nth, day in rule.weekdays] or None,
        bymonthday=rule.month_days or None,
        bymonth=rule.months or None,
        bysetpos=rule.positions or None,
        wkst=rule.week_start,
    )
    expected = [found.date() for found in usual if since <= found.date() <= last]
    assert list(days_of(rule, first, last, since=since)) == expected
