import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.indicators import (
    Fact,
    Reach,
    accelerator,
    access,
    blau,
    blend,
    concentrator,
    facts_share,
    plug_and_play,
    pooling,
    proportion,
    share_score,
    uncertainty,
)
from exchanges.parameters import Parameters

shares = st.floats(0, 1)
amounts = st.floats(0, 1000)
opinions = st.none() | st.floats(0, 10)
needs = st.lists(st.builds(Reach, criticality=st.integers(1, 5), access=shares), max_size=10)


def speed(answers_in=0, days_in=0, answers_out=0, days_out=0):
    return accelerator(answers_in=answers_in, days_in=days_in, answers_out=answers_out, days_out=days_out)


def test_without_facts_the_owner_speaks():
    assert blend(0.0, 0.0, 8) == pytest.approx(0.8)
    assert blend(None, 0.0, 8) == blend(None, 12.0, 8) == pytest.approx(0.8)


def test_seven_facts_outweigh_an_opinion():
    assert blend(0.4, 7, 8) == pytest.approx(0.52)


def test_without_opinion_the_middle_stands():
    assert blend(None, 0, None) == 0.5
    assert blend(1.0, 3, None) == 0.75


@pytest.mark.parametrize(("opinion", "found"), [(0, 0.0), (10, 1.0)])
def test_the_ends_of_the_scale_are_allowed(opinion, found):
    assert blend(None, 0, opinion) == found


def test_an_opinion_weighs_what_the_workspace_decides():
    assert blend(0.0, 1, 10, Parameters(judgement_weight=1)) == 0.5


@pytest.mark.parametrize(
    ("x", "n", "opinion"), [(1.1, 1, 5), (-0.1, 1, 5), (0.5, -1, 5), (0.5, 1, 11), (0.5, 1, -1), (None, -1, 5)]
)
def test_what_lies_outside_its_scale_is_refused(x, n, opinion):
    with pytest.raises(ValueError, match="facts lie between 0 and 1"):
        blend(x, n, opinion)


@given(shares, amounts, opinions)
def test_an_indicator_lies_between_opinion_and_facts(x, n, opinion):
    low, high = sorted([x, blend(None, 0, opinion)])
    assert low - 1e-12 <= blend(x, n, opinion) <= high + 1e-12


@given(shares, amounts, st.floats(0.01, 1000), opinions)
def test_more_facts_move_the_indicator_towards_them(x, n, more, opinion):
    assert abs(blend(x, n + more, opinion) - x) <= abs(blend(x, n, opinion) - x) + 1e-12


def test_the_bar_is_half_solid_after_three_facts():
    assert (facts_share(0), facts_share(3), facts_share(9)) == (0, 0.5, 0.75)
    with pytest.raises(ValueError, match="negative"):
        facts_share(-1)


def test_a_network_that_answers_faster_accelerates():
    found = speed(6, 30, 2, 60)
    assert found.hazard_in == pytest.approx(0.189189, abs=1e-6)
    assert found.hazard_out == pytest.approx(0.044776, abs=1e-6)
    assert found.score == pytest.approx(0.808621, abs=1e-6)


def test_without_a_request_no_network_is_faster():
    assert speed().score == 0.5
    assert speed(4, 20, 4, 20).score == 0.5


@pytest.mark.parametrize("figures", [(-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1), (float("nan"), 0)])
def test_a_count_below_nothing_is_refused(figures):
    with pytest.raises(ValueError, match="negative"):
        speed(*figures)


@given(amounts, amounts, amounts, amounts)
def test_the_speeds_inside_and_outside_make_a_whole(answers_in, days_in, answers_out, days_out):
    there, back = speed(answers_in, days_in, answers_out, days_out), speed(answers_out, days_out, answers_in, days_in)
    assert 0 < there.score < 1
    assert there.score + back.score == pytest.approx(1)


@given(amounts, amounts, st.floats(1, 1000))
def test_waiting_longer_never_accelerates(answers, days, more):
    assert speed(answers, days + more).score < speed(answers, days).score < speed(answers + 1, days).score


def test_a_network_that_brings_growth_amplifies():
    assert share_score(24, 12) == pytest.approx(0.642857, abs=1e-6)
    assert share_score(0, 0) == 0.5


@pytest.mark.parametrize("points", [(-1, 0), (0, -1)])
def test_points_below_nothing_are_refused(points):
    with pytest.raises(ValueError, match="negative"):
        share_score(*points)


@given(amounts, amounts)
def test_growth_inside_and_outside_makes_a_whole(inside, outside):
    assert 0 < share_score(inside, outside) < 1
    assert share_score(inside, outside) + share_score(outside, inside) == pytest.approx(1)


def test_four_sectors_fertilise():
    assert blau([6, 6, 3, 3]) == pytest.approx(0.541667, abs=1e-6)


def test_one_sector_teaches_nothing_different():
    assert blau([12]) == blau([12, 0, 0]) == 0


@pytest.mark.parametrize("masses", [[], [0], [0.0, 0.0]])
def test_nothing_learnt_says_nothing(masses):
    assert blau(masses) is None


def test_a_mass_below_nothing_is_refused():
    with pytest.raises(ValueError, match="negative"):
        blau([3, -1])


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8))
def test_diversity_lies_between_its_bounds_whatever_the_order(masses):
    assert 0 <= blau(masses) < 1 - 1 / len(masses) + 1e-12
    assert blau(masses) == pytest.approx(blau(masses[::-1]))


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=8))
def test_joining_two_sectors_never_raises_diversity(masses):
    one, other, *more = masses
    assert blau([one + other, *more]) <= blau(masses) + 1e-12


def test_so_many_out_of_so_many():
    assert proportion(7, 10) == Fact(x=0.7, n=10)
    assert proportion(0, 0) == Fact(x=None, n=0)
    assert proportion(0.3, 0.1 + 0.2) == Fact(x=pytest.approx(1), n=0.1 + 0.2)
    assert proportion(0.1 + 0.2, 0.3).x == 1


@pytest.mark.parametrize(("good", "total"), [(-1, 3), (4, 3), (0, -1)])
def test_a_part_is_no_larger_than_its_whole(good, total):
    with pytest.raises(ValueError, match="a part"):
        proportion(good, total)


@pytest.mark.parametrize(
    ("days", "age", "x", "n"),
    [(0, 90, 1, 1), (90, 45, 0.5, 0.5), (180, 900, 0.25, 1), (-10, 30, 1, 1 / 3), (None, 0, 0, 0), (None, -1, 0, 0)],
)
def test_a_network_is_joined_once_it_gave_something(days, age, x, n):
    assert plug_and_play(days, age) == Fact(x=x, n=pytest.approx(n))


def test_knowledge_flows_both_ways():
    assert pooling(0.5, 6) == Fact(x=0.25, n=6)
    assert pooling(0.5, 0) == Fact(x=0, n=0)


@pytest.mark.parametrize(("score", "count"), [(1.1, 1), (-0.1, 1), (0.5, -1)])
def test_knowledge_out_of_bounds_is_refused(score, count):
    with pytest.raises(ValueError, match=r"between 0 and 1|negative"):
        pooling(score, count)


def test_a_need_is_covered_from_one_half():
    exactly = [Reach(criticality=3, access=0.5 - 1e-12), Reach(criticality=1, access=0.49)]
    assert concentrator(exactly) == Fact(x=0.75, n=2)
    assert access(exactly).x == pytest.approx(0.4975)


@pytest.mark.parametrize("reached", [[], [Reach(criticality=0, access=1)]])
def test_without_needs_nothing_is_reached(reached):
    assert concentrator(reached).x is None
    assert access(reached) == Fact(x=None, n=len(reached))


@given(needs)
def test_what_is_reached_is_a_share(reached):
    for found in (concentrator(reached), access(reached)):
        assert found.n == len(reached)
        assert (found.x is None) == (not reached)
        assert found.x is None or -1e-12 <= found.x <= 1 + 1e-12


@pytest.mark.parametrize(
    ("cover", "without", "found"),
    [(0.4, 0.3, 0.25), (0.4, 0.0, 1), (0.4, 0.4 + 1e-15, 0), (0.0, 0.0, None), (None, 0.0, None)],
)
def test_second_chances_may_hang_on_one_network(cover, without, found):
    assert uncertainty(cover, without) == (found if found is None else pytest.approx(found))
