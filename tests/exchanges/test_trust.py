import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.beta import Prior
from exchanges.parameters import Parameters
from exchanges.trust import WEIGHTS, Belief, Rule, Sign, beta_indicator, observations, rate_score, trust, weigh

TODAY = date(2026, 6, 30)
LAST_YEAR = date(2025, 6, 30)
SIX = {
    Rule.RELIABILITY: (0.8, 0.02),
    Rule.TRANSPARENCY: (0.7, 0.03),
    Rule.RECIPROCITY: (0.6, 0.04),
    Rule.SOLIDARITY: (0.5, 0.083333),
    Rule.SHARING: (0.4, 0.02),
    Rule.PARTICIPATION: (0.9, 0.01),
}

counts = st.floats(0, 500)
ages = st.floats(0, 20_000)
means = st.floats(0.01, 0.99)
beliefs = st.dictionaries(
    st.sampled_from(Rule), st.builds(Belief, mean=means, variance=st.floats(0, 0.25)), max_size=len(Rule)
)
signs = st.lists(
    st.builds(
        Sign,
        good=st.none() | st.floats(0, 1),
        on=st.integers(-5, 4000).map(lambda age: TODAY - timedelta(days=age)),
        weight=st.just(0.0) | st.floats(0.01, 3),
    ),
    max_size=15,
)


def sign(good=1, *, on=TODAY, weight=1.0):
    return Sign(good=good, on=on, weight=weight)


def shown(*lines, **options):
    return beta_indicator(lines, as_of=TODAY, **options)


def believed(figures):
    return {rule: Belief(mean=mean, variance=variance) for rule, (mean, variance) in figures.items()}


def test_a_new_relation_says_nothing_of_sharing():
    new = rate_score(0.0, 0.0)
    assert (new.rate, new.score, new.variance) == (2.0, 0.5, 0.0625)


def test_two_silent_years_lower_the_rate():
    silent = rate_score(0.0, 730.0)
    assert silent.rate == pytest.approx(0.632399, abs=1e-6)
    assert silent.score == pytest.approx(0.240237, abs=1e-6)
    assert silent.variance == pytest.approx(0.033315, abs=1e-6)


def test_three_shares_in_two_years_raise_it():
    assert rate_score(3.0, 730.0).score == pytest.approx(0.558459, abs=1e-6)


def test_a_relation_that_begins_tomorrow_is_new():
    assert rate_score(0.0, -1.0) == rate_score(0.0, 0.0)


def test_a_relation_older_than_sixty_half_lives_has_a_bounded_length():
    ancient = rate_score(0.0, 365.0 * 100)
    assert ancient.rate == pytest.approx(1 / (365 / (365.25 * math.log(2)) + 0.5))


def test_another_usual_rate_moves_the_middle():
    once = rate_score(0.0, 0.0, usual=1.0)
    assert (once.rate, once.score) == (1.0, 0.5)
    assert rate_score(1.0, 365.0, usual=1.0).score > rate_score(1.0, 365.0).score


def test_another_half_life_changes_the_length_that_counts():
    longer = rate_score(0.0, 730.0, parameters=Parameters(half_life_exchanges=730))
    assert longer.score < rate_score(0.0, 730.0).score


@pytest.mark.parametrize("usual", [0, -1, float("nan")])
def test_a_usual_rate_is_above_nothing(usual):
    with pytest.raises(ValueError, match="usual rate"):
        rate_score(1.0, 1.0, usual=usual)


@given(counts, ages)
def test_a_rate_score_stays_between_its_bounds(count, age):
    found = rate_score(count, age)
    assert found.rate > 0
    assert 0 < found.score < 1
    assert 0 < found.variance <= 0.0625 + 1e-12


@given(counts, st.floats(0.01, 100), ages)
def test_one_share_more_never_lowers_the_score(count, more, age):
    assert rate_score(count + more, age).score > rate_score(count, age).score - 1e-12


@given(counts, ages, st.floats(1, 1000))
def test_silence_never_raises_the_score(count, age, more):
    assert rate_score(count, age + more).score <= rate_score(count, age).score + 1e-12


def test_a_column_of_relations_has_the_same_rates():
    many = rate_score(np.array([0.0, 0.0, 3.0]), np.array([0.0, 730.0, 730.0]))
    for index, (count, age) in enumerate([(0.0, 0.0), (0.0, 730.0), (3.0, 730.0)]):
        assert many.score[index] == rate_score(count, age).score
        assert many.variance[index] == rate_score(count, age).variance


def test_told_three_times_out_of_four_one_a_year_ago():
    told = shown(sign(), sign(), sign(on=LAST_YEAR), sign(0, weight=2))
    assert (told.alpha, told.beta) == (3.5, 3.0)
    assert told.mean == pytest.approx(0.538462, abs=1e-6)
    assert told.variance == pytest.approx(0.033136, abs=1e-6)
    assert (told.lo, told.hi) == (pytest.approx(0.23182, abs=1e-6), pytest.approx(0.830731, abs=1e-6))


def test_no_sign_is_the_prior():
    assert shown().mean == 0.5
    assert shown().variance == pytest.approx(1 / 12)
    assert shown(prior=Prior(3, 1)).mean == 0.75


def test_an_excused_absence_says_nothing():
    assert shown(sign(None), sign(None, weight=5)) == shown()


def test_a_sign_without_weight_says_nothing():
    assert shown(sign(0, weight=0)) == shown()


def test_a_sign_of_tomorrow_waits_for_its_day():
    assert shown(sign(on=date(2026, 7, 1))) == shown()


def test_half_a_sign_counts_on_both_sides():
    assert (shown(sign(0.5)).alpha, shown(sign(0.5)).beta) == (1.5, 1.5)


def test_signs_fade_with_the_half_life_of_the_workspace():
    assert shown(sign(on=LAST_YEAR), parameters=Parameters(half_life_exchanges=182.5)).alpha == 1.25


@pytest.mark.parametrize("one", [sign(1.1), sign(-0.1), sign(1, weight=-1), sign(float("nan"))])
def test_a_sign_out_of_bounds_is_refused(one):
    with pytest.raises(ValueError, match="between 0 and 1"):
        weigh(one, TODAY)


@given(signs)
def test_the_order_of_signs_does_not_matter(lines):
    assert shown(*lines).mean == pytest.approx(shown(*reversed(lines)).mean, abs=1e-12)


@given(signs)
def test_one_good_sign_more_never_lowers_the_belief(lines):
    assert 0 < shown(*lines).mean < 1
    assert shown(*lines, sign()).mean > shown(*lines).mean > shown(*lines, sign(0)).mean


@given(signs)
def test_the_parts_of_the_signs_make_a_whole(lines):
    parts = [one.share for one in observations(lines, as_of=TODAY)]
    assert sum(parts) == pytest.approx(1 if parts else 0)


def test_trust_weighs_six_rules():
    six = trust(believed(SIX))
    assert six.mean == pytest.approx(0.664664, abs=1e-6)
    assert (six.lo, six.hi) == (pytest.approx(0.540809, abs=1e-6), pytest.approx(0.816885, abs=1e-6))


def test_trust_in_a_stranger_is_one_half():
    stranger = trust({})
    assert stranger.mean == pytest.approx(0.5)
    assert stranger.lo < 0.5 < stranger.hi < 1


def test_a_rule_left_out_is_unknown():
    told = {rule: figures for rule, figures in SIX.items() if rule != Rule.SOLIDARITY}
    assert trust(believed(told)).hi == pytest.approx(trust(believed(SIX)).hi, abs=1e-6)


def test_the_weights_make_a_whole():
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert set(WEIGHTS) == set(Rule)
    tenfold = {rule: 10 * weight for rule, weight in WEIGHTS.items()}
    assert trust(believed(SIX), tenfold).mean == pytest.approx(trust(believed(SIX)).mean)


def test_other_weights_may_leave_a_rule_out():
    alone = trust(believed(SIX), {Rule.RELIABILITY: 2.0, Rule.SHARING: 0.0})
    assert alone.mean == pytest.approx(0.8)
    assert alone.lo == pytest.approx(0.8 * math.exp(-1.6448536 * math.sqrt(0.02) / 0.8))
    assert alone.hi == 1


@pytest.mark.parametrize("weights", [{}, {Rule.SHARING: 0.0}, {Rule.SHARING: -1.0, Rule.RELIABILITY: 2.0}])
def test_weights_without_meaning_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        trust({}, weights)


@pytest.mark.parametrize("variance", [0.0, 0.01])
def test_a_rule_at_nothing_leaves_no_trust(variance):
    none = trust({Rule.SHARING: Belief(mean=0.0, variance=variance)})
    assert (none.mean, none.lo, none.hi) == (0, 0, 0)


def test_a_rule_close_to_nothing_leaves_any_doubt():
    almost = trust({Rule.RELIABILITY: Belief(mean=1e-6, variance=0.08)})
    assert almost.lo == pytest.approx(0)
    assert almost.hi == 1


def test_a_liar_who_shares_a_lot_stays_untrusted():
    liar = {Rule.RELIABILITY: (0.05, 0.001), Rule.SHARING: (0.99, 0.001)}
    assert trust(believed(liar)).mean < trust({}).mean


@given(beliefs)
def test_trust_lies_within_its_interval(known):
    found = trust(known)
    assert 0 <= found.lo <= found.mean <= found.hi + 1e-12
    assert found.hi <= 1


@given(beliefs, st.sampled_from(Rule), means, means)
def test_a_rule_better_kept_never_lowers_trust(known, rule, one, other):
    low, high = sorted([one, other])
    worse, better = ({**known, rule: Belief(mean=mean, variance=0.01)} for mean in (low, high))
    assert trust(worse).mean <= trust(better).mean + 1e-12


def test_a_column_of_relations_has_the_same_trust():
    columns = {rule: Belief(mean=np.array([m, 0.5]), variance=np.array([v, 1 / 12])) for rule, (m, v) in SIX.items()}
    many = trust(columns)
    for name in ("mean", "lo", "hi"):
        known, unknown = getattr(trust(believed(SIX)), name), getattr(trust({}), name)
        assert getattr(many, name).tolist() == [pytest.approx(known), pytest.approx(unknown)]
