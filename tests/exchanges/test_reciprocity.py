import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from exchanges.parameters import KINDS, Parameters
from exchanges.reciprocity import (
    Direction,
    Firmness,
    Gesture,
    contributions,
    direction,
    directions,
    masses,
    raw_reciprocity,
    reciprocity,
    reciprocity_from_masses,
)

TODAY = date(2026, 6, 30)
FIGURES = ("n", "score", "score_lo", "score_hi", "variance", "balance", "balance_lo", "balance_hi", "p_give", "p_owed")

gestures = st.lists(
    st.builds(
        Gesture,
        given=st.booleans(),
        on=st.integers(-3, 7305).map(lambda age: TODAY - timedelta(days=age)),
        kind=st.sampled_from(KINDS),
        weight=st.integers(0, 6),
        amount=st.none() | st.integers(-10, 100_000),
        share=st.sampled_from([0.5, 1.0]),
        solidarity=st.booleans(),
    ),
    max_size=30,
)
balances = st.tuples(st.floats(0, 400), st.floats(0, 400), st.floats(0.01, 400)).filter(
    lambda one: one[0] + one[1] > 0.5
)


def gift(*, given=True, on=TODAY, kind="information", **more):
    return Gesture(given=given, on=on, kind=kind, **more)


def flipped(lines):
    return [
        gift(given=not g.given, on=g.on, kind=g.kind, weight=g.weight, amount=g.amount, share=g.share) for g in lines
    ]


def found(*lines, **options):
    return reciprocity(lines, as_of=TODAY, **options)


def said(of, **options):
    figures = {name: getattr(of, name) for name in ("n", "balance", "p_give", "p_owed")}
    return direction(**figures, **options)


def with_evidence(given, received, n):
    return reciprocity_from_masses(given, received, (given + received) ** 2 / n)


def test_nothing_exchanged_says_nothing():
    nothing = found()
    assert (nothing.n, nothing.score, nothing.balance) == (0.0, 0.5, 0.0)
    assert (nothing.balance_lo, nothing.balance_hi) == (pytest.approx(-0.9), pytest.approx(0.9))
    assert (nothing.p_give, nothing.p_owed) == (pytest.approx(0.4), pytest.approx(0.4))
    assert (nothing.score_lo, nothing.score_hi) == (pytest.approx(0.1), 1.0)
    assert said(nothing) == (Direction.UNKNOWN, Firmness.INSUFFICIENT)


def test_one_gift_received_leans_but_says_nothing_of_reciprocity():
    one = found(gift(given=False))
    assert one.score == pytest.approx(0.5)
    assert one.balance == pytest.approx(-0.333333, abs=1e-6)
    assert (one.balance_lo, one.balance_hi) == (pytest.approx(-0.949359, abs=1e-6), pytest.approx(0.552786, abs=1e-6))
    assert one.p_give == pytest.approx(0.64)
    assert said(one) == (Direction.TO_GIVE, Firmness.TENDENCY)


def test_one_gift_given_is_owed_to_us():
    assert said(found(gift())) == (Direction.OWED, Firmness.TENDENCY)


def test_one_gift_a_half_life_old_is_uncertain():
    old = found(gift(on=date(2025, 6, 30)))
    assert old.n == 0.5
    assert old.score == pytest.approx(0.517, abs=1e-3)
    assert said(old) == (Direction.UNKNOWN, Firmness.UNCERTAIN)


def test_one_gift_older_than_a_half_life_is_too_little():
    assert said(found(gift(on=date(2025, 6, 29)))) == (Direction.UNKNOWN, Firmness.INSUFFICIENT)


def test_two_given_and_two_received_balance():
    days = [TODAY, date(2025, 6, 30)]
    even = found(*(gift(given=side, on=day) for side in (True, False) for day in days))
    assert (even.n, even.balance) == (3.0, 0.0)
    assert even.score == pytest.approx(0.660469, abs=1e-6)
    assert (even.score_lo, even.score_hi) == (pytest.approx(0.330561, abs=1e-6), 1.0)
    assert said(even) == (Direction.BALANCED, Firmness.TENDENCY)


def test_four_received_in_a_year_clearly_call_for_a_return():
    days = [TODAY, date(2026, 3, 31), date(2025, 12, 31), date(2025, 9, 30)]
    taken = found(*(gift(given=False, on=day) for day in days))
    assert taken.n == pytest.approx(3.145871, abs=1e-6)
    assert taken.score == pytest.approx(0.366706, abs=1e-6)
    assert taken.balance == pytest.approx(-0.611339, abs=1e-6)
    assert taken.p_give == pytest.approx(0.879706, abs=1e-6)
    assert said(taken) == (Direction.TO_GIVE, Firmness.CLEAR)


def test_a_contract_an_introduction_and_a_tip_are_uncertain():
    mixed = found(
        gift(on=date(2026, 5, 31), weight=5, kind="introduction"),
        gift(given=False, on=date(2026, 3, 22), weight=4, kind="business", amount=10_000),
        gift(on=date(2025, 5, 26), weight=2),
    )
    assert (mixed.given, mixed.received) == (pytest.approx(5.658802, abs=1e-6), pytest.approx(6.753246, abs=1e-6))
    assert mixed.n == pytest.approx(1.910665, abs=1e-6)
    assert mixed.score == pytest.approx(0.619790, abs=1e-6)
    assert raw_reciprocity(mixed.given, mixed.received) == pytest.approx(0.911824, abs=1e-6)
    assert said(mixed) == (Direction.UNKNOWN, Firmness.UNCERTAIN)


def test_twenty_years_of_alternating_months_balance_clearly():
    months = [date(2006 + month // 12, month % 12 + 1, 15) for month in range(240)]
    long = found(*(gift(given=bool(index % 2), on=day) for index, day in enumerate(months)))
    assert (long.n, long.score) == (pytest.approx(12.244857, abs=1e-6), pytest.approx(0.791330, abs=1e-6))
    assert long.balance == pytest.approx(0.024958, abs=1e-6)
    assert said(long) == (Direction.BALANCED, Firmness.CLEAR)


def test_monthly_exchanges_never_weigh_more_than_seventeen():
    days = [TODAY - timedelta(days=round(30.4375 * month)) for month in range(600)]
    steady = found(*(gift(given=bool(index % 2), on=day) for index, day in enumerate(days)))
    assert steady.n == pytest.approx(12 * 365 / (365.25 * math.log(2)), rel=0.05)
    assert steady.score < 0.83


def test_a_hundred_thousand_balanced_exchanges_stay_exact():
    assert with_evidence(1.0, 1.0, 100_000).score == pytest.approx(0.997477, abs=1e-6)


def test_one_enormous_exchange_is_still_one_exchange():
    assert found(gift(kind="business", weight=5, amount=10_000_000)).n == pytest.approx(1)


def test_solidarity_and_planned_exchanges_do_not_count():
    planned = gift(on=date(2026, 7, 2))
    assert found(gift(solidarity=True), planned, gift(given=False)) == found(gift(given=False))


def test_a_planned_exchange_counts_from_its_day():
    planned = gift(on=date(2026, 7, 2))
    assert reciprocity([planned], as_of=date(2026, 7, 1)).n == 0
    assert reciprocity([planned], as_of=date(2026, 7, 2)).n == 1


def test_a_mutual_exchange_balances_by_itself():
    both = found(gift(share=0.5), gift(given=False, share=0.5))
    assert (both.given, both.received, both.balance) == (1.5, 1.5, 0.0)
    assert both.n == 2.0


def test_a_shorter_half_life_forgets_sooner():
    old = gift(on=TODAY - timedelta(days=30))
    assert found(old, parameters=Parameters(half_life_exchanges=30)).given == 1.5


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        found(gift(kind="gossip"))


@given(balances)
def test_the_score_is_the_mean_of_what_may_be(one):
    given, received, n = one
    of = with_evidence(given, received, n)
    density = stats.beta(of.alpha, of.beta)
    peak = (of.alpha - 1) / max(of.alpha + of.beta - 2, 1e-9)
    points = sorted({0.5, min(max(peak, 1e-3), 1 - 1e-3), *density.ppf([0.001, 0.999])})
    mean = integrate.quad(lambda p: (1 - abs(2 * p - 1)) * density.pdf(p), 0, 1, points=points, limit=400)[0]
    square = integrate.quad(lambda p: (1 - abs(2 * p - 1)) ** 2 * density.pdf(p), 0, 1, points=points, limit=400)[0]
    assert of.score == pytest.approx(mean, abs=1e-7)
    assert of.variance == pytest.approx(square - mean**2, abs=1e-6)


@given(balances)
def test_probabilities_and_interval_are_those_of_the_distribution(one):
    of = with_evidence(*one)
    density = stats.beta(of.alpha, of.beta)
    assert of.p_give == pytest.approx(density.cdf(0.4), abs=1e-12)
    assert of.p_owed == pytest.approx(density.sf(0.6), abs=1e-12)
    assert of.balance_lo == pytest.approx(2 * density.ppf(0.05) - 1, abs=1e-9)
    assert of.balance_hi == pytest.approx(2 * density.ppf(0.95) - 1, abs=1e-9)


@given(balances)
def test_every_figure_stays_in_its_range(one):
    of = with_evidence(*one)
    assert -1 <= of.balance_lo <= of.balance <= of.balance_hi <= 1
    assert 0 <= of.score_lo <= of.score_hi <= 1
    assert 0 < of.score < 1
    assert 0 <= of.variance <= 0.25
    assert of.n == pytest.approx(one[2])


@given(balances)
def test_swapping_sides_turns_the_balance_and_keeps_the_score(one):
    given, received, n = one
    of, back = with_evidence(given, received, n), with_evidence(received, given, n)
    assert back.balance == -of.balance
    assert back.score == pytest.approx(of.score, abs=1e-10)
    assert (back.balance_lo, back.balance_hi) == (pytest.approx(-of.balance_hi), pytest.approx(-of.balance_lo))
    assert (back.p_give, back.p_owed) == (pytest.approx(of.p_owed, abs=1e-12), pytest.approx(of.p_give, abs=1e-12))


@given(gestures)
def test_swapping_every_gesture_turns_the_balance_too(lines):
    kept = [line for line in lines if not line.solidarity]
    assert found(*flipped(kept)).balance == pytest.approx(-found(*kept).balance, abs=1e-12)


@given(gestures, st.randoms())
def test_the_order_of_gestures_does_not_matter(lines, random):
    one, other = found(*lines), found(*random.sample(lines, len(lines)))
    for name in FIGURES:
        assert getattr(other, name) == pytest.approx(getattr(one, name), abs=1e-9)


@given(gestures, st.integers(0, 7305))
def test_ageing_never_raises_the_imbalance(lines, days):
    past = [line for line in lines if line.on <= TODAY]
    younger = reciprocity(past, as_of=TODAY)
    older = reciprocity(past, as_of=TODAY + timedelta(days=days))
    assert abs(older.balance) <= abs(younger.balance) + 1e-9
    assert older.n <= younger.n + 1e-9


@given(gestures)
def test_unequal_weights_never_count_for_more_than_their_number(lines):
    counted = contributions(lines, as_of=TODAY)
    assert found(*lines).n <= sum(one.decay for one in counted) + 1e-9


@given(gestures)
def test_the_lines_of_why_make_up_the_score_again(lines):
    counted = contributions(lines, as_of=TODAY)
    sums = masses(counted)
    assert reciprocity_from_masses(sums.given, sums.received, sums.squares) == found(*lines)
    assert all(one.points == one.value * one.decay for one in counted)
    assert sum(one.share for one in counted) == pytest.approx(1 if sums.given + sums.received else 0)


def test_exchanges_beyond_memory_count_for_nothing():
    parameters = Parameters(half_life_exchanges=7)
    old = [gift(on=date(2006, 1, 1))]
    assert [one.share for one in contributions(old, as_of=TODAY, parameters=parameters)] == [0.0]
    assert found(*old, parameters=parameters).score == 0.5


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50), st.floats(0.01, 50)), min_size=1))
def test_a_column_is_scored_as_each_of_its_lines(lines):
    lines = [(given, received, squares if given + received else 0.0) for given, received, squares in lines]
    column = reciprocity_from_masses(*(np.array(values) for values in zip(*lines, strict=True)))
    alone = [reciprocity_from_masses(*line) for line in lines]
    for name in FIGURES:
        assert getattr(column, name).tolist() == pytest.approx([float(getattr(one, name)) for one in alone], rel=1e-12)
    assert directions(column) == [said(one) for one in alone]


def test_raw_reciprocity_is_unknown_without_exchanges():
    assert raw_reciprocity(0.0, 0.0) is None
    assert raw_reciprocity(0.0, 3.0) == 0.0
    assert raw_reciprocity(2.0, 2.0) == 1.0


@pytest.mark.parametrize(
    ("n", "balance", "p_give", "p_owed", "expected"),
    [
        (0.499, 0.9, 0.0, 0.99, (Direction.UNKNOWN, Firmness.INSUFFICIENT)),
        (0.5, 0.9, 0.0, 0.60, (Direction.OWED, Firmness.TENDENCY)),
        (9.0, 0.1, 0.0, 0.80, (Direction.OWED, Firmness.CLEAR)),
        (9.0, -0.1, 0.59, 0.0, (Direction.BALANCED, Firmness.CLEAR)),
        (6.0, -0.2, 0.5, 0.0, (Direction.BALANCED, Firmness.CLEAR)),
        (5.9, 0.2, 0.0, 0.5, (Direction.BALANCED, Firmness.TENDENCY)),
        (2.0, 0.2, 0.0, 0.5, (Direction.BALANCED, Firmness.TENDENCY)),
        (1.9, 0.0, 0.3, 0.3, (Direction.UNKNOWN, Firmness.UNCERTAIN)),
        (9.0, 0.21, 0.0, 0.5, (Direction.UNKNOWN, Firmness.UNCERTAIN)),
        (0.5 - 1e-12, 0.2, 0.6 - 1e-12, 0.2, (Direction.TO_GIVE, Firmness.TENDENCY)),
        (6 - 1e-12, 0.2 + 1e-12, 0.0, 0.5, (Direction.BALANCED, Firmness.CLEAR)),
    ],
)
def test_each_threshold_of_the_direction(n, balance, p_give, p_owed, expected):
    assert direction(n=n, balance=balance, p_give=p_give, p_owed=p_owed) == expected


def test_a_wider_neutral_zone_says_balanced_more_often():
    of = with_evidence(13.0, 7.0, 20.0)
    assert said(of)[0] == Direction.OWED
    wide = Parameters(neutral_zone=0.4)
    again = reciprocity_from_masses(13.0, 7.0, 20.0, wide)
    assert said(again, parameters=wide) == (Direction.BALANCED, Firmness.CLEAR)
    assert again.p_owed < of.p_owed
