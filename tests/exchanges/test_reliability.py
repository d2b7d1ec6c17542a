from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.beta import Prior, eb_prior, evidence_of, judged_prior
from exchanges.parameters import Parameters
from exchanges.reliability import (
    Outcome,
    Promise,
    Trust,
    observations,
    reliability,
    reliability_from_evidence,
    running_due,
    trust,
    trusts,
    weigh,
)

TODAY = date(2026, 6, 30)
EIGHT_CONTACTS = [(6, 1), (2, 5), (4.5, 0.5), (3, 3), (5, 1), (1.5, 2.5), (8, 0.5), (3, 4)]

past_days = st.integers(-40, 7305).map(lambda age: TODAY - timedelta(days=age))
promises = st.lists(
    st.builds(
        Promise,
        outcome=st.sampled_from(Outcome),
        due=st.none() | past_days,
        closed=st.none() | past_days,
        weight=st.none() | st.integers(0, 6),
    ),
    max_size=20,
)


def promise(outcome=Outcome.KEPT, *, due=TODAY, closed=TODAY, weight=3):
    return Promise(outcome=outcome, due=due, closed=closed, weight=weight)


def found(*lines, **options):
    return reliability(lines, as_of=TODAY, **options)


def evidence(*lines, **options):
    return evidence_of(observations(lines, as_of=TODAY, **options))


def said(of):
    return trust(n=of.n, mean=of.belief.mean, lo=of.belief.lo, hi=of.belief.hi)


def test_no_promise_is_the_prior():
    none = found()
    assert (none.n, none.belief.mean, none.wilson_lo) == (0.0, 0.5, 0.0)
    assert (none.belief.lo, none.belief.hi) == (pytest.approx(0.05), pytest.approx(0.95))
    assert said(none) == Trust.UNKNOWN


def test_old_promises_kept_count_less():
    days = [TODAY, date(2025, 6, 30), date(2024, 6, 30)]
    of = found(*(promise(due=day, closed=day) for day in days))
    assert of.kept == pytest.approx(2.207107, abs=1e-6)
    assert of.belief.mean == pytest.approx(0.762307, abs=1e-6)
    assert of.belief.lo == pytest.approx(0.392943, abs=1e-6)
    assert said(of) == Trust.RATHER_RELIABLE


def test_kept_fifteen_days_late_is_half_a_credit():
    of = found(promise(due=date(2026, 6, 15)))
    assert (of.kept, of.lost, of.belief.mean) == (0.5, 0.5, 0.5)
    assert said(of) == Trust.TO_CONFIRM


def test_one_day_late_is_forgiven():
    assert evidence(promise(due=date(2026, 6, 29))) == (1.0, 0.0)


def test_however_late_a_kept_promise_keeps_a_fifth():
    assert evidence(promise(due=date(2024, 6, 1))) == (pytest.approx(0.2), pytest.approx(0.8))


def test_broken_and_cancelled_too_late_are_lost_cancelled_in_time_is_nothing():
    of = found(
        promise(Outcome.BROKEN),
        promise(Outcome.CANCELLED, due=date(2026, 7, 10)),
        promise(Outcome.CANCELLED, due=date(2026, 6, 1)),
    )
    assert (of.kept, of.lost, of.belief.mean) == (0.0, 2.0, 0.25)
    assert said(of) == Trust.TO_WATCH


def test_cancelled_on_its_due_day_is_in_time():
    assert evidence(promise(Outcome.CANCELLED)) == (0.0, 0.0)
    assert evidence(promise(Outcome.CANCELLED, due=date(2026, 6, 29))) == (0.0, 1.0)
    assert evidence(promise(Outcome.CANCELLED, due=None)) == (0.0, 0.0)


def test_open_and_a_month_overdue_is_a_provisional_loss():
    of = found(promise(Outcome.OPEN, due=date(2026, 6, 1), closed=None))
    assert (of.lost, of.belief.mean) == (0.75, pytest.approx(0.363636, abs=1e-6))
    assert said(of) == Trust.TO_WATCH
    assert [
        one.provisional for one in observations([promise(Outcome.OPEN, due=date(2026, 6, 1), closed=None)], as_of=TODAY)
    ] == [True]


@pytest.mark.parametrize("due", [None, date(2026, 7, 1), TODAY, date(2026, 6, 29)])
def test_open_and_not_late_is_nothing(due):
    assert evidence(promise(Outcome.OPEN, due=due, closed=None)) == (0.0, 0.0)


def test_kept_without_a_due_date_is_kept():
    assert evidence(promise(due=None, closed=date(2024, 6, 30))) == (0.5, 0.0)
    assert evidence(promise(due=None, closed=None)) == (1.0, 0.0)


def test_broken_without_a_closing_date_is_dated_when_due():
    assert evidence(promise(Outcome.BROKEN, due=date(2024, 6, 30), closed=None)) == (0.0, 0.5)
    assert evidence(promise(Outcome.BROKEN, due=None, closed=None)) == (0.0, 1.0)
    assert evidence(promise(Outcome.BROKEN, due=date(2026, 8, 1), closed=None)) == (0.0, 0.0)


@pytest.mark.parametrize("outcome", [Outcome.KEPT, Outcome.BROKEN, Outcome.CANCELLED])
def test_closed_in_the_future_is_still_open(outcome):
    assert evidence(promise(outcome, due=date(2026, 6, 1), closed=date(2026, 7, 9))) == (0.0, 0.75)
    assert evidence(promise(outcome, due=date(2026, 7, 8), closed=date(2026, 7, 9))) == (0.0, 0.0)
    assert evidence(promise(outcome, due=None, closed=date(2026, 7, 9))) == (0.0, 0.0)


@pytest.mark.parametrize(("weight", "kept"), [(None, 1), (3, 1), (5, 5 / 3), (9, 5 / 3), (1, 1 / 3), (0, 1 / 3)])
def test_a_promise_counts_by_its_weight(weight, kept):
    assert evidence(promise(weight=weight)) == (pytest.approx(kept), 0.0)


def test_a_due_date_agreed_in_time_replaces_the_old_one():
    old, new = date(2026, 6, 1), date(2026, 7, 15)
    assert running_due(old, new, date(2026, 5, 1)) == new
    assert running_due(old, new, old) == new
    assert running_due(None, new, TODAY) == new


def test_a_due_date_agreed_too_late_leaves_lateness_running():
    old, new = date(2026, 6, 1), date(2026, 7, 15)
    assert running_due(old, new, date(2026, 6, 2)) == old
    assert evidence(promise(Outcome.OPEN, due=running_due(old, new, TODAY), closed=None)) == (0.0, 0.75)


def test_a_workspace_s_prior_carries_a_newcomer():
    of = found(promise(), promise(), prior=eb_prior(EIGHT_CONTACTS))
    assert of.belief.mean == pytest.approx(0.764315, abs=1e-6)
    assert of.belief.lo == pytest.approx(0.455965, abs=1e-6)


def test_many_good_promises_outrank_two_perfect_ones():
    many = found(*[promise()] * 18, *[promise(Outcome.BROKEN)] * 2)
    few = found(promise(), promise())
    assert many.belief.lo == pytest.approx(0.729448, abs=1e-6)
    assert many.belief.lo > few.belief.lo
    assert (many.wilson_lo, few.wilson_lo) == (pytest.approx(0.738337, abs=1e-6), pytest.approx(0.425031, abs=1e-6))
    assert said(many) == Trust.RELIABLE


def test_a_judgement_may_replace_the_prior():
    assert found(prior=judged_prior(8)).belief.mean == pytest.approx(0.8)


def test_a_workspace_may_judge_lateness_harder():
    strict = Parameters(lateness_grace=0, lateness_half_credit=5, lateness_floor=0)
    assert evidence(promise(due=date(2026, 6, 25)), parameters=strict) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("n", "mean", "lo", "hi", "word"),
    [
        (0.49, 0.9, 0.8, 0.99, Trust.UNKNOWN),
        (0.5, 0.9, 0.6, 0.99, Trust.RELIABLE),
        (9, 0.3, 0.1, 0.5, Trust.UNRELIABLE),
        (9, 0.6, 0.59, 0.9, Trust.RATHER_RELIABLE),
        (9, 0.4, 0.2, 0.51, Trust.TO_WATCH),
        (9, 0.5, 0.2, 0.8, Trust.TO_CONFIRM),
        (0.5 - 1e-12, 0.6 - 1e-12, 0.6 - 1e-12, 0.9, Trust.RELIABLE),
    ],
)
def test_each_threshold_of_the_word(n, mean, lo, hi, word):
    assert trust(n=n, mean=mean, lo=lo, hi=hi) == word


@given(promises, st.randoms())
def test_the_order_of_promises_does_not_matter(lines, random):
    shuffled = random.sample(lines, len(lines))
    assert evidence(*shuffled) == pytest.approx(evidence(*lines))


@given(promises)
def test_evidence_is_never_negative_and_weighs_at_most_five_thirds(lines):
    for one in observations(lines, as_of=TODAY):
        assert one.kept >= 0
        assert one.lost >= 0
        assert one.kept + one.lost <= 5 / 3 + 1e-12


@given(promises)
def test_the_lines_of_why_make_up_the_score_again(lines):
    counted = observations(lines, as_of=TODAY)
    assert reliability_from_evidence(*evidence_of(counted)) == found(*lines)
    assert sum(one.share for one in counted) == pytest.approx(1 if counted else 0)


@given(st.integers(0, 400), st.integers(0, 400))
def test_keeping_later_never_pays(days, more):
    sooner = evidence(promise(due=TODAY - timedelta(days=days)))
    later = evidence(promise(due=TODAY - timedelta(days=days + more)))
    assert later[0] <= sooner[0]
    assert later[1] >= sooner[1]


def weighed_as_columns(lines):
    def columns(value):
        return np.array([value(line) for line in lines], dtype=float)

    def closed(line):
        return line.closed or line.due or TODAY

    return weigh(
        kept=columns(lambda line: line.outcome == Outcome.KEPT) == 1,
        broken=columns(lambda line: line.outcome == Outcome.BROKEN) == 1,
        cancelled=columns(lambda line: line.outcome == Outcome.CANCELLED) == 1,
        due=columns(lambda line: (line.due or min(closed(line), TODAY)).toordinal()),
        closed=columns(lambda line: closed(line).toordinal()),
        today=float(TODAY.toordinal()),
        weight=columns(lambda line: 3 if line.weight is None else line.weight),
    )


@given(promises)
def test_a_column_of_promises_is_weighed_as_each_of_them(lines):
    column = weighed_as_columns(lines)
    counted = {id(one.source): one for one in observations(lines, as_of=TODAY)}
    alone = [(counted[id(p)].kept, counted[id(p)].lost) if id(p) in counted else (0.0, 0.0) for p in lines]
    assert list(zip(column.kept.tolist(), column.lost.tolist(), strict=True)) == alone


def test_a_column_of_beliefs_is_worded_line_by_line():
    kept, lost = np.array([0.0, 18.0, 0.0, 2.0]), np.array([0.0, 2.0, 9.0, 2.0])
    column = reliability_from_evidence(kept, lost, Prior(1.0, 1.0))
    assert trusts(column) == [Trust.UNKNOWN, Trust.RELIABLE, Trust.UNRELIABLE, Trust.TO_CONFIRM]
    assert column.wilson_lo[1] == pytest.approx(0.738337, abs=1e-6)
