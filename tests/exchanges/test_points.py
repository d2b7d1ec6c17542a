import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.parameters import DEFAULTS, KINDS, Parameters
from exchanges.points import event_value, kind_factor, money_gain, points


def test_a_contract_does_not_erase_ten_introductions():
    assert event_value(kind="business", weight=4, amount=10_000) == pytest.approx(8.165571, abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_worth_its_weight(kind):
    assert event_value(kind=kind, weight=2) == 2.0


def test_a_weight_left_out_is_three():
    assert event_value(kind="help") == 3.0


@pytest.mark.parametrize(("weight", "value"), [(0, 1), (-4, 1), (1, 1), (5, 5), (6, 5), (100, 5), (2.5, 2.5)])
def test_a_weight_stays_between_one_and_five(weight, value):
    assert event_value(kind="help", weight=weight) == value


@pytest.mark.parametrize("amount", [None, 0, -500, math.nan, math.inf])
def test_an_amount_without_meaning_is_ignored(amount):
    assert event_value(kind="business", weight=3, amount=amount) == 3.0


def test_only_business_done_counts_money():
    assert money_gain("loan", 50_000) == 1.0
    assert money_gain("business", 9_000) == 2.0


def test_the_money_reference_is_the_workspace_s():
    assert money_gain("business", 900, Parameters(money_reference=100)) == 2.0


@pytest.mark.parametrize("kind", ["gift", "", "Business", None])
def test_an_unknown_kind_is_refused(kind):
    with pytest.raises(ValueError, match="unknown kind"):
        event_value(kind=kind)


def test_each_half_of_a_mutual_exchange_is_worth_half_once_clamped():
    assert event_value(kind="help", weight=9, share=0.5) == 2.5


def test_a_kind_may_weigh_more_in_one_workspace():
    factors = tuple((DEFAULTS.factor_of | {"introduction": 2.0}).items())
    assert event_value(kind="introduction", weight=3, parameters=Parameters(kind_factors=factors)) == 6.0


@given(st.integers(-3, 9), st.floats(0, 1e9), st.sampled_from([0.5, 1.0]))
def test_value_never_falls_below_the_weight_and_grows_with_money(weight, amount, share):
    value = event_value(kind="business", weight=weight, amount=amount, share=share)
    assert value >= share * min(max(weight, 1), 5)
    assert event_value(kind="business", weight=weight, amount=amount * 2 + 1, share=share) > value


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-1, 7), st.floats(-10, 1e6)), min_size=1))
def test_a_column_is_worth_what_each_of_its_lines_is(lines):
    kinds, weights, amounts = zip(*lines, strict=True)
    gains = np.array([money_gain(kind, amount) for kind, amount in zip(kinds, amounts, strict=True)])
    factors = np.array([kind_factor(kind) for kind in kinds])
    alone = [event_value(kind=kind, weight=weight, amount=amount) for kind, weight, amount in lines]
    assert points(np.array(weights, dtype=float), factors, gains).tolist() == alone
