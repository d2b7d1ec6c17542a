from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.beta import evidence_of, posterior
from exchanges.parameters import Parameters
from exchanges.responsiveness import Question, delays, observations, responsiveness, weigh

TODAY = date(2026, 6, 30)

some_days = st.integers(-5, 7305).map(lambda age: TODAY - timedelta(days=age))
questions = st.lists(st.builds(Question, sent=some_days, answered=st.none() | some_days), max_size=20)


def asked(days_ago, answered_after=None):
    sent = TODAY - timedelta(days=days_ago)
    return Question(sent=sent, answered=None if answered_after is None else sent + timedelta(days=answered_after))


def evidence(*lines, **options):
    return evidence_of(observations(lines, as_of=TODAY, **options))


def test_no_request_says_nothing():
    none = responsiveness([], as_of=TODAY)
    assert (none.mean, none.lo, none.hi) == (0.5, pytest.approx(0.05), pytest.approx(0.95))


def test_answers_in_three_days_in_none_and_a_silence_of_ten():
    of = responsiveness([asked(3, 3), asked(0, 0), asked(10)], as_of=TODAY)
    assert of.mean == pytest.approx(0.510122, abs=1e-6)
    assert (of.alpha, of.beta) == (2.5, pytest.approx(2.400787, abs=1e-6))
    assert (of.lo, of.hi) == (pytest.approx(0.170269, abs=1e-6), pytest.approx(0.844892, abs=1e-6))


def test_an_answer_on_the_day_is_worth_a_whole_one_and_three_days_half():
    assert evidence(asked(0, 0)) == (1.0, 0.0)
    assert evidence(asked(3, 3)) == (0.5, 0.5)


def test_a_very_late_answer_is_worth_nearly_nothing():
    assert evidence(asked(40, 40)) == (pytest.approx(2 ** (-40 / 3)), pytest.approx(1 - 2 ** (-40 / 3)))


def test_an_answer_fades_from_the_day_it_came():
    assert evidence(asked(368, 3)) == (0.25, 0.25)


def test_a_request_of_today_is_not_yet_a_silence():
    assert observations([asked(0)], as_of=TODAY) == []


def test_a_silence_stops_growing_after_thirty_days_and_then_fades():
    frozen = 1 - 2.0**-10
    assert evidence(asked(30)) == (0.0, frozen)
    assert evidence(asked(31)) == (0.0, pytest.approx(frozen * 2 ** (-1 / 365)))
    assert evidence(asked(395)) == (0.0, frozen / 2)


def test_an_answer_of_tomorrow_s_date_is_still_a_silence_today():
    assert evidence(asked(10, 12)) == evidence(asked(10))
    assert [one.provisional for one in observations([asked(10, 12), asked(10, 2)], as_of=TODAY)] == [True, False]


def test_a_request_not_sent_yet_does_not_count():
    assert evidence(asked(-2)) == (0.0, 0.0)


def test_an_answer_dated_before_its_request_came_at_once():
    assert evidence(asked(0, -3)) == (2 ** (-3 / 365), 0.0)


def test_a_workspace_may_wait_longer():
    patient = Parameters(answer_half_credit=7, answer_freeze=14)
    assert evidence(asked(7, 7), parameters=patient) == (0.5, 0.5)
    assert evidence(asked(14), parameters=patient) == (0.0, 0.75)


@given(questions)
def test_the_lines_of_why_make_up_the_score_again(lines):
    counted = observations(lines, as_of=TODAY)
    assert posterior(*evidence_of(counted)) == responsiveness(lines, as_of=TODAY)
    assert sum(one.share for one in counted) == pytest.approx(1 if counted else 0)


@given(questions, st.randoms())
def test_the_order_of_requests_does_not_matter(lines, random):
    assert evidence(*random.sample(lines, len(lines))) == pytest.approx(evidence(*lines))


@given(st.integers(0, 100), st.integers(0, 100))
def test_answering_later_never_pays(days, more):
    assert evidence(asked(days + more, days + more))[0] <= evidence(asked(days, days))[0]


@given(questions)
def test_a_column_of_requests_is_weighed_as_each_of_them(lines):
    lines = [line for line in lines if line.sent <= TODAY]
    column = weigh(
        sent=np.array([line.sent.toordinal() for line in lines], dtype=float),
        answered=np.array([(line.answered or TODAY).toordinal() for line in lines], dtype=float),
        is_answered=np.array([line.answered is not None for line in lines], dtype=bool),
        today=float(TODAY.toordinal()),
    )
    counted = {id(one.source): (one.kept, one.lost) for one in observations(lines, as_of=TODAY)}
    assert list(zip(column.kept, column.lost, strict=True)) == [counted.get(id(line), (0.0, 0.0)) for line in lines]


def test_delays_are_told_in_days():
    of = delays([asked(40, 2), asked(30, 6), asked(20), asked(10, 30), asked(5, -1), asked(-3)], as_of=TODAY)
    assert (of.asked, of.answered, of.median_days, of.answered_share) == (5, 3, 2.0, 0.6)


def test_without_answers_there_is_no_usual_delay():
    assert delays([], as_of=TODAY).answered_share is None
    assert delays([asked(9)], as_of=TODAY).median_days is None
