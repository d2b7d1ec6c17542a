import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.generalised import Generalised, binary_reciprocity, weighted_reciprocity

NOTHING = Generalised(r=None, by_chance=None, rho=None)
MATCHED = [(10, 8), (2, 3), (6, 5), (1, 0)]

points = st.just(0.0) | st.floats(0.001, 100)
flows = st.lists(st.tuples(points, points), max_size=6)
links = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=40)


def test_gifts_that_go_where_they_come_from_are_above_chance():
    found = weighted_reciprocity(MATCHED)
    assert found.r == pytest.approx(0.857143, abs=1e-6)
    assert found.by_chance == pytest.approx(0.557143, abs=1e-6)
    assert found.rho == pytest.approx(0.677419, abs=1e-6)


def test_the_same_flows_with_other_partners_are_below_chance():
    found = weighted_reciprocity([(10, 0), (2, 8), (6, 3), (1, 5)])
    assert found.by_chance == pytest.approx(0.557143, abs=1e-6)
    assert found.rho == pytest.approx(-0.483871, abs=1e-6)


@pytest.mark.parametrize("pairs", [[], [(0, 0)], [(0.0, 0.0), (0, 0)]])
def test_nothing_exchanged_says_nothing(pairs):
    assert weighted_reciprocity(pairs) == NOTHING


def test_with_one_contact_there_is_nobody_else_to_give_to():
    assert weighted_reciprocity([(5, 3)]) == Generalised(r=0.75, by_chance=0.75, rho=0.0)
    assert weighted_reciprocity([(5, 5)]) == Generalised(r=1, by_chance=1, rho=None)


def test_when_all_give_and_receive_the_same_chance_returns_everything():
    assert weighted_reciprocity([(0.1, 0.1)] * 7).rho is None


def test_gifts_in_one_direction_return_nothing():
    assert weighted_reciprocity([(5, 0), (3, 0)]) == Generalised(r=0, by_chance=0, rho=0)
    assert weighted_reciprocity([(5, 0), (0, 5)]).rho == pytest.approx(-1)


@pytest.mark.parametrize("pair", [(-1, 2), (2, -1), (float("nan"), 1)])
def test_a_sum_below_nothing_is_refused(pair):
    with pytest.raises(ValueError, match="negative"):
        weighted_reciprocity([(1, 1), pair])


@given(flows)
def test_chance_is_the_mean_over_all_ways_to_pair_partners(pairs):
    total, n = sum(map(sum, pairs)), len(pairs)
    if total > 1e-6:
        ways = permutations([received for _, received in pairs])
        mean = sum(2 * min(g, r) for way in ways for (g, _), r in zip(pairs, way, strict=True)) / math.factorial(n)
        assert weighted_reciprocity(pairs).by_chance == pytest.approx(mean / total)


@given(flows)
def test_what_is_returned_lies_between_nothing_and_all(pairs):
    found = weighted_reciprocity(pairs)
    if found.r is not None:
        assert 0 <= found.r <= 1 + 1e-12
        assert 0 <= found.by_chance <= 1 + 1e-12
        assert found.rho is None or found.rho <= 1 + 1e-6


@given(flows)
def test_neither_the_order_of_contacts_nor_the_side_matters(pairs):
    there, back = weighted_reciprocity(pairs), weighted_reciprocity([(r, g) for g, r in reversed(pairs)])
    assert there.r == (back.r if back.r is None else pytest.approx(back.r))
    assert there.by_chance == (back.by_chance if back.r is None else pytest.approx(back.by_chance))


def test_five_members_and_six_links():
    found = binary_reciprocity(5, [(1, 2), (2, 1), (1, 3), (3, 1), (4, 5), (2, 5)])
    assert found.r == pytest.approx(0.666667, abs=1e-6)
    assert found.by_chance == 0.3
    assert found.rho == pytest.approx(0.52381, abs=1e-6)


def test_a_link_counts_once_and_one_to_oneself_never():
    twice = [(1, 2), (1, 2), (2, 1), (3, 3), (1, 3)]
    assert binary_reciprocity(4, twice) == binary_reciprocity(4, [(1, 2), (2, 1), (1, 3)])
    assert binary_reciprocity(2, [(1, 1), (2, 2)]) == Generalised(r=None, by_chance=0, rho=None)


def test_members_may_have_any_name():
    assert binary_reciprocity(3, [("Ana", "Luc"), ("Luc", "Ana")]) == binary_reciprocity(3, [(1, 2), (2, 1)])


@pytest.mark.parametrize(("members", "drawn"), [(0, []), (1, []), (1, [(1, 1)])])
def test_one_needs_two_members_to_return_anything(members, drawn):
    assert binary_reciprocity(members, drawn) == NOTHING


def test_without_a_link_nothing_can_be_returned():
    assert binary_reciprocity(4, []) == Generalised(r=None, by_chance=0, rho=None)


def test_when_all_are_linked_chance_explains_everything():
    assert binary_reciprocity(3, permutations([1, 2, 3], 2)) == Generalised(r=1, by_chance=1, rho=None)


def test_help_in_one_direction_is_below_chance():
    assert binary_reciprocity(3, [(1, 2), (2, 3), (3, 1)]) == Generalised(r=0, by_chance=0.5, rho=-1)


@pytest.mark.parametrize(("members", "drawn"), [(1, [(1, 2)]), (2, [(1, 2), (2, 3)]), (-1, [])])
def test_no_more_members_are_linked_than_there_are(members, drawn):
    with pytest.raises(ValueError, match="more members"):
        binary_reciprocity(members, drawn)


@given(links)
def test_returned_help_lies_between_its_bounds(drawn):
    found = binary_reciprocity(6, drawn)
    assert 0 <= found.by_chance <= 1
    assert found.r is None or 0 <= found.r <= 1
    assert found.rho is None or -1 - 1e-9 <= found.rho <= 1 + 1e-9


@given(links)
def test_neither_order_nor_direction_of_all_links_matters(drawn):
    assert binary_reciprocity(6, drawn) == binary_reciprocity(6, [(b, a) for a, b in reversed(drawn)])
