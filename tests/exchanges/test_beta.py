import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from exchanges.beta import (
    STRENGTH_HIGHEST,
    STRENGTH_LOWEST,
    Evidence,
    Prior,
    cumulative,
    eb_prior,
    evidence_of,
    judged_prior,
    observed,
    posterior,
    quantile,
    solidity,
    wilson_lower,
)

EIGHT_CONTACTS = [(6, 1), (2, 5), (4.5, 0.5), (3, 3), (5, 1), (1.5, 2.5), (8, 0.5), (3, 4)]

amounts = st.floats(0, 500)
pairs = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), max_size=30)


def seen(kept, lost=0.0, age=0.0, provisional=0):
    return Evidence(kept=kept, lost=lost, age=age, provisional=provisional)


def test_without_observations_the_prior_speaks():
    belief = posterior(0.0, 0.0)
    assert (belief.mean, belief.variance) == (0.5, pytest.approx(1 / 12))
    assert (belief.lo, belief.hi) == (pytest.approx(0.05), pytest.approx(0.95))


@given(amounts, amounts)
def test_the_belief_is_that_of_a_beta_distribution(kept, lost):
    belief, reference = posterior(kept, lost), stats.beta(1 + kept, 1 + lost)
    assert belief.mean == pytest.approx(reference.mean())
    assert belief.variance == pytest.approx(reference.var())
    assert (belief.lo, belief.hi) == (pytest.approx(reference.ppf(0.05)), pytest.approx(reference.ppf(0.95)))


@given(amounts, amounts)
def test_the_mean_lies_within_its_interval(kept, lost):
    belief = posterior(kept, lost)
    assert 0 <= belief.lo <= belief.mean <= belief.hi <= 1


@given(amounts, amounts)
def test_swapping_good_and_bad_mirrors_the_belief(kept, lost):
    one, other = posterior(kept, lost), posterior(lost, kept)
    assert one.mean == pytest.approx(1 - other.mean)
    assert one.lo == pytest.approx(1 - other.hi, abs=1e-12)


@given(amounts, amounts, st.floats(0.1, 10))
def test_one_more_good_observation_never_lowers_the_belief(kept, lost, more):
    before, after = posterior(kept, lost), posterior(kept + more, lost)
    assert after.mean > before.mean
    assert after.lo >= before.lo


@given(st.floats(0.3, 300), st.floats(0.3, 300), st.sampled_from([0.05, 0.5, 0.95]))
def test_the_quantile_undoes_the_cumulative(alpha, beta, probability):
    assert cumulative(alpha, beta, quantile(alpha, beta, probability)) == pytest.approx(probability, abs=1e-9)


def test_a_column_is_believed_line_by_line_even_with_its_own_priors():
    kept, lost = np.array([0.0, 3.0, 7.5]), np.array([0.0, 1.0, 2.5])
    column = posterior(kept, lost, Prior(np.array([1.0, 2.4, 1.0]), np.array([1.0, 0.6, 1.0])))
    alone = [posterior(0.0, 0.0), posterior(3.0, 1.0, judged_prior(8)), posterior(7.5, 2.5)]
    for name in ("alpha", "beta", "mean", "variance", "lo", "hi"):
        assert getattr(column, name).tolist() == pytest.approx([getattr(one, name) for one in alone])


@pytest.mark.parametrize(("kept", "n", "bound"), [(2, 2, 0.425031), (18, 20, 0.738337), (0, 0, 0.0), (0, 5, 0.0)])
def test_wilson_s_bound(kept, n, bound):
    assert wilson_lower(float(kept), float(n)) == pytest.approx(bound, abs=1e-6)


def test_wilson_s_bound_of_faded_promises():
    assert wilson_lower(2.207107, 2.207107) == pytest.approx(0.449270, abs=1e-6)
    assert wilson_lower(0.5, 1.0) == pytest.approx(0.072761, abs=1e-6)


@given(st.floats(0, 1), st.floats(0, 1000))
def test_wilson_s_bound_lies_below_the_share(share, n):
    assert 0 <= wilson_lower(share * n, n) <= share + 1e-9


def test_wilson_s_bound_reads_a_column():
    bounds = wilson_lower(np.array([2.0, 18.0, 0.0]), np.array([2.0, 20.0, 0.0]))
    assert bounds.tolist() == pytest.approx([0.425031, 0.738337, 0.0], abs=1e-6)


def test_a_workspace_teaches_its_prior():
    prior = eb_prior(EIGHT_CONTACTS)
    assert prior.mean == pytest.approx(0.647619, abs=1e-6)
    assert prior.strength == pytest.approx(4.039321, abs=1e-6)
    assert (prior.alpha, prior.beta) == (pytest.approx(2.615941, abs=1e-6), pytest.approx(1.423380, abs=1e-6))


def test_an_empty_workspace_has_a_uniform_prior():
    assert eb_prior([]) == eb_prior([(0.0, 0.0)] * 9) == (1.0, 1.0)


def test_four_contacts_are_too_few_to_tell_them_apart():
    assert eb_prior(EIGHT_CONTACTS[:4]).strength == STRENGTH_LOWEST


@pytest.mark.parametrize("pair", [(3.0, 0.0), (0.0, 3.0)])
def test_all_alike_at_one_end_gives_the_weakest_prior(pair):
    assert eb_prior([pair] * 8).strength == STRENGTH_LOWEST


def test_one_promise_each_cannot_tell_contacts_apart():
    assert eb_prior([(1, 0), (0, 1)] * 4).strength == STRENGTH_LOWEST


def test_contacts_all_alike_give_the_strongest_prior():
    assert eb_prior([(7, 3)] * 10).strength == STRENGTH_HIGHEST


def test_contacts_wholly_apart_give_the_weakest_prior():
    assert eb_prior([(10, 0), (0, 10)] * 5).strength == STRENGTH_LOWEST


@given(pairs)
def test_a_learnt_prior_stays_within_its_bounds(evidence):
    prior = eb_prior(evidence)
    assert 0 < prior.mean < 1
    assert STRENGTH_LOWEST - 1e-9 <= prior.strength <= STRENGTH_HIGHEST + 1e-9


@given(pairs, st.randoms())
def test_the_order_of_contacts_does_not_change_the_prior(evidence, random):
    shuffled = random.sample(evidence, len(evidence))
    assert eb_prior(shuffled).mean == pytest.approx(eb_prior(evidence).mean)


def test_the_strength_of_a_known_population_is_found_again():
    random = np.random.default_rng(5)
    found = []
    for _ in range(60):
        share, n = random.beta(0.7 * 8, 0.3 * 8, 120), random.integers(1, 40, 120)
        kept = random.binomial(n, share)
        found.append(eb_prior(zip(kept.tolist(), (n - kept).tolist(), strict=True)).strength)
    assert np.median(found) == pytest.approx(8, rel=0.2)


def test_a_judgement_replaces_the_prior():
    assert judged_prior(8) == pytest.approx((2.4, 0.6))


@pytest.mark.parametrize("judgement", [0, 10, -1, 11, float("nan")])
def test_a_judgement_is_never_beyond_doubt(judgement):
    with pytest.raises(ValueError, match="between 0 and 10"):
        judged_prior(judgement)


@pytest.mark.parametrize(
    ("n", "word"),
    [(0, "insufficient"), (0.49, "insufficient"), (0.5, "weak"), (2.99, "weak"), (3, "moderate"), (8, "solid")],
)
def test_evidence_has_a_word(n, word):
    assert solidity(n) == word


def test_events_that_bring_nothing_are_not_listed():
    assert [one.source for one in observed([("a", seen(1.0)), ("b", seen(0.0))], 365)] == ["a"]


def test_shares_of_observations_sum_to_one_and_their_sums_to_the_score():
    lines = observed([("a", seen(0.5, 0.5, 365.0)), ("b", seen(1.0)), ("c", seen(0.0, 0.75, 0.0, 1))], 365)
    assert sum(one.share for one in lines) == pytest.approx(1)
    assert evidence_of(lines) == (1.25, 1.0)
    assert [one.provisional for one in lines] == [False, False, True]


def test_events_beyond_memory_have_no_share():
    assert [one.share for one in observed([("a", seen(1.0, 0.0, 9000.0))], 7)] == [0.0]
