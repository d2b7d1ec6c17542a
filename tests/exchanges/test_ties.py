"""Force du lien and rythme: the owner's own words first, what was lived next, never more than there is time for."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.ties import DORMANT_DAYS, Circle, Rhythm, cadence, contact_status, stretch, tie_strength

TODAY = date(2026, 6, 30)
AMOUNTS = st.floats(0, 1e6)
SHARES = st.floats(0, 1)


@given(AMOUNTS, AMOUNTS, AMOUNTS, SHARES, st.integers(0, 50), st.none() | st.integers(1, 5))
def test_strength_stays_between_nothing_and_one(minutes, years, points, balance, common, closeness):
    found = tie_strength(
        minutes=minutes, years=years, points=points, balance=balance, common=common, closeness=closeness
    )
    assert 0 <= found.strength <= 1


@given(AMOUNTS, AMOUNTS, st.none() | st.integers(1, 5))
def test_more_of_anything_never_weakens_a_tie(minutes, more, closeness):
    before = tie_strength(minutes=minutes, years=2, points=6, common=1, closeness=closeness).strength
    for grown in ({"minutes": minutes + more}, {"years": 2 + more}, {"points": 6 + more}, {"common": 2}):
        known = {"minutes": minutes, "years": 2, "points": 6, "common": 1} | grown
        assert tie_strength(**known, closeness=closeness).strength >= before - 1e-12


@pytest.mark.parametrize(
    "wrong", [{"minutes": -1}, {"closeness": 0}, {"closeness": 6}, {"balance": 1.1}, {"years": -1}]
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"not negative|from 1 to 5"):
        tie_strength(**{"minutes": 0} | wrong)


@pytest.mark.parametrize(("rank", "days"), [(1, 7), (5, 7), (6, 30), (15, 30), (16, 180), (50, 180), (51, 365)])
def test_the_base_follows_the_rank(rank, days):
    assert cadence(rank) == cadence(rank, [1, 2]) == days


@pytest.mark.parametrize(("circle", "days"), [(Circle.CORE, 30), (Circle.ACTIVE, 180), (Circle.WIDE, 365)])
def test_a_circle_replaces_the_rank_but_for_the_five_strongest(circle, days):
    assert (cadence(80, circle=circle), cadence(3, circle=circle)) == (days, 7)


@given(st.integers(1, 500), st.lists(st.floats(0, 5000), max_size=12), st.none() | st.sampled_from(Circle))
def test_a_rhythm_stays_between_three_days_and_a_year(rank, gaps, circle):
    assert 3 <= cadence(rank, gaps, circle) <= 365


def test_only_the_last_five_gaps_are_read():
    assert cadence(60, [1, 1, 1, *[90] * 5]) == cadence(60, [90] * 5) == pytest.approx(math.sqrt(365 * 90))


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [(0, "fresh"), (79, "fresh"), (80, "due"), (120, "due"), (121, "late"), (1094, "late"), (1095, "dormant")],
)
def test_a_tie_is_fresh_then_due_then_late_then_sleeps(days, rhythm):
    assert contact_status(TODAY - timedelta(days=days), TODAY, 100.0).rhythm == rhythm


def test_a_rhythm_that_is_no_whole_number_falls_due_on_a_whole_day():
    assert contact_status(TODAY, TODAY, 36.7).next_on == TODAY + timedelta(days=37)


def test_only_a_tie_that_sleeps_has_something_to_wake():
    slept = TODAY - timedelta(days=DORMANT_DAYS)
    told = {"strength_then": 0.6, "reliability": 0.5}
    assert contact_status(slept, TODAY, 30.0, **told).reactivation == pytest.approx(0.3)
    assert contact_status(slept, TODAY, 30.0, strength_then=0.6).reactivation is None
    assert contact_status(TODAY, TODAY, 30.0, **told).reactivation is None


def test_a_contact_noted_ahead_is_fresh_and_someone_never_met_has_no_clock():
    assert contact_status(TODAY + timedelta(days=3), TODAY, 30.0).ratio == 0
    never = contact_status(None, TODAY, 30.0)
    assert (never.rhythm, never.ratio, never.next_on) == (Rhythm.NEVER, None, None)


@given(st.lists(st.tuples(st.floats(3, 365), st.floats(0, 600)), max_size=50), st.floats(1, 10_000))
def test_stretched_rhythms_fit_the_time_there_is(contacts, budget):
    found = stretch(contacts, budget)
    slower = [(every * found.factor, minutes) for every, minutes in contacts]
    assert found.factor >= 1
    assert stretch(slower, budget).minutes <= budget * (1 + 1e-9)


def test_without_any_time_nothing_can_be_kept_up():
    assert stretch([(7, 60)], 0).factor == math.inf
    assert stretch([], 0).factor == 1
    with pytest.raises(ValueError, match="no time is negative"):
        stretch([(0, 60)], 400)
